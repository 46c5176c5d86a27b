"""F5, F25: anything may die at any moment, and everything at once."""

import asyncio
import random
import time
from collections import Counter
from typing import Any

import pytest

from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
SECONDS = 45.0
VICTIMS = [API, RELAY, SENDER, RELAY, SENDER, "store", "kafka"]


async def test_f05_random_kills_under_load(stage: Stage, at_rest: Judge) -> None:
    """Every 1 to 4 s one of the processes, the store or the broker dies and is started again."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=30, vacancies=20)
    dice, kills, ends = random.Random(5), Counter[str](), time.monotonic() + SECONDS
    victims: list[str] = []
    load = asyncio.create_task(stage.load(rate=600 / SECONDS, patience=90))
    while time.monotonic() < ends:
        await asyncio.sleep(dice.uniform(1, 4))
        victims = victims or dice.sample(VICTIMS, len(VICTIMS))
        kills[name := victims.pop()] += 1
        await _kill(stage, name)
    async with asyncio.timeout(120):
        await load
    for name in (API, RELAY, SENDER):
        await stage.ready(name)
    verdict = await at_rest(seconds=120, kills=dict(kills))
    assert verdict.counts["accepted"] == 600


async def _kill(stage: Stage, name: str) -> None:
    if name == SENDER or name == "store":
        stage.killed()
    if name in ("store", "kafka"):
        part = stage.store if name == "store" else stage.brokers.endpoint
        part.kill()
        await asyncio.to_thread(part.start)
    else:
        process = stage.processes[name]
        process.kill()
        process.start()


@pytest.mark.parametrize("order", range(2))
async def test_f25_everything_killed_at_once(stage: Stage, at_rest: Judge, order: int) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=10, vacancies=20)
    load = asyncio.create_task(stage.load(rate=20, patience=90))
    await until(lambda: len(stage.ledger.accepted) >= 60, what="the first sixty applications")
    stage.killed()
    for process in stage.processes.values():
        process.kill()
    stage.store.kill()
    stage.brokers.endpoint.kill()
    starts: list[Any] = [stage.store, stage.brokers.endpoint, *stage.processes.values()]
    random.Random(order).shuffle(starts)
    for part in starts:
        await asyncio.to_thread(part.start)
    for name in (API, RELAY, SENDER):
        await stage.ready(name)
    async with asyncio.timeout(120):
        await load
    verdict = await at_rest(seconds=90)
    assert verdict.counts["accepted"] == 200
