"""A trap on a line: which message springs it, and what happens then."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.promises.frames import Frame

Place = Literal["before", "while", "after"]
Match = Callable[[Frame], bool]


def request(name: str, has: bytes = b"") -> Match:
    """A request whose name begins with `name` and whose bytes contain `has`."""
    return lambda frame: frame.way == "request" and frame.name.startswith(name) and has in frame.asked


def reply(name: str, has: bytes = b"") -> Match:
    """The reply to such a request."""
    return lambda frame: frame.way == "reply" and frame.name.startswith(name) and has in frame.asked


def kill(pid: int) -> Callable[[], None]:
    return lambda: os.kill(pid, signal.SIGKILL)


def freeze(pid: int) -> Callable[[], None]:
    return lambda: os.kill(pid, signal.SIGSTOP)


def nothing() -> None:
    """The act of a trap that only swallows a message."""


@dataclass
class Trap:
    """`act` when the `nth` message that `when` accepts is about to pass (`before`: then it never does, as whoever it
    was for is dead; `while`: it passes all the same, to one that is frozen now) or has passed (`after`)."""

    act: Callable[[], None]
    when: Match
    nth: int
    place: Place
    seen: int = 0
    sprung: asyncio.Event = field(default_factory=asyncio.Event)

    def falls(self, frame: Frame) -> bool:
        if self.sprung.is_set() or not self.when(frame):
            return False
        self.seen += 1
        return self.seen == self.nth

    def spring(self) -> None:
        self.act()
        self.sprung.set()
