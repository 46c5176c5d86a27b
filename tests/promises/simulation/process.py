"""What dies together: a process of the simulation, and its tasks."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar
from dataclasses import dataclass, field
from typing import Any

_NUMBERS = itertools.count()


@dataclass(eq=False)
class Process:
    """What dies together. `fuse` counts callbacks until `blow` is called; `skew` is how wrong its clock is, in
    seconds. One that is not `running` keeps what it would have done in `parked`."""

    name: str
    skew: float = 0.0
    running: bool = True
    dead: bool = False
    fuse: int = -1
    blow: Callable[[], None] = lambda: None
    parked: list[asyncio.Handle] = field(default_factory=list)


PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)
OUTSIDE = Context()  # of servers and of the network: nobody's process


class Task(asyncio.Task[Any]):
    """Hashed by its number, so that sets of tasks are walked in the same order on each run."""

    def __init__(self, coro: Coroutine[Any, Any, Any], **options: Any) -> None:
        self.number = next(_NUMBERS)
        super().__init__(coro, **options)

    def __hash__(self) -> int:
        return self.number
