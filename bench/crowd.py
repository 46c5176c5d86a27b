"""Codes while a hundred thousand messages wait, and the memory of the worker that sends them all."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

from bench.figures import load, p99, spread
from bench.stand import Stand
from bench.telling import CODE_GOAL_SECONDS, PEOPLE, Post, issue_code, post
from services.notifier.planner import plan
from services.notifier.tests.events import application
from shared.contracts.application import ApplicationHired
from shared.mongo import Document

WAITING, CODES = 100_000, 100
PART = 1000
OPENS_IN = 20.0  # seconds, and twice the time of storing them: until then none is due
SETTLED = 20_000  # messages after which memory is looked at: caches and pools are full by then
LONGEST_SECONDS = 600.0
SLOPE_GOAL = 1.0  # MB in 100,000 messages


async def crowd(stand: Stand) -> None:
    """All of them are due at once; each lane has its own queue, so that a code meets none of them."""
    async with post(stand) as worker:
        opens = await _store_all(worker)
        await asyncio.sleep(max((opens - datetime.now(UTC)).total_seconds(), 0))
        async with _watched(worker) as seen:
            waits = [await issue_code(worker, number) for number in range(CODES)]
            left = await worker.store.messages.count_documents({"lane": "bulk", "state": "waiting"})
            met = "met" if p99(waits) <= CODE_GOAL_SECONDS else "MISSED"
            print(f"code → provider while {WAITING:,} wait ({left:,} left), {CODES} times: {spread(waits)}")
            print(f"         (goal p99 {CODE_GOAL_SECONDS:.0f} s: {met}); {load()}", flush=True)
            begun = time.monotonic()
            before = len(worker.sms.taken)
            await _sent(worker)
            rate = (len(worker.sms.taken) - before) / (time.monotonic() - begun)
        _tell_memory(seen, rate)


async def _store_all(worker: Post) -> datetime:
    """As planning writes them, but due at one moment, which is returned."""
    first = next(one for one in plan(application(ApplicationHired)) if one.channel == "sms")
    later = datetime.now(UTC) + timedelta(hours=2)
    await worker.store.add([replace(first, id="pattern", lane="bulk", not_after=later)])
    pattern = await worker.store.messages.find_one({"_id": "pattern"})
    await worker.store.messages.delete_one({"_id": "pattern"})
    assert pattern is not None
    begun, opens = time.monotonic(), later
    for begin in range(0, WAITING, PART):
        await worker.store.messages.insert_many(
            [_row(pattern, number, opens) for number in range(begin, begin + PART)]
        )
    took = time.monotonic() - begun
    print(f"         {WAITING:,} stored in {took:.0f} s", flush=True)
    # To change them takes about as long as to store them, and on a busy computer longer.
    opens = datetime.now(UTC) + timedelta(seconds=OPENS_IN + 2 * took)
    for begin in range(0, WAITING, PART):
        ids = [f"b{number}" for number in range(begin, begin + PART)]
        await worker.store.messages.update_many({"_id": {"$in": ids}}, {"$set": {"send_at": opens}})
    assert datetime.now(UTC) < opens
    return opens


def _row(pattern: Document, number: int, opens: datetime) -> Document:
    name = {"_id": f"b{number}", "notice": f"b{number}", "recipient": f"acc_{number % PEOPLE}"}
    return {**pattern, **name, "send_at": opens}


@asynccontextmanager
async def _watched(worker: Post) -> AsyncIterator[list[tuple[int, float]]]:
    """(messages sent so far, the worker's megabytes), each second."""
    seen: list[tuple[int, float]] = []

    async def look() -> None:
        while True:
            seen.append((len(worker.sms.taken), worker.process.megabytes))
            await asyncio.sleep(1.0)

    looking = asyncio.create_task(look())
    try:
        yield seen
    finally:
        looking.cancel()


async def _sent(worker: Post) -> None:
    """All of them, or as many as a slow computer sends in the time: the figures say how many that was."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_SECONDS):
            while len(worker.sms.taken) < WAITING + CODES:
                await asyncio.sleep(0.5)


def _tell_memory(seen: list[tuple[int, float]], rate: float) -> None:
    later = [(count, size) for count, size in seen if count >= SETTLED]
    rising = slope(later) * 100_000
    met = "met" if rising <= SLOPE_GOAL else "MISSED"
    (first, small), (last, large) = later[0], later[-1]
    print(f"memory of the sender: {small:.0f} MB after {first:,}, {large:.0f} MB after {last:,}")
    print(
        f"         {rising:+.1f} MB in 100,000 messages (goal <= {SLOPE_GOAL:.0f}: {met}); {rate:,.0f} sent a second"
    )


def slope(points: list[tuple[int, float]]) -> float:
    """Megabytes per message, from the median of the first tenth to that of the last: one garbage collection at an
    end would say anything."""
    tenth = max(len(points) // 10, 1)
    begin, end = points[:tenth], points[-tenth:]
    sent = median(count for count, _ in end) - median(count for count, _ in begin)
    return (median(size for _, size in end) - median(size for _, size in begin)) / sent if sent else 0.0
