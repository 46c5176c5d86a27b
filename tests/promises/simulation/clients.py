"""What stands in for the Kafka client's two classes: the same calls, the same errors, on a broker in memory."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

from aiokafka.errors import KafkaConnectionError, RequestTimedOutError

from shared.kafka import IllegalStateError, TopicPartition
from tests.promises.simulation.bus import SESSION_SECONDS, Broker, Line, Member
from tests.promises.simulation.fates import Loss


class Producer:
    """Finishes what it was given even if nobody waits any more."""

    def __init__(self, broker: Broker) -> None:
        self._broker, self._wire = broker, broker.wire

    async def start(self) -> None:
        await self._wire.ask("bus", lambda _: None, failure=KafkaConnectionError)

    async def send_and_wait(
        self, topic: str, value: bytes | None, *, key: bytes | None, headers: Sequence[tuple[str, bytes]]
    ) -> None:
        await self._wire.ask(
            "bus",
            lambda _: self._broker.append(topic, key, value, headers),
            failure=RequestTimedOutError,
            limit=12.0,
        )

    def stop(self) -> asyncio.Future[None]:
        stopped: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wire.later(self._wire.fates.between(0.0, 0.01), _settle, stopped)
        return stopped


class GroupConsumer(Member):
    """A member that polls. `settings` are the real ones: whether it commits by itself, and where it begins."""

    def __init__(self, broker: Broker, topics: Sequence[str], group: str, settings: dict[str, Any]) -> None:
        super().__init__(topics)
        self._broker, self._wire, self._group, self._settings = broker, broker.wire, group, settings
        self._positions: dict[TopicPartition, int] = {}
        self._waiting: asyncio.Future[None] | None = None

    async def start(self) -> None:
        await self._wire.ask("bus", lambda _: None, failure=KafkaConnectionError)

    def subscribe(self, topics: Sequence[str]) -> None:
        """Joins behind the back of whoever polls."""
        self.topics = topics
        self._wire.later(self._wire.fates.between(0.0, 0.05), self._broker.join, self._group, self)

    async def stop(self) -> None:
        """It goes, or is missed when the session's time is over."""
        self.stopped = True
        self._wire.later(SESSION_SECONDS, self._broker.leave, self._group, self)
        await self._wire.ask("bus", lambda _: self._broker.leave(self._group, self), failure=KafkaConnectionError)

    def learn(self, generation: int, owned: set[TopicPartition]) -> None:
        """What was fetched before is forgotten: each partition goes on where the group has committed."""
        super().learn(generation, owned)
        self._positions = {tp: self._start_of(tp) for tp in sorted(owned)}
        self.wake()

    def wake(self) -> None:
        if self._waiting is not None:
            _settle(self._waiting)

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset(self.owned)

    def highwater(self, tp: TopicPartition) -> int | None:
        return len(self._broker.logs[tp]) if tp in self.owned else None

    async def position(self, tp: TopicPartition) -> int:
        if tp not in self._positions:
            raise IllegalStateError
        return self._positions[tp]

    async def getmany(self, *, timeout_ms: int, max_records: int) -> dict[TopicPartition, list[Line]]:
        if not self._behind():
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            timer = loop.call_later(timeout_ms / 1000, self.wake)
            with contextlib.suppress(asyncio.InvalidStateError):
                await self._waiting
            timer.cancel()
        if not self._behind():
            return {}
        generation = self.generation
        found = await self._wire.ask("bus", self._fetch, failure=KafkaConnectionError)
        if generation != self.generation:
            return {}
        for tp, lines in found.items():
            self._positions[tp] = lines[-1].offset + 1
        if found and self._settings.get("enable_auto_commit", True):
            self._wire.later(self._wire.fates.between(0.0, 0.02), self._commit_by_itself, dict(self._positions))
        return found

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        if not offsets.keys() <= self.owned:
            raise IllegalStateError
        generation = self.generation
        await self._wire.ask("bus", lambda _: self._commit(offsets, generation), failure=RequestTimedOutError)

    def _commit(self, offsets: dict[TopicPartition, int], generation: int) -> None:
        self._broker.commit(self._group, self, generation, offsets)

    def _commit_by_itself(self, offsets: dict[TopicPartition, int]) -> None:
        if self.process is None or not self.process.dead:
            self._broker.groups[self._group].committed.update(offsets)

    def _start_of(self, tp: TopicPartition) -> int:
        latest = self._settings.get("auto_offset_reset", "latest") == "latest"
        return self._broker.groups[self._group].committed.get(tp, len(self._broker.logs[tp]) if latest else 0)

    def _behind(self) -> list[TopicPartition]:
        return [tp for tp, position in self._positions.items() if position < len(self._broker.logs[tp])]

    def _fetch(self, _: Loss | None) -> dict[TopicPartition, list[Line]]:
        """A part of what there is, of some partitions."""
        random, found = self._wire.fates.random, dict[TopicPartition, list[Line]]()
        for tp in random.sample(behind := self._behind(), len(behind)):
            position, log = self._positions[tp], self._broker.logs[tp]
            found[tp] = log[position : position + random.randint(1, len(log) - position)]
            if random.random() < 0.3:
                break
        return found


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
