"""Keeps what was started running: handles readiness, deaths and signals, one at a time, from one queue."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from types import FrameType

from deploy.local.children import BAD_SETTINGS, Children, Event
from deploy.local.choice import Choice
from deploy.local.fleet import Member
from deploy.local.program import Program
from deploy.local.progress import Failed
from deploy.local.report import say
from deploy.local.waiting import watch

# The order of stopping: who asks stops before who answers.
GROUPS = ("services", "front", "servers")


class Stopped(Exception):
    """Somebody asked the system to stop."""


class Supervisor:
    def __init__(self, only: Iterable[str]) -> None:
        self._only = set(only)
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._children = Children(self._events)
        self._waiting: set[str] = set()
        self._groups: dict[str, list[str]] = {group: [] for group in GROUPS}
        self._choices: list[Choice] = []
        self._stopping = False
        self._deadline = time.monotonic() + float(os.environ.get("START_DEADLINE") or 120)

    def listen(self) -> None:
        """Take the signals that mean stop; a second one ends everything at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def wants(self, name: str) -> bool:
        """`vacancy` stands for vacancy-api and vacancy-worker; no choice means everything."""
        return not self._only or bool({name, name.removesuffix("-api").removesuffix("-worker")} & self._only)

    def serve(self, name: str, choice: Choice) -> None:
        """Start a server that was chosen (nothing, where it was given)."""
        if not self.wants(name):
            return
        self._choices.append(choice)
        if choice.container is not None:
            choice.container.start()
        for program in choice.programs:
            self._start("servers", program)
        self._watch({name: choice.ready})

    def begin(self, group: str, members: list[Member]) -> None:
        wanted = [member for member in members if self.wants(member.name)]
        for member in wanted:
            self._start(group, member.program)
        self._watch({member.name: member.is_ready for member in wanted})

    def once(self, program: Program) -> int:
        """Run a program to its end and return its exit code."""
        codes: list[int] = []
        self._start("services", program, ended=codes.append)
        while not codes:
            self._handle(self._events.get())
        return codes[0]

    def until(self, *names: str) -> None:
        """Handle what happens until all of `names` are ready (all that was started, where none is named)."""
        while self._waiting & set(names) if names else self._waiting:
            self._handle(self._events.get())

    def stay(self) -> None:
        while True:
            self._handle(self._events.get())

    def stop(self) -> None:
        """Services, then gateway and inbox, then the servers; what does not end in its time is killed."""
        self._stopping = True
        for group in GROUPS:
            for name in self._children.stop(self._groups[group]):
                say(f"{name} did not stop in time and was killed")
        for choice in self._choices:
            if choice.container is not None:
                choice.container.stop()

    def _start(self, group: str, program: Program, ended: Callable[[int], None] | None = None) -> None:
        self._groups[group].append(program.name)
        self._children.start(program, ended=ended)

    def _watch(self, checks: dict[str, Callable[[], bool]]) -> None:
        self._waiting |= checks.keys()
        watch(checks, deadline=self._deadline, events=self._events)

    def _handle(self, event: Event) -> None:
        match event.kind:
            case "ready":
                self._waiting.discard(event.name)
            case "died":
                self._on_death(event.name, event.code)
            case "again":
                self._children.restart(event.name)
            case "late":
                tail = self._children.tail(event.name)
                raise Failed(f"{event.name} is not ready in time; the end of its log:\n{tail}")
            case "stop":
                raise Stopped

    def _on_death(self, name: str, code: int) -> None:
        if self._children.ended(name, code):
            return
        if code == BAD_SETTINGS:
            raise Failed(f"{name} refuses its settings:\n{self._children.tail(name, lines=1)}")
        pause = self._children.plan_restart(name)
        why = f"killed by signal {-code}" if code < 0 else f"exit {code}"
        say(f"{name} ended ({why}); starting it again in {pause:g} s")
        if name in self._waiting:
            say(f"the end of {name}'s log:\n{self._children.tail(name)}")

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._stopping:
            self._children.kill_all()
        self._stopping = True
        self._events.put(Event("stop"))
