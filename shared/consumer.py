"""The loop that brings other services' events to this one's reactions, and loses none: decode inside the loop,
retry, put aside, commit after the effect.

Every effect is idempotent by its own shape (a projection guarded by the sequence, a command on an own aggregate, a
document with a deterministic id), so a record that comes twice changes nothing the second time.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import stamina

from shared import log, metrics
from shared.effects import Effect, Projection, Reaction, Reactions
from shared.events import Envelope, Unreadable, decode
from shared.kafka import (
    CommitFailedError,
    IllegalStateError,
    KafkaError,
    Publisher,
    Record,
    TooBig,
    TopicPartition,
    Undelivered,
    commit,
    start_consumer,
    stop_consumer,
    topic_name,
)
from shared.mongo import is_unavailable

HANDLER_DEADLINE = 10.0  # seconds for one try
RETRY_BUDGET = 30.0  # seconds until a record that keeps failing is put aside
DEAD_IN_A_ROW = 20
LEAST_TRIES = 3
STUCK_SECONDS = 60.0
EXIT_STUCK, EXIT_POISONED = 70, 65
SIDE_BY_SIDE = 16

PROBE_SECONDS = 2.0
# A join waits for the session of each dead member, and for the slowest living one's rebalance timeout. A member may
# also be left without a partition where there are more members than partitions: it then just looks again.
JOIN_SECONDS = 90.0

Probe = Callable[[], Awaitable[object]]


class Poisoned(Exception):
    """Too many dead letters in a row: a broken deploy, not broken records. Stop before the topic is drained."""


@dataclass(kw_only=True)
class Consumer:
    """One member of the group `group`, with its table of reactions. `probe` raises while the store is away."""

    url: str
    group: str
    reactions: Reactions
    publisher: Publisher
    topic_prefix: str = ""
    probe: Probe | None = None
    waiting_for: str | None = None
    assigned: bool = False
    moved_at: float = field(default_factory=time.monotonic)
    lag: int = 0
    _dead_in_a_row: int = 0
    _measured_at: float = 0.0

    @property
    def topics(self) -> list[str]:
        names = sorted({event.topic for event in self.reactions})
        return [topic_name(self.topic_prefix, name) for name in [*names, f"{self.group}.retry"]]

    async def run(self, stopping: asyncio.Event) -> None:
        """Consume until `stopping`. Whatever the client raises, throw the client away and build a new one."""
        while not stopping.is_set():
            try:
                await self._session(stopping)
            except (Undelivered, KafkaError, TimeoutError) as error:
                self._waits("kafka", error)
                await _pause(1.0, stopping)

    async def _session(self, stopping: asyncio.Event) -> None:
        group = topic_name(self.topic_prefix, self.group)
        name = f"{self.group}-{os.getpid()}"
        client = await start_consumer(self.url, group=group, topics=self.topics, client_id=name)
        joining_since = time.monotonic()
        try:
            while not stopping.is_set():
                polled = await client.getmany(timeout_ms=1000, max_records=200)
                self.assigned = bool(client.assignment())
                if self.assigned:
                    joining_since = time.monotonic()
                elif time.monotonic() - joining_since > JOIN_SECONDS:
                    raise Undelivered
                self._waits(None)
                if polled:
                    await self._handle_poll(client, polled, stopping)
                await self._measure(client)
        finally:
            self.assigned = False
            await stop_consumer(client)

    async def _handle_poll(
        self, client: Any, polled: dict[TopicPartition, list[Record]], stopping: asyncio.Event
    ) -> None:
        await self.handle([record for records in polled.values() for record in records], stopping)
        mine = client.assignment()
        offsets = {tp: records[-1].offset + 1 for tp, records in polled.items() if tp in mine}
        try:
            if offsets and not stopping.is_set():
                await commit(client, offsets)
        except (CommitFailedError, IllegalStateError):
            # The partitions moved on to another member while we worked; it does the same again, harmlessly.
            log.get().info("partitions_moved", count=len(offsets))
        self.moved_at = time.monotonic()

    async def handle(self, records: Sequence[Record], stopping: asyncio.Event | None = None) -> None:
        """The effects of one poll: projections in bulk, then commands in order per key and side by side across."""
        readable = [pair for record in records if (pair := await self._read(record)) is not None]
        await self._project(readable, stopping)
        by_key: dict[str, list[tuple[Record, Envelope[Any]]]] = {}
        for record, envelope in readable:
            by_key.setdefault(envelope.subject, []).append((record, envelope))
        gate = asyncio.Semaphore(SIDE_BY_SIDE)
        ended = await asyncio.gather(
            *(self._in_order(pairs, gate, stopping) for pairs in by_key.values()), return_exceptions=True
        )
        for outcome in ended:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _read(self, record: Record) -> tuple[Record, Envelope[Any]] | None:
        try:
            envelope = decode(record.value, record.headers)
        except Unreadable as error:
            log.get().warning(
                "unreadable_record", topic=record.topic, partition=record.partition, offset=record.offset
            )
            await self._put_aside(record, reason="unreadable", detail=str(error))
            return None
        if envelope is None or type(envelope.data) not in self.reactions:
            metrics.consumed.labels("unknown" if envelope is None else envelope.type, "skipped").inc()
            return None
        return record, envelope

    async def _project(self, pairs: Sequence[tuple[Record, Envelope[Any]]], stopping: asyncio.Event | None) -> None:
        """One bulk write per collection; of several events of one aggregate only the newest needs writing."""
        newest: dict[tuple[str, str], tuple[Projection, Record, Envelope[Any]]] = {}
        for record, envelope in pairs:
            for effect in self._effects(envelope):
                if isinstance(effect, Projection):
                    place = (f"{effect.collection.name}/{effect.sequence}", effect.id(envelope))
                    if place not in newest or newest[place][2].sequence < envelope.sequence:
                        newest[place] = (effect, record, envelope)
        grouped: dict[str, list[tuple[Projection, Record, Envelope[Any]]]] = {}
        for (name, _), item in newest.items():
            grouped.setdefault(name, []).append(item)
        for items in grouped.values():
            await self._write(items, stopping)

    async def _write(
        self,
        items: Sequence[tuple[Projection, Record, Envelope[Any]]],
        stopping: asyncio.Event | None,
    ) -> None:
        try:
            await items[0][0].write(dict(row for projection, _, event in items if (row := projection.row(event))))
        except Exception as error:
            if is_unavailable(error):
                self._waits("store", error)
            # Somebody in the batch cannot be written: find out who, one by one, and let the others through.
            for projection, record, event in items:
                await self._attempt(record, event, projection.apply, stopping)
            return
        for _, record, event in items:
            self._took_effect(record, event)

    async def _in_order(
        self,
        pairs: Sequence[tuple[Record, Envelope[Any]]],
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
                    self._waits("store", error)
                    await _pause(1.0, stopping)
                    if stopping is None or not stopping.is_set():
                        continue
                    raise
                if tries < LEAST_TRIES:
                    continue  # our own process was stopped meanwhile: that says nothing about the record
                log.get().error("reaction_failed", event_type=envelope.type, event_id=envelope.id, exc_info=error)
                await self._put_aside(record, reason="failed", detail=type(error).__name__)
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
        self._dead_in_a_row = 0
        self.moved_at = time.monotonic()
        metrics.consumed.labels(envelope.type, "done").inc()
        metrics.event_to_effect.labels(envelope.type).observe(
            max((datetime.now(UTC) - envelope.time).total_seconds(), 0.0)
        )

    async def _put_aside(self, record: Record, *, reason: str, detail: str) -> None:
        """The record as it came, with where and why, to `<group>.dead`; it waits there for `make redrive`."""
        why = {
            "dead-topic": record.topic,
            "dead-partition": str(record.partition),
            "dead-offset": str(record.offset),
            "dead-group": self.group,
            "dead-error": f"{reason}: {detail}"[:200],
            "dead-time": datetime.now(UTC).isoformat(),
        }
        kept = [(name, value) for name, value in record.headers if not name.startswith("dead-")]
        headers = [*kept, *((name, text.encode()) for name, text in why.items())]
        topic = topic_name(self.topic_prefix, f"{self.group}.dead")
        nothing = record.key is None and record.value is None  # which the client does not send
        value = b"" if nothing else record.value
        try:
            await self.publisher.send(topic, key=record.key, value=value, headers=headers)
        except TooBig:
            # It only just fitted where it lies; with our headers it does not. They say where that is.
            own = [(name, text.encode()) for name, text in why.items()]
            await self.publisher.send(topic, key=None, value=b"", headers=[*own, ("dead-too-big", b"")])
        metrics.dead_letters.labels(record.topic, reason).inc()
        self._dead_in_a_row += 1
        if self._dead_in_a_row >= DEAD_IN_A_ROW:
            raise Poisoned

    def _waits(self, dependency: str | None, error: BaseException | None = None) -> None:
        if dependency and dependency != self.waiting_for:
            log.get().warning("consumer_waits", dependency=dependency, error=error)
        self.waiting_for = dependency
        for name in ("kafka", "store"):
            metrics.waiting.labels(f"consumer-{name}").set(name == dependency)

    async def _measure(self, client: Any) -> None:
        """Lag per topic, at most once a second: highwater against the next record to fetch."""
        if time.monotonic() - self._measured_at < 1.0:
            return
        self._measured_at = time.monotonic()
        lags: dict[str, int] = {}
        try:
            async with asyncio.timeout(0.5):
                for tp in client.assignment():
                    end = client.highwater(tp)
                    behind = max(end - await client.position(tp), 0) if end is not None else 0
                    lags[tp.topic] = lags.get(tp.topic, 0) + behind
        except (TimeoutError, IllegalStateError):
            return  # a rebalance is under way
        for topic, lag in lags.items():
            metrics.consumer_lag.labels(topic).set(lag)
        self.lag = sum(lags.values())
        metrics.progress_age.set(time.monotonic() - self.moved_at if self.lag else 0.0)

    def stuck(self) -> bool:
        """Whether there is work, nothing moves, and no dependency is to blame: the process should die visibly."""
        idle = time.monotonic() - self.moved_at
        return self.lag > 0 and self.waiting_for is None and idle > STUCK_SECONDS


def _worth_a_retry(error: Exception) -> bool:
    return not is_unavailable(error) and not isinstance(error, Undelivered)


async def _pause(seconds: float, stopping: asyncio.Event | None) -> None:
    """Wait, but not past a stop."""
    if stopping is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
