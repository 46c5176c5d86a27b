"""One worker and three of the same service, on separate partitions: how fast each drains a backlog, and what is
saturated where three are not faster."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from bench.figures import load
from bench.latency import TOPICS
from bench.memory import publish, until_known
from bench.processes import Running
from bench.stand import Stand
from services.application.tests.conftest import vacancy_event
from shared.outbox import Outbox

EVENTS, GOAL = 6_000, 1.8


async def workers(stand: Stand) -> None:
    rates: dict[int, tuple[float, float]] = {}
    used: dict[int, str] = {}
    for number in (1, 3):
        place = stand.place()
        await stand.topics(place, *TOPICS, partitions=12)
        async with AsyncExitStack() as stack:
            places = (stand.process("application-worker", place) for _ in range(number))
            running = [await stack.enter_async_context(one) for one in places]
            await asyncio.sleep(5.0)  # until the members have shared out the partitions
            before, begun = stand.cpu(running), time.monotonic()
            rates[number] = (await _relay(stand, place, running), await _consume(stand, place, running))
            took = time.monotonic() - begun
            after = stand.cpu(running)
            used[number] = ", ".join(f"{name} {100 * (after[name] - before[name]) / took:.0f}" for name in after)
    for title, one, three in (("relay", rates[1][0], rates[3][0]), ("consumer", rates[1][1], rates[3][1])):
        met = "met" if three / one >= GOAL else "MISSED"
        print(
            f"{three / one:6.2f}x  {title}: three workers against one (goal >= {GOAL:g}, or what is saturated: {met})"
        )
        print(f"         one {one:,.0f}/s, three {three:,.0f}/s; {load()}")
    for number, text in used.items():
        print(f"         percent of a core with {number} workers: {text}")


async def _relay(stand: Stand, place: str, running: Sequence[Running]) -> float:
    """Events per second from the first document that is stored until the last is told."""
    async with stand.client() as client:
        collection = stand.database(client, place, "application").applications
        outbox, event = Outbox(collection, source="bench"), vacancy_event()
        documents = [
            outbox.document(f"app_{n}", {"seeker_id": f"s{n}", "day": "1", "slot": 1, "number": f"{n}"}, [event])
            for n in range(EVENTS)
        ]
        for process in running:
            process.pause()
        for start in range(0, EVENTS, 1000):
            await collection.insert_many(documents[start : start + 1000])
        for process in running:
            process.go_on()
        begun = time.perf_counter()
        while await collection.find_one({"relay_at": {"$exists": True}}, {"_id": 1}):
            await asyncio.sleep(0.1)
        return EVENTS / (time.perf_counter() - begun)


async def _consume(stand: Stand, place: str, running: Sequence[Running]) -> float:
    for process in running:
        process.pause()
    await publish(stand, place, 0, EVENTS)
    for process in running:
        process.go_on()
    begun = time.perf_counter()
    async with stand.client() as client:
        done = await until_known(stand.database(client, place, "application").vacancies, EVENTS, every=0.1)
    return done / (time.perf_counter() - begun)
