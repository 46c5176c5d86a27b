"""What the consumer does with records: batched projections against one upsert per record, and against FastStream's
default consumer with that same upsert."""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaConsumer

from bench.figures import RUNS, ratio
from bench.peers import fetch_peers
from bench.stand import Stand
from services.application.reactions import vacancy_shape
from services.application.tests.conftest import vacancy_event
from shared.consumer import Consumer
from shared.contracts.vacancy import VacancyPublished
from shared.effects import Projection
from shared.events import decode
from shared.kafka import Publisher, Record
from shared.mongo import Collection, Document
from shared.testing import Bus, envelope

RECORDS, AGGREGATES, POLL = 2000, 1500, 200


async def consumer(stand: Stand) -> None:
    place, skipped = stand.place(), fetch_peers()
    await stand.topics(place, "vacancy", partitions=3)
    records = await _records(stand, place)
    ours, single, faststream = [], [], []
    async with stand.client() as client:
        database = client[f"{place}_consumer"]
        for number in range(RUNS):
            ours.append(await _batched(stand, records, database[f"ours{number}"]))
            single.append(await _one_by_one(records, database[f"single{number}"]))
            if skipped is None:
                faststream.append(await _faststream(stand, place, number, database[f"faststream{number}"]))
            counts = {await database[f"{name}{number}"].count_documents({}) for name in ("ours", "single")}
            assert counts == {AGGREGATES}, counts
        await client.drop_database(f"{place}_consumer")
    ratio("batched projections against one upsert per record", ours, single, goal=3.5)
    if skipped:
        print(f"         skipped: FastStream cannot be fetched: {skipped}")
    else:
        ratio("batched projections against FastStream's default consumer, same upsert", ours, faststream, goal=3)


async def _records(stand: Stand, place: str) -> list[Record]:
    """Real ones: sent, and read back."""
    bus, event = Bus(stand.kafka_url, place), vacancy_event()
    facts = [envelope(event, subject=f"vac_{n % AGGREGATES}", sequence=1 + n // AGGREGATES) for n in range(RECORDS)]
    for start in range(0, RECORDS, POLL):
        await asyncio.gather(*(bus.publish(one) for one in facts[start : start + POLL]))
    await bus.stop()
    reader = AIOKafkaConsumer(f"{place}.vacancy", bootstrap_servers=stand.kafka_url, auto_offset_reset="earliest")
    await reader.start()
    found: list[Record] = []
    while len(found) < RECORDS:
        for records in (await reader.getmany(timeout_ms=500)).values():
            found.extend(records)
    await reader.stop()
    return found


async def _batched(stand: Stand, records: list[Record], collection: Collection) -> float:
    member = Consumer(
        url=stand.kafka_url,
        group="bench",
        reactions={VacancyPublished: Projection(collection=collection, shape=vacancy_shape)},
        publisher=Publisher(stand.kafka_url, client_id="bench"),
    )
    begun = time.perf_counter()
    for start in range(0, RECORDS, POLL):
        await member.handle(records[start : start + POLL])
    return RECORDS / (time.perf_counter() - begun)


async def _one_by_one(records: list[Record], collection: Collection) -> float:
    begun = time.perf_counter()
    for record in records:
        await _upsert(collection, record.value)
    return RECORDS / (time.perf_counter() - begun)


async def _upsert(collection: Collection, value: bytes | None) -> None:
    """What a projection means, for one event: newer fields, or none."""
    event = decode(value)
    assert event is not None
    fields: Document = {**vacancy_shape(event), "seq": event.sequence}
    newer = {"$lt": [{"$ifNull": ["$seq", 0]}, event.sequence]}
    merged = {"$mergeObjects": ["$$ROOT", {"$literal": fields}]}
    change = [{"$replaceWith": {"$cond": [newer, merged, "$$ROOT"]}}]
    await collection.update_one({"_id": event.subject}, change, upsert=True)


async def _faststream(stand: Stand, place: str, number: int, collection: Collection) -> float:
    """From the first message that its handler is given to the last; joining and fetching are not counted."""
    from faststream.kafka import KafkaBroker

    broker: Any = KafkaBroker(stand.kafka_url, logger=None)
    times, all_done = list[float](), asyncio.Event()

    async def handle(body: bytes) -> None:
        times.append(time.perf_counter())
        await _upsert(collection, body)
        if len(times) == RECORDS:
            times.append(time.perf_counter())
            all_done.set()

    async def raw(message: Any) -> Any:
        return message.body

    subscribe = broker.subscriber(
        f"{place}.vacancy", group_id=f"{place}-{number}", auto_offset_reset="earliest", decoder=raw
    )
    subscribe(handle)
    async with broker:
        await broker.start()
        await asyncio.wait_for(all_done.wait(), 90)
    return RECORDS / (times[-1] - times[0])
