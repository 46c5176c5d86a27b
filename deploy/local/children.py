"""The processes under the supervisor: started, watched, started again when they die, stopped in order.

A thread waits on each process, so nothing polls; what happens arrives on one queue.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer

from deploy.local.places import LOCAL, RUN
from deploy.local.program import Program

BACKOFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)
STEADY_S = 60.0  # running that long, a process has its first chances again
BAD_SETTINGS = 78


@dataclass(frozen=True)
class Event:
    """`died` (with its exit code), `again` (time to start it once more), `ready`, `late`, or `stop`."""

    kind: str
    name: str = ""
    code: int = 0


@dataclass
class Child:
    program: Program
    process: "subprocess.Popen[bytes]"
    started: float
    ended: Callable[[int], None] | None = None  # set for a program that is meant to end
    failures: int = 0


class Children:
    def __init__(self, events: "SimpleQueue[Event]") -> None:
        self._events = events
        self._children: dict[str, Child] = {}

    def start(self, program: Program, *, ended: Callable[[int], None] | None = None) -> None:
        """Start it, note its pid in a file, and wait for its end in a thread."""
        before = self._children.get(program.name)
        process = program.start(mark=str(LOCAL))
        failures = before.failures if before else 0
        self._children[program.name] = Child(program, process, time.monotonic(), ended, failures)
        _write_pid(program.name, process.pid)
        Thread(target=self._wait, args=(program.name, process), daemon=True).start()

    def _wait(self, name: str, process: "subprocess.Popen[bytes]") -> None:
        code = process.wait()
        self._events.put(Event("died", name, code))

    def plan_restart(self, name: str) -> float:
        """Start it again after a pause that grows while it keeps dying; returns the pause in seconds."""
        child = self._children[name]
        steady = time.monotonic() - child.started > STEADY_S
        child.failures = 1 if steady else child.failures + 1
        pause = BACKOFF_S[min(child.failures, len(BACKOFF_S)) - 1]
        timer = Timer(pause, self._events.put, (Event("again", name),))
        timer.daemon = True
        timer.start()
        return pause

    def restart(self, name: str) -> None:
        self.start(self._children[name].program)

    def ended(self, name: str, code: int) -> bool:
        """Whether `name` was meant to end; whoever waits for that is told."""
        child = self._children[name]
        if child.ended is None:
            return False
        pid_file(name).unlink(missing_ok=True)
        child.ended(code)
        return True

    def tail(self, name: str, lines: int = 12) -> str:
        return self._children[name].program.tail(lines) if name in self._children else ""

    def stop(self, names: Iterable[str]) -> list[str]:
        """Ask all of `names` at once and wait for each its own time; returns those that had to be killed."""
        chosen = [self._children[name] for name in names if name in self._children]
        for child in chosen:
            _signal(child, signal.SIGTERM)
        asked = time.monotonic()
        killed = []
        for child in chosen:
            try:
                child.process.wait(max(0.1, asked + child.program.stop_s - time.monotonic()))
            except subprocess.TimeoutExpired:
                killed.append(child.program.name)
                child.process.kill()
                child.process.wait()
            pid_file(child.program.name).unlink(missing_ok=True)
        return killed

    def kill_all(self) -> None:
        for child in self._children.values():
            _signal(child, signal.SIGKILL)


def _signal(child: Child, number: int) -> None:
    if child.process.poll() is None:
        child.process.send_signal(number)


def pid_file(name: str) -> Path:
    return RUN / f"{name}.pid"


def _write_pid(name: str, pid: int) -> None:
    partial = pid_file(name).with_suffix(".partial")
    partial.write_text(f"{pid}\n")
    partial.replace(pid_file(name))
