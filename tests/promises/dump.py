"""Everything that is there, read by the plainest means: each topic by a consumer without a group from offset 0, each
collection by a find without a filter. None of the code under test takes part."""

import json
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.mongo import Database, Document


@dataclass(frozen=True)
class Dumped:
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    def event(self) -> dict[str, Any]:
        """The structured event in it, or nothing."""
        try:
            found = json.loads(self.value or b"")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


async def topics(url: str, *, prefix: str = "") -> list[str]:
    """The names of all topics but the broker's own."""
    consumer = AIOKafkaConsumer(bootstrap_servers=url, enable_auto_commit=False)
    await consumer.start()
    try:
        return sorted(name for name in await consumer.topics() if name.startswith(prefix) and name[:2] != "__")
    finally:
        await consumer.stop()


async def topic(url: str, name: str) -> list[Dumped]:
    """Every record, partition by partition, each in the order of its offsets."""
    consumer = AIOKafkaConsumer(name, bootstrap_servers=url, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    try:
        ends = await consumer.end_offsets(list(consumer.assignment()))
        found: list[Dumped] = []
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [Dumped(r.topic, r.partition, r.offset, r.key, r.value, tuple(r.headers)) for r in records]
        return sorted(found, key=lambda record: (record.partition, record.offset))
    finally:
        await consumer.stop()


async def collection(database: Database, name: str) -> list[Document]:
    return [row async for row in database[name].find({}).sort("_id", 1)]


async def everything(database: Database) -> dict[str, list[Document]]:
    return {name: await collection(database, name) for name in sorted(await database.list_collection_names())}


async def ends(url: str, names: list[str]) -> dict[TopicPartition, int]:
    """The offset behind the last record of each partition of these topics."""
    consumer = AIOKafkaConsumer(*names, bootstrap_servers=url, enable_auto_commit=False)
    await consumer.start()
    try:
        found: dict[TopicPartition, int] = await consumer.end_offsets(list(consumer.assignment()))
        return found
    finally:
        await consumer.stop()
