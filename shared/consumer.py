"""One member of a consumer group: brings other services' events to this one's reactions, and loses none, because
offsets are committed after the effect."""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import InitVar, dataclass
from typing import Any

from shared import log, metrics
from shared.deadletters import DeadLetters
from shared.effects import Reactions
from shared.handling import Handler, Probe, pause
from shared.kafka import (
    CommitFailedError,
    IllegalStateError,
    KafkaError,
    Publisher,
    Record,
    TopicPartition,
    Undelivered,
    commit,
    start_consumer,
    stop_consumer,
    topic_name,
)
from shared.waiting import Waiting

STUCK_SECONDS = 60.0
# A join waits for the session of each dead member, and for the slowest living one's rebalance timeout. A member may
# also be left without a partition where there are more members than partitions: it then just looks again.
JOIN_SECONDS = 90.0
# A commit without an answer may still lie somewhere, and take back what later ones said. By then it has come.
UNSURE_SECONDS = 30.0

Offsets = dict[TopicPartition, int]


@dataclass(kw_only=True)
class Consumer:
    """One member of the group `group`, with its table of reactions. `probe` raises while the store is away."""

    url: str
    group: str
    reactions: Reactions
    publisher: Publisher
    topic_prefix: str = ""
    probe: InitVar[Probe | None] = None
    assigned: bool = False
    lag: int = 0
    _measured_at: float = 0.0
    _unsure_at: float | None = None

    def __post_init__(self, probe: Probe | None) -> None:
        self._waiting = Waiting(part="consumer")
        dead = DeadLetters(group=self.group, publisher=self.publisher, topic_prefix=self.topic_prefix)
        self.handler = Handler(reactions=self.reactions, dead=dead, waiting=self._waiting, probe=probe)

    @property
    def waiting_for(self) -> str | None:
        """The dependency that is away, if one is."""
        return self._waiting.on

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
                self._waiting.set("kafka", error)
                await pause(1.0, stopping)

    async def _session(self, stopping: asyncio.Event) -> None:
        group = topic_name(self.topic_prefix, self.group)
        name = f"{self.group}-{os.getpid()}"
        client = await start_consumer(self.url, group=group, topics=self.topics, client_id=name)
        settled_at, owed = time.monotonic(), Offsets()
        try:
            while not stopping.is_set():
                polled = await client.getmany(timeout_ms=1000, max_records=200)
                self.assigned = bool(client.assignment())
                if self.assigned and not owed:
                    settled_at = time.monotonic()
                elif time.monotonic() - settled_at > JOIN_SECONDS:
                    raise Undelivered
                if polled:
                    owed = owed | await self._handle_poll(polled, stopping)
                elif not owed and self._may_have_gone_back():
                    owed = await self._handled(client)
                if owed and not stopping.is_set():
                    owed = await self._commit(client, owed)
                self._waiting.set("kafka" if owed else None)
                await self._measure(client)
        finally:
            self.assigned = False
            await stop_consumer(client)

    async def _handle_poll(self, polled: dict[TopicPartition, list[Record]], stopping: asyncio.Event) -> Offsets:
        """What may be committed now."""
        await self.handle([record for records in polled.values() for record in records], stopping)
        return {tp: records[-1].offset + 1 for tp, records in polled.items()}

    async def _commit(self, client: Any, owed: Offsets) -> Offsets:
        """What is still owed afterwards: brokers that are away hear it when they are back. A client thrown away for
        it would leave a dead member behind, whose session the next one would have to sit out."""
        mine = client.assignment()
        owed = {tp: offset for tp, offset in owed.items() if tp in mine}
        try:
            await commit(client, owed)
        except (CommitFailedError, IllegalStateError):
            # The partitions moved on to another member while we worked; it does the same again, harmlessly.
            log.get().info("partitions_moved", count=len(owed))
        except (KafkaError, TimeoutError) as error:
            self._waiting.set("kafka", error)
            self._unsure_at = time.monotonic()
            return owed
        self.handler.moved_at = time.monotonic()
        return {}

    def _may_have_gone_back(self) -> bool:
        return self._unsure_at is not None and time.monotonic() - self._unsure_at > UNSURE_SECONDS

    async def _handled(self, client: Any) -> Offsets:
        """Everything that was handled, to be said once more: nothing was polled, so all before each position is."""
        try:
            async with asyncio.timeout(0.5):
                found = {tp: await client.position(tp) for tp in client.assignment()}
        except (TimeoutError, IllegalStateError):
            return {}  # a rebalance is under way: what the group has said is asked for anew
        self._unsure_at = None
        return found

    async def handle(self, records: Sequence[Record], stopping: asyncio.Event | None = None) -> None:
        """The effects of one poll."""
        await self.handler.handle(records, stopping)

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
        metrics.progress_age.set(time.monotonic() - self.handler.moved_at if self.lag else 0.0)

    def stuck(self) -> bool:
        """Whether there is work, nothing moves, and no dependency is to blame: the process should die visibly."""
        idle = time.monotonic() - self.handler.moved_at
        return self.lag > 0 and self.waiting_for is None and idle > STUCK_SECONDS
