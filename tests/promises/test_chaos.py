"""`make chaos MINUTES=10`: every one to five seconds something dies, on three brokers, while people apply."""

import asyncio
import os
import random
import time
from collections import Counter

import pytest

from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage

pytestmark = pytest.mark.chaos
MINUTES = float(os.environ.get("MINUTES") or 10)
RATE, PER_SEEKER = 30, 20  # applications per second; what one person may send in a day
PATIENCE = 90.0  # seconds in which somebody asks again
REST_SECONDS = 60.0
SERVICES = (API, RELAY, SENDER)


async def test_random_kills_on_three_brokers_lose_nothing_and_tell_nobody_twice(stage: Stage, at_rest: Judge) -> None:
    await stage.start(*SERVICES)
    wanted = int(MINUTES * 60 * RATE)
    await stage.prepare(seekers=-(-wanted // PER_SEEKER), vacancies=PER_SEEKER)
    dice, kills, ends = random.Random(), Counter[str](), time.monotonic() + MINUTES * 60
    load = asyncio.create_task(stage.load(rate=RATE, patience=PATIENCE, seconds=MINUTES * 60))
    while time.monotonic() < ends and not load.done():
        await asyncio.sleep(dice.uniform(1, 5))
        name = dice.choice([*SERVICES, *SERVICES, "broker"])
        kills[name] += 1
        await (_broker(stage, dice.randint(1, 3)) if name == "broker" else _service(stage, name))
    async with asyncio.timeout(2 * PATIENCE):
        await load
    for name in SERVICES:
        await stage.ready(name)
    verdict = await at_rest(seconds=REST_SECONDS, kills=dict(kills), all_kills=sum(kills.values()))
    # Whoever gave up in an outage is no loss; a run in which most did would prove little.
    assert wanted / 2 < len(stage.ledger.attempted) < 2 * verdict.counts["accepted"]


async def _service(stage: Stage, name: str) -> None:
    process = stage.processes[name]
    if name == SENDER:
        await stage.kill_sender()
    else:
        process.kill()
    process.start()


async def _broker(stage: Stage, node: int) -> None:
    """One at a time: back before the next dies, so that two of three always hold what was acknowledged."""
    stage.brokers.endpoint.kill(node)
    await asyncio.to_thread(stage.brokers.endpoint.start)
