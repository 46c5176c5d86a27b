"""The drain of a full outbox by one relay: against a bare producer that sends the same bytes, and against hexkit's
publisher of stored events on the same broker and store."""

import asyncio
import json
import time
from statistics import median
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from bench.figures import RUNS, load, ratio
from bench.peers import fetch_peers
from bench.stand import Stand
from services.application.tests.conftest import vacancy_event
from shared.kafka import PRODUCER, Publisher
from shared.mongo import Collection, ensure_indexes
from shared.outbox import INDEXES, Outbox
from shared.relay import Relay

EVENTS, OF_HEXKIT = 8000, 400
HEADERS = [("content-type", b"application/cloudevents+json")]


async def relay(stand: Stand) -> None:
    place = stand.place()
    await stand.topics(place, "vacancy")
    async with stand.client() as client:
        ours, bare, hexkit = [], [], []
        skipped = fetch_peers()
        for number in range(RUNS):
            collection = client[f"{place}_relay"][f"run{number}"]
            values = await fill(collection, EVENTS)
            ours.append(await _drained(stand, place, collection))
            bare.append(await _produced(stand, f"{place}.vacancy", values))
            if skipped is None:
                hexkit.append(await _hexkit(stand, place, number, values[:OF_HEXKIT]))
        await client.drop_database(f"{place}_relay")
    if skipped:
        print(f"         skipped: hexkit cannot be fetched: {skipped}")
    else:
        ratio("relay against hexkit's outbox publisher, same broker and store", ours, hexkit, goal=5)
    ratio("relay against aiokafka alone, without a store", ours, bare, goal=0.25)
    print(f"{median(ours):6,.0f}/s  relay drain, one worker (goal >= 4,000 where broker and store allow); {load()}")


async def fill(collection: Collection, count: int) -> list[bytes]:
    """`count` documents with an event each, as their service would have left them."""
    await ensure_indexes(collection, INDEXES)
    outbox, event = Outbox(collection, source="bench"), vacancy_event()
    documents = [outbox.document(f"vac_{number:06}", {"title": "Penjahit"}, [event]) for number in range(count)]
    for start in range(0, count, 1000):
        await collection.insert_many(documents[start : start + 1000])
    return [document["outbox"][0]["value"].encode() for document in documents]


class Counting(Publisher):
    """Asking the store how far it is would slow it down."""

    count = 0

    async def send(self, topic: str, **record: Any) -> None:
        await super().send(topic, **record)
        self.count += 1


async def _drained(stand: Stand, place: str, collection: Collection) -> float:
    publisher, stopping = Counting(stand.kafka_url, client_id="bench"), asyncio.Event()
    await publisher.probe()
    begun = time.perf_counter()
    running = asyncio.create_task(Relay(collection, publisher, topic_prefix=place).run(stopping))
    while publisher.count < EVENTS or await collection.find_one({"relay_at": {"$exists": True}}, {"_id": 1}):
        await asyncio.sleep(0.02)
    took = time.perf_counter() - begun
    stopping.set()
    await running
    await publisher.stop()
    return EVENTS / took


async def _produced(stand: Stand, topic: str, values: list[bytes]) -> float:
    producer = AIOKafkaProducer(bootstrap_servers=stand.kafka_url, **PRODUCER)
    await producer.start()
    await producer.partitions_for(topic)
    begun = time.perf_counter()
    for start in range(0, len(values), 200):
        some = enumerate(values[start : start + 200], start)
        sent = [await producer.send(topic, value, key=b"vac_%06d" % n, headers=HEADERS) for n, value in some]
        await asyncio.gather(*sent)
    took = time.perf_counter() - begun
    await producer.stop()
    return len(values) / took


async def _hexkit(stand: Stand, place: str, number: int, values: list[bytes]) -> float:
    """Stored first and not published, then `publish_pending`."""
    from hexkit.providers.mongodb.provider import MongoDbDaoFactory
    from hexkit.providers.mongokafka.config import MongoKafkaConfig
    from hexkit.providers.mongokafka.provider import PersistentKafkaPublisher
    from hexkit.providers.mongokafka.provider.persistent_pub import PersistentKafkaEvent

    config: Any = MongoKafkaConfig(
        service_name="bench",
        service_instance_id="1",
        kafka_servers=[stand.kafka_url],
        mongo_dsn=stand.store_url,
        db_name=f"{place}_hexkit{number}",
    )
    async with (
        MongoDbDaoFactory.construct(config=config) as daos,
        PersistentKafkaPublisher.construct(config=config, dao_factory=daos, collection_name="events") as publisher,
    ):
        dao: Any = await daos.get_dao(name="events", id_field="compaction_key", dto_model=PersistentKafkaEvent)
        for value in values:
            envelope = json.loads(value)
            await dao.insert(
                PersistentKafkaEvent(
                    compaction_key=envelope["id"],
                    topic=f"{place}.vacancy",
                    type_=envelope["type"],
                    key=envelope["subject"],
                    payload=envelope,
                    event_id=uuid4(),
                    correlation_id=uuid4(),
                    created=envelope["time"],
                )
            )
        begun = time.perf_counter()
        await publisher.publish_pending()
        return len(values) / (time.perf_counter() - begun)
