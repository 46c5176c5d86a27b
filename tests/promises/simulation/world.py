"""Everything there is in one run: the servers, what is known to have happened, and the processes, which are started
again whenever they end."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from shared.deadletters import Poisoned
from tests.promises.simulation.bus import Broker, Line
from tests.promises.simulation.expressions import Document
from tests.promises.simulation.fates import PAUSE_LONGEST, Fates
from tests.promises.simulation.loop import VirtualLoop
from tests.promises.simulation.process import OUTSIDE, PROCESS, Process
from tests.promises.simulation.providers import Provider
from tests.promises.simulation.store import Collection
from tests.promises.simulation.wire import Wire

STOP_SECONDS = 13.0
LATE_BLOWS = 20.0  # seconds of quiet in which a process may still be struck: it is busy with what came before
Main = Callable[["World", asyncio.Event], Awaitable[None]]


class World:
    def __init__(self, fates: Fates, loop: VirtualLoop) -> None:
        self.fates, self.loop = fates, loop
        self.wire = Wire(loop, fates)
        self.broker, self.provider = Broker(self.wire), Provider(self.wire)
        self.applications = Collection("applications", self.wire, self._application_seen)
        self.copies = Collection("copies", self.wire)
        self.messages = Collection("messages", self.wire)
        self.contacts = Collection("contacts", self.wire)
        self.employers = Collection("employers", self.wire)
        self.receipts = Collection("receipts", self.wire)
        self.suppressed = Collection("suppressed", self.wire)
        self.born: dict[str, Document] = {}
        self.poison: list[bytes] = []
        self.blows: list[tuple[Process, str, float]] = []
        self.deaths: list[str] = []
        self.starts = 0

    def launch(self, name: str, main: Main, *, blows: bool = True) -> None:
        """A process that runs `main` until the end of the run, dying and coming back."""
        self.starts += 1
        process = Process(f"{name}-{self.starts}", skew=self.fates.skew())
        context, stopping = OUTSIDE.copy(), asyncio.Event()
        context.run(PROCESS.set, process)

        def again() -> None:
            process.dead, process.running = True, False
            self.wire.later(self.fates.between(0.05, 3.0), lambda: self.launch(name, main))

        def ended(task: asyncio.Task[None]) -> None:
            if process.dead or task.cancelled():
                return
            error = task.exception()
            if error is not None and not isinstance(error, Poisoned):
                self.deaths.append(f"{process.name} ended: {error!r}")
            self.broker.silent(process)
            again()

        def too_late() -> None:
            if not process.dead:
                self.broker.silent(process)
                again()

        def blow() -> None:
            if self.loop.time() > self.fates.quiet_at + LATE_BLOWS:
                return
            kind = self.fates.blow()
            self.blows.append((process, kind, self.loop.time()))
            if kind == "stop":
                self.loop.call_soon(stopping.set, context=context)
                self.wire.later(STOP_SECONDS, too_late)
                return
            process.running = False
            self.broker.silent(process)
            if kind == "pause":
                self.wire.later(self.fates.between(0.5, PAUSE_LONGEST), lambda: self.loop.resume(process))
            else:
                again()

        if blows:
            process.fuse, process.blow = self.fates.fuse(self.loop.time()), blow
        task = self.loop.create_task(main(self, stopping), context=context)
        task.add_done_callback(ended, context=OUTSIDE.copy())

    def spoil(self) -> None:
        """Bytes that are no event, on the topic of applications."""
        value = self.fates.random.choice((b"\xff\xfe", b'{"type":"ApplicationHired.v1"}', b"[]", b"")) + bytes(
            str(len(self.poison)), "ascii"
        )
        self.poison.append(value)
        self.broker.append("application", b"poison", value)

    def repeat(self) -> None:
        """A record that comes once more, behind newer ones."""
        lines = [line for line in self.broker.all if not line.topic.endswith(".dead")]
        if lines:
            line: Line = self.fates.random.choice(lines)
            self.broker.append(line.topic, line.key, line.value, line.headers)

    @property
    def at_rest(self) -> bool:
        waiting = any("send_at" in row for row in self.messages.rows.values())
        due = any("relay_at" in row for row in self.applications.rows.values())
        return not waiting and not due and self.broker.lag("notifier") == 0

    def _application_seen(self, _: Any, after: Document) -> None:
        for entry in after["outbox"]:
            self.born.setdefault(entry["id"], {**entry, "subject": after["_id"]})
