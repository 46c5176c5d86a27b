"""Virtual time: an event loop without a clock or a socket. Time jumps to the next timer, the order of what is ready
is the seed's choice, and each callback belongs to a process that can be stopped or killed between any two awaits."""

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import Coroutine, Iterator
from contextvars import Context
from random import Random
from typing import Any

from tests.promises.simulation.process import OUTSIDE, PROCESS, Process, Task

MAX_STEPS = 200_000


class VirtualLoop:
    """As much of an event loop as tasks, timeouts and locks need."""

    def __init__(self, random: Random) -> None:
        self._random, self._now, self._count, self.steps = random, 0.0, itertools.count(), 0
        self._ready: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._tasks: list[Task] = []
        self._parked: list[Process] = []
        self.errors: list[str] = []
        self._itself: Any = self

    def time(self) -> float:
        return self._now

    def call_soon(self, callback: Any, *args: Any, context: Context | None = None) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self._itself, context)
        self._ready.append(handle)
        return handle

    def call_at(self, when: float, callback: Any, *args: Any, context: Context | None = None) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(when, callback, args, self._itself, context)
        heapq.heappush(self._timers, (when, next(self._count), handle))
        return handle

    def call_later(
        self, delay: float, callback: Any, *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self._itself)

    def create_task(self, coro: Any, *, name: str | None = None, context: Context | None = None) -> Task:
        task = Task(coro, loop=self._itself, name=name, context=context)
        self._tasks.append(task)
        return task

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self.errors.append(f"{context.get('message')}: {context.get('exception')!r}")

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Looked at when its time comes."""

    def run(self, main: Coroutine[Any, Any, Any]) -> None:
        """Until `main` ends; then everything that still waits is thrown away."""
        with self._current():
            ending = OUTSIDE.copy().run(self.create_task, main)
            while not ending.done():
                self._step()
                if self.steps > MAX_STEPS:
                    raise RuntimeError("no rest in sight: too many steps")
            self._throw_away()
            ending.result()

    def resume(self, process: Process) -> None:
        process.running = True
        self._ready += process.parked
        process.parked = []

    def _step(self) -> None:
        ready = self._ready
        while not ready:
            when, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._now = max(self._now, when)
                ready.append(timer)
                self._due()
        at = int(self._random.random() * len(ready))
        handle, ready[at] = ready[at], ready[-1]
        ready.pop()
        self.steps += 1
        self._turn(handle)

    def _due(self) -> None:
        while self._timers and self._timers[0][0] <= self._now:
            _, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._ready.append(timer)

    def _turn(self, handle: asyncio.Handle) -> None:
        if handle.cancelled():
            return
        process = handle._context.get(PROCESS)  # type: ignore[attr-defined]
        if process is not None:
            process.fuse -= 1
            if process.fuse == 0:
                process.blow()
            if not process.running:
                if not process.parked:
                    self._parked.append(process)
                process.parked.append(handle)
                return
        handle._run()

    def _throw_away(self) -> None:
        """Cancel all that is left, and let it unwind with no time passing: what it does now is not looked at."""
        for process in self._parked:
            process.fuse = -1
            self.resume(process)
        for _ in range(5):  # some clean up first, and wait again
            for task in self._tasks:
                task._log_destroy_pending = False  # type: ignore[attr-defined]
                task.cancel()
            while self._ready:
                handle = self._ready.pop()
                if not handle.cancelled():
                    handle._run()

    @contextlib.contextmanager
    def _current(self) -> Iterator[None]:
        asyncio._set_running_loop(self._itself)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)
