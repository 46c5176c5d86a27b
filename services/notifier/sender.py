"""All the loops that bring stored messages to their providers, woken by a change stream; one sweep each second for
all of them finds what the stream missed."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from services.notifier import measures
from services.notifier.channels.pool import Pool
from services.notifier.composing import Composer
from services.notifier.delivery import Delivery
from services.notifier.domain import LANE_NAMES, SENT_BY, ChannelName, Lane
from services.notifier.queues import SWEEP_SECONDS, Queue
from services.notifier.receipts import Receipts
from services.notifier.store import NEW_MESSAGES, MessageStore
from services.notifier.suppression import Suppression
from shared.mongo import hints, is_unavailable
from shared.worker import Loop

Open = Callable[[Lane, ChannelName], Pool | None]  # None: nothing goes that way


class Sender:
    """Every queue, and the ear that wakes them. `open_pool` builds a lane's own way to the providers; `batch` says
    how many messages of a lane are claimed at once."""

    def __init__(
        self,
        store: MessageStore,
        composer: Composer,
        *,
        open_pool: Open,
        receipts: Receipts,
        suppression: Suppression,
        batch: Callable[[Lane], int],
        lines: Sequence[Loop] = (),
    ) -> None:
        self._store, self._lines = store, lines
        self._queues = {
            (lane, name): Queue(
                delivery=Delivery(
                    lane=lane,
                    name=name,
                    store=store,
                    composer=composer,
                    pool=pool,
                    receipts=receipts,
                    suppression=suppression,
                ),
                batch=batch(lane),
            )
            for lane in LANE_NAMES
            for name in SENT_BY
            if (pool := open_pool(lane, name)) is not None
        }

    @property
    def loops(self) -> Sequence[Loop]:
        return [self.listen, self.sweep, *(queue.run for queue in self._queues.values()), *self._lines]

    async def listen(self, stopping: asyncio.Event) -> None:
        """Wake the queue of each new message until `stopping`."""
        hearing = asyncio.create_task(self._hear(), name="sender-hints")
        stopped = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({hearing, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if hearing.done():
                hearing.result()
        finally:
            stopped.cancel()
            hearing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await hearing

    async def sweep(self, stopping: asyncio.Event) -> None:
        """Wake every queue while anything is due; at the end let all of them go."""
        while not stopping.is_set():
            try:
                due = await self._store.any_due()
            except Exception as error:
                if not is_unavailable(error):
                    raise
                due = True  # each queue finds out for itself, and says so
            if due:
                self._wake_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_SECONDS):
                    await stopping.wait()
        for queue in self._queues.values():
            queue.delivery.leave()

    def _wake_all(self) -> None:
        for queue in self._queues.values():
            queue.delivery.wake.set()

    async def measure(self) -> None:
        for lane in LANE_NAMES:
            measures.waiting.labels(lane).set(await self._store.waiting(lane))

    async def close(self) -> None:
        for queue in self._queues.values():
            await queue.delivery.pool.close()

    async def _hear(self) -> None:
        async for change in hints(self._store.messages, NEW_MESSAGES):
            new = change.get("fullDocument") or {}
            place: Any = (new.get("lane"), new.get("channel"))
            if place in self._queues:
                self._queues[place].delivery.wake.set()
