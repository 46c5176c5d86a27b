"""Between a process and a server: the request travels, is done there whatever becomes of whoever asked, and the
answer travels back, or does not."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tests.promises.simulation.fates import Edge, Fates, Loss
from tests.promises.simulation.loop import VirtualLoop
from tests.promises.simulation.process import OUTSIDE, PROCESS, Process

EPOCH = datetime(2026, 1, 5, tzinfo=UTC)
LONGEST_ASK = 20.0  # seconds that a client waits for the store or the bus
Answer = TypeVar("Answer")


class Wire:
    def __init__(self, loop: VirtualLoop, fates: Fates) -> None:
        self.loop, self.fates = loop, fates
        self.troubles: list[tuple[Process | None, Edge, float]] = []

    def now(self) -> datetime:
        """The true time, which is the store's."""
        moment = EPOCH + timedelta(seconds=self.loop.time())
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def later(self, seconds: float, callback: Callable[..., object], *args: object) -> None:
        self.loop.call_later(seconds, callback, *args, context=OUTSIDE.copy())

    async def ask(
        self,
        edge: Edge,
        work: Callable[[Loss | None], Answer],
        *,
        failure: Callable[[], Exception],
        limit: float = LONGEST_ASK,
    ) -> Answer:
        """What `work` returns or raises at the server, or `failure` where the answer is lost or takes longer than
        `limit` seconds."""
        started = self.loop.time()
        trip, future = self.fates.trip(edge, started), self.loop.create_future()
        if trip.troubled:
            self.troubles.append((PROCESS.get(), edge, started))

        def settle(value: Answer | None, error: Exception | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(value)

        def arrive() -> None:
            value: Answer | None = None
            error: Exception | None = None
            if trip.loss != "request":
                try:
                    value = work(trip.loss)
                except Exception as raised:
                    error = raised
            if trip.loss:
                value, error = None, failure()
            self.later(trip.back, settle, value, error)

        self.later(trip.there, arrive)
        if trip.there + trip.back > limit:
            self.later(limit, settle, None, failure())
        try:
            answer: Answer = await future
        except asyncio.CancelledError:
            self.troubles.append((PROCESS.get(), edge, started))
            raise
        return answer
