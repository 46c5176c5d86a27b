"""The loop of one lane's channel: claim what is due, send it, and leave a failing provider alone. Each has its own,
so that none waits for another."""

import asyncio
import contextlib
from dataclasses import dataclass

from services.notifier import measures
from services.notifier.delivery import Delivery
from services.notifier.held import Held
from shared import log, metrics
from shared.mongo import is_unavailable

BATCHES = 4  # of one queue at once: a message whose provider dawdles does not hold up those behind it
SWEEP_SECONDS = 1.0
IDLE_SECONDS = 30.0  # the sender's sweep wakes whoever has something due; this is only for a sweep that died
GATHER_SECONDS = 0.004  # a hint waits this long for company, but for a code


@dataclass(kw_only=True)
class Queue:
    """The messages of one lane for one channel. `batch` is how many are claimed at once."""

    delivery: Delivery
    batch: int

    def __post_init__(self) -> None:
        self._places, self._away = asyncio.Semaphore(BATCHES), False
        self._gather = 0.0 if self.delivery.lane == "code" else GATHER_SECONDS

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping`; what is on its way then is finished first."""
        async with asyncio.TaskGroup() as batches:
            while not stopping.is_set():
                if self.delivery.pool.open:
                    await self._probe()
                    continue
                await self._places.acquire()
                held = await self._take(self.batch)
                if held:
                    batches.create_task(self._deliver(held))
                else:
                    self._places.release()
                if held is None or not self.delivery.seen:
                    await self._idle(SWEEP_SECONDS if self._away else IDLE_SECONDS)

    async def _probe(self) -> None:
        """The provider is left alone: one message at a time asks whether it is back."""
        if wait := self.delivery.pool.seconds_to_probe():
            await asyncio.sleep(min(wait, SWEEP_SECONDS))
            return
        held = await self._take(1, probe=True)
        if held is None:
            await self._idle(SWEEP_SECONDS)
            return
        await self._places.acquire()
        await self._deliver(held)

    async def _take(self, limit: int, *, probe: bool = False) -> Held | None:
        try:
            held = await self.delivery.take(limit, probe=probe)
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._waits(True)
            return None
        self._waits(False)
        return held

    async def _deliver(self, held: Held) -> None:
        try:
            await self.delivery.deliver(held)
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._waits(True)  # nothing was handed over yet: the lease runs out, and they are due again
        finally:
            self._places.release()
            labels = (self.delivery.name, self.delivery.lane)
            measures.breaker.labels(*labels).set(self.delivery.pool.open)

    async def _idle(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.delivery.wake.wait()
                await asyncio.sleep(self._gather)
        self.delivery.wake.clear()

    def _waits(self, away: bool) -> None:
        place = f"sender-store-{self.delivery.lane}-{self.delivery.name}"
        metrics.waiting.labels(place).set(away)
        if away and not self._away:
            log.get().warning("sender_waits", dependency="store", lane=self.delivery.lane, channel=self.delivery.name)
        self._away = away
