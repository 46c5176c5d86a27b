"""Resident memory of each worker at start, and how it rises over a hundred thousand events."""

import asyncio
import time

from aiokafka import AIOKafkaProducer

from bench.figures import figure
from bench.latency import TOPICS
from bench.processes import Running
from bench.stand import Stand
from services.application.tests.conftest import vacancy_event
from shared.events import encode
from shared.kafka import PRODUCER
from shared.mongo import Collection
from shared.testing import envelope

WORKERS = ("identity", "vacancy", "seeker", "application", "notifier", "training")
EVENTS, AGGREGATES, SETTLED = 100_000, 2_000, 30_000
MOST_AT_START, MOST_RISE = 80, 1.0
SECONDS = 90.0


async def memory(stand: Stand) -> None:
    for name in WORKERS:
        place = stand.place()
        own = (f"{name}.retry", f"{name}.dead", "province.35.vacancy")
        await stand.topics(place, *TOPICS, *own, partitions=3)
        async with stand.process(f"{name}-worker", place) as worker:
            await asyncio.sleep(1.0)
            title = f"{name}-worker at start, ready in {worker.ready_in:.1f} s"
            figure(title, worker.megabytes, most=MOST_AT_START, unit="MB")
            if name == "application":
                await _rise(stand, place, worker)


async def _rise(stand: Stand, place: str, worker: Running) -> None:
    """The first events fill caches and pools: the slope is measured behind them."""
    async with stand.client() as client:
        known = stand.database(client, place, "application").vacancies
        await publish(stand, place, 0, SETTLED)
        await until_known(known, SETTLED)
        before = worker.megabytes
        begun = time.monotonic()
        await publish(stand, place, SETTLED, EVENTS)
        done = await until_known(known, EVENTS)
        rate = (done - SETTLED) / (time.monotonic() - begun)
    rise = (worker.megabytes - before) * 100_000 / max(done - SETTLED, 1)
    print(f"         {done:,} events through application-worker, {rate:,.0f}/s")
    figure("memory of application-worker over 100,000 events", rise, most=MOST_RISE, unit="MB")


async def publish(stand: Stand, place: str, first: int, last: int) -> None:
    """The same aggregates again and again, each time a version further."""
    producer, event = AIOKafkaProducer(bootstrap_servers=stand.kafka_url, **PRODUCER), vacancy_event()
    await producer.start()
    for start in range(first, last, 500):
        sent = []
        for number in range(start, min(start + 500, last)):
            subject = f"vac_{number % AGGREGATES}"
            told = encode(envelope(event, subject=subject, sequence=1 + number // AGGREGATES)).encode()
            sent.append(await producer.send(f"{place}.vacancy", told, key=subject.encode()))
        await asyncio.gather(*sent)
    await producer.stop()


async def until_known(known: Collection, events: int, *, every: float = 0.5) -> int:
    """Until every aggregate has its last version, or the time is up; how many events were handled by then."""
    last, deadline = events // AGGREGATES, time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if await known.count_documents({"seq": {"$gte": last}}) >= AGGREGATES:
            return events
        await asyncio.sleep(every)
    return sum([row["seq"] async for row in known.find({}, {"seq": 1})])
