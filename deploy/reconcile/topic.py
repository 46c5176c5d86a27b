"""A topic from its beginning, and again from where the last look ended: no group is joined, nothing is committed."""

import asyncio
import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.kafka import CONSUMER, Record, stop_consumer

SILENCE_SECONDS = 30.0  # without a record although there are more: the broker is away
START_SECONDS = 10.0


class TopicReader:
    """Each `new()` yields what came since the one before, up to the end as it stands when it begins."""

    def __init__(self, url: str, name: str) -> None:
        self._consumer = AIOKafkaConsumer(name, bootstrap_servers=url, client_id="reconcile", **CONSUMER)

    async def __aenter__(self) -> "TopicReader":
        async with asyncio.timeout(START_SECONDS):
            await self._consumer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await stop_consumer(self._consumer)

    async def new(self) -> AsyncIterator[Record]:
        async with asyncio.timeout(START_SECONDS):
            ends = await self._consumer.end_offsets(list(self._consumer.assignment()))
        while behind := [place for place, end in ends.items() if await self._position(place) < end]:
            async with asyncio.timeout(SILENCE_SECONDS):
                while not (polled := await self._consumer.getmany(*behind, timeout_ms=1000, max_records=1000)):
                    pass
            for records in polled.values():
                for record in records:
                    yield record

    async def _position(self, place: TopicPartition) -> int:
        async with asyncio.timeout(SILENCE_SECONDS):
            return int(await self._consumer.position(place))


def event_of(record: Record) -> dict[str, Any]:
    """The structured event in it, or nothing."""
    try:
        found = json.loads(record.value or b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and {"id", "subject", "sequence", "type"} <= found.keys() else {}
