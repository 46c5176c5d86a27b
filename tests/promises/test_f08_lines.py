"""F8, F24: lines that are slow, cut, sliced or dead, on every edge; and everybody who comes again after an outage."""

import asyncio
import time

import pytest

from tests.promises.conftest import Judge
from tests.promises.outage import outage
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.toxics import Toxic

pytestmark = pytest.mark.promises
TOXICS = {
    "late": Toxic(latency=0.2, jitter=0.2),
    "one Mbit/s": Toxic(bandwidth=125_000),
    "slices": Toxic(slice=16),
    "cut after 30 KB": Toxic(limit_data=30_000),
    "reset": Toxic(reset=True, chance=0.3),
    "half-open": Toxic(swallow=True, chance=0.5),
}
BAD_SECONDS = 5.0


@pytest.mark.parametrize("edge", ["kafka-1", "store", "smtp"])
async def test_f08_bad_lines(stage: Stage, at_rest: Judge, edge: str) -> None:
    """Each toxic for some seconds under load; nothing is lost, and no answer is anything but yes or 503."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=10, vacancies=2 * len(TOXICS))
    bad = [line for name, line in stage.edges.items() if name.startswith(edge)]
    begun = time.time()
    for number, toxic in enumerate(TOXICS.values()):
        vacancies = stage.vacancies[2 * number : 2 * number + 2]
        for line in bad:
            line.poison(reply=toxic, request=toxic)
        load = asyncio.create_task(stage.load(rate=20 / BAD_SECONDS, vacancies=vacancies, patience=60))
        await asyncio.sleep(BAD_SECONDS)
        for line in bad:
            line.poison()
            line.cut()  # what was swallowed is gone: the ends must learn of it by themselves or by a reset
        async with asyncio.timeout(60):
            await load
    if edge == "smtp":
        stage.deaf.append((begun, time.time()))  # whose answer got lost on the way, nobody can say
    slowest = max(answer.seconds for answer in stage.ledger.answers)
    await at_rest(seconds=120, slowest_answer=round(slowest, 2))
    assert set(stage.ledger.statuses()) <= {200, 201, 503}
    assert len(stage.ledger.accepted) == 20 * len(TOXICS)


async def test_f24_everybody_comes_again_after_an_outage(stage: Stage, at_rest: Judge) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=20, vacancies=15)
    begun = time.time()
    load = stage.load(rate=60, patience=60)
    _, back = await asyncio.gather(load, outage(stage.store, "killed", after=1.0, seconds=6.0))
    accepted = [answer.at for answer in stage.ledger.accepted]
    await at_rest(seconds=90, through_after=round(max(accepted) - back, 1), took=round(time.time() - begun, 1))
    assert set(stage.ledger.statuses()) <= {200, 201, 503}
    assert len(accepted) == 300
    assert max(accepted) - back <= 20.0
