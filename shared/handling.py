"""The effects of records: decode, retry, put aside; projections in bulk, commands in order.

Every effect is idempotent by its own shape (a projection guarded by the sequence, a command on an own aggregate, a
document with a deterministic id), so a record that comes twice changes nothing the second time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import stamina

from shared import log, metrics
from shared.deadletters import DeadLetters
from shared.effects import Effect, Projection, Reaction, Reactions
from shared.events import Envelope, Unreadable, decode
from shared.kafka import Record, Undelivered
from shared.mongo import is_unavailable
from shared.waiting import Waiting

HANDLER_DEADLINE = 10.0  # seconds for one try
RETRY_BUDGET = 30.0  # seconds until a record that keeps failing is put aside
LEAST_TRIES = 3
SIDE_BY_SIDE = 16
PROBE_SECONDS = 2.0

Probe = Callable[[], Awaitable[object]]
Pair = tuple[Record, Envelope[Any]]
Projected = tuple[Projection, Record, Envelope[Any]]


@dataclass(kw_only=True)
class Handler:
    """A table of reactions at work. `probe` raises while the store is away; `moved_at` is when something last took
    effect, on the clock that only rises."""

    reactions: Reactions
    dead: DeadLetters
    waiting: Waiting
    probe: Probe | None = None
    moved_at: float = field(default_factory=time.monotonic)

    async def handle(self, records: Sequence[Record], stopping: asyncio.Event | None = None) -> None:
        """The effects of one poll: projections in bulk, then commands in order per key and side by side across."""
        readable = [pair for record in records if (pair := await self._read(record)) is not None]
        await self._project(readable, stopping)
        by_key: dict[str, list[Pair]] = {}
        for record, envelope in readable:
            by_key.setdefault(envelope.subject, []).append((record, envelope))
        gate = asyncio.Semaphore(SIDE_BY_SIDE)
        ended = await asyncio.gather(
            *(self._in_order(pairs, gate, stopping) for pairs in by_key.values()), return_exceptions=True
        )
        for outcome in ended:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _read(self, record: Record) -> Pair | None:
        if record.value is None and record.key is not None:
            return None  # a tombstone: what it ends is told by an event of its own
        try:
            envelope = decode(record.value, record.headers)
        except Unreadable as error:
            log.get().warning(
                "unreadable_record", topic=record.topic, partition=record.partition, offset=record.offset
            )
            await self.dead.put(record, reason="unreadable", detail=str(error))
            return None
        if envelope is None or type(envelope.data) not in self.reactions:
            metrics.consumed.labels("unknown" if envelope is None else envelope.type, "skipped").inc()
            return None
        return record, envelope

    async def _project(self, pairs: Sequence[Pair], stopping: asyncio.Event | None) -> None:
        """One bulk write per collection; of several events of one aggregate only the newest needs writing."""
        newest: dict[tuple[str, str], Projected] = {}
        for record, envelope in pairs:
            for effect in self._effects(envelope):
                if isinstance(effect, Projection):
                    place = (f"{effect.collection.name}/{effect.sequence}", effect.id(envelope))
                    if place not in newest or newest[place][2].sequence < envelope.sequence:
                        newest[place] = (effect, record, envelope)
        grouped: dict[str, list[Projected]] = {}
        for (name, _), item in newest.items():
            grouped.setdefault(name, []).append(item)
        for items in grouped.values():
            await self._write(items, stopping)

    async def _write(
        self,
        items: Sequence[Projected],
        stopping: asyncio.Event | None,
    ) -> None:
        try:
            await items[0][0].write(dict(row for projection, _, event in items if (row := projection.row(event))))
        except Exception as error:
            if is_unavailable(error):
                self.waiting.set("store", error)
            # Somebody in the batch cannot be written: find out who, one by one, and let the others through.
            for projection, record, event in items:
                await self._attempt(record, event, projection.apply, stopping)
            return
        for _, record, event in items:
            self._took_effect(record, event)

    async def _in_order(
        self,
        pairs: Sequence[Pair],
        gate: asyncio.Semaphore,
        stopping: asyncio.Event | None,
    ) -> None:
        async with gate:
            for record, envelope in pairs:
                for effect in self._effects(envelope):
                    if not isinstance(effect, Projection):
                        await self._attempt(record, envelope, effect, stopping)

    def _effects(self, envelope: Envelope[Any]) -> Sequence[Effect]:
        found = self.reactions[type(envelope.data)]
        return found if isinstance(found, Sequence) else (found,)

    async def _attempt(
        self,
        record: Record,
        envelope: Envelope[Any],
        reaction: Reaction,
        stopping: asyncio.Event | None,
    ) -> None:
        """Try until it works, the budget is spent (dead letter) or, with the store away, for ever."""
        log.correlation.set(envelope.correlationid)
        log.causation.set(envelope.id)
        tries = 0
        while True:
            try:
                async with asyncio.timeout(RETRY_BUDGET):
                    async for attempt in stamina.retry_context(
                        on=_worth_a_retry,
                        attempts=None,
                        timeout=RETRY_BUDGET,
                        wait_initial=0.2,
                        wait_max=5.0,
                        wait_jitter=1.0,
                    ):
                        with attempt:
                            tries += 1
                            async with asyncio.timeout(HANDLER_DEADLINE):
                                await reaction(envelope)
            except Exception as error:
                if is_unavailable(error) or isinstance(error, Undelivered) or await self._store_away():
                    self.waiting.set("store", error)
                    await pause(1.0, stopping)
                    if stopping is None or not stopping.is_set():
                        continue
                    raise
                if tries < LEAST_TRIES:
                    continue  # our own process was stopped meanwhile: that says nothing about the record
                log.get().error("reaction_failed", event_type=envelope.type, event_id=envelope.id, exc_info=error)
                await self.dead.put(record, reason="failed", detail=type(error).__name__)
                return
            self._took_effect(record, envelope)
            return

    async def _store_away(self) -> bool:
        """A try that ran into its deadline says nothing about the record where the store does not answer at all."""
        if self.probe is None:
            return False
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self.probe()
        except TimeoutError:
            return True
        except Exception as error:
            if not is_unavailable(error):
                raise
            return True
        return False

    def _took_effect(self, record: Record, envelope: Envelope[Any]) -> None:
        self.dead.in_a_row = 0
        self.moved_at = time.monotonic()
        metrics.consumed.labels(envelope.type, "done").inc()
        metrics.event_to_effect.labels(envelope.type).observe(
            max((datetime.now(UTC) - envelope.time).total_seconds(), 0.0)
        )


def _worth_a_retry(error: Exception) -> bool:
    return not is_unavailable(error) and not isinstance(error, Undelivered)


async def pause(seconds: float, stopping: asyncio.Event | None) -> None:
    """Wait, but not past a stop."""
    if stopping is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
