"""F9, F15: workers that come, go and sleep while others work; processes whose clock is wrong."""

import asyncio
import shutil
import signal

import pytest

from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
ASLEEP_SECONDS = 20.0  # past the session of 15 s


async def test_f09_workers_come_and_go(stage: Stage, at_rest: Judge) -> None:
    """One, three, one, three, one notifier; in between a member sleeps past its session."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=20, vacancies=20)
    load = asyncio.create_task(stage.load(rate=10, patience=60))
    others = [await stage.process(SENDER, number=number) for number in (2, 3)]
    for _ in range(2):
        for other in others:
            other.start()
        await asyncio.gather(*(asyncio.to_thread(other.wait_ready) for other in others))
        await _accepted_more(stage, 20)
        await asyncio.gather(*(asyncio.to_thread(other.stop) for other in others))
    first = stage.processes[SENDER]
    stage.killed()
    first.signal(signal.SIGSTOP)
    await asyncio.sleep(ASLEEP_SECONDS)
    first.signal(signal.SIGCONT)
    stage.killed()
    async with asyncio.timeout(90):
        await load
    verdict = await at_rest(seconds=90)
    assert verdict.counts["told"] == 1200
    assert first.alive()


async def _accepted_more(stage: Stage, count: int) -> None:
    wanted = len(stage.ledger.accepted) + count
    await until(lambda: len(stage.ledger.accepted) >= wanted, what=f"{count} applications more", seconds=60)


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
@pytest.mark.parametrize(("name", "shift"), [(RELAY, "+25h"), (RELAY, "-10m"), (SENDER, "+10m"), (SENDER, "+25h")])
async def test_f15_a_clock_is_wrong(stage: Stage, at_rest: Judge, name: str, shift: str) -> None:
    """A message lives a day: whoever's clock is a day ahead must not let it expire."""
    await stage.process(name, wrapper=("faketime", "-f", shift))
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=6)
    await stage.load(rate=20)
    verdict = await at_rest(seconds=60)
    assert verdict.counts["told"] == 90
