"""F6, F10, F11: Kafka or the store is away, or an answer of the store never arrives."""

import asyncio
import time
from typing import Any

import pytest

from services.application.tests.conftest import vacancy_event
from shared.handling import RETRY_BUDGET
from shared.testing import envelope
from tests.promises import dump
from tests.promises.check import restless
from tests.promises.conftest import Judge
from tests.promises.ledger import Ledger
from tests.promises.outage import How, away, outage
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.toxics import Toxic
from tests.promises.traps import nothing, reply
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
EFFECT_SECONDS = 5.0  # from the broker's return to the last effect
ANSWER_SECONDS = 1.0  # an API's answer while the store is away
CROWD = 100
FROZEN_SECONDS = 2 * RETRY_BUDGET  # twice what is given to a record that keeps failing
RECOVERY_SECONDS = 3.0  # from the store's return to the first application that is accepted


@pytest.mark.parametrize("how", ["killed", "stopped", "frozen"])
async def test_f06_kafka_down(stage: Stage, at_rest: Judge, how: How) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=6, vacancies=16)
    _, back = await asyncio.gather(stage.load(rate=8), outage(stage.brokers.endpoint, how, after=1.0, seconds=11.0))
    assert stage.ledger.statuses() == {201: 96}, "the API depends on Kafka"

    async def settled() -> bool:
        return not await restless(at_rest.place)

    await until(settled, what="the events after the broker's return", seconds=60)
    took = time.time() - back
    await at_rest(effects_after=round(took, 1))
    assert took <= EFFECT_SECONDS


@pytest.mark.parametrize("how", ["killed", "stopped", "frozen"])
async def test_f10_store_down(stage: Stage, at_rest: Judge, how: How) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=16)
    _, back = await asyncio.gather(stage.load(rate=10), outage(stage.store, how, after=2.0, seconds=4.0))
    shown = _refusals(stage.ledger)
    again = min(answer.at for answer in stage.ledger.accepted if answer.at > back) - back
    await at_rest(**shown, recovered_after=round(again, 1))
    _well_refused(stage.ledger)
    assert again <= RECOVERY_SECONDS


async def test_f10_store_slow(stage: Stage, at_rest: Judge) -> None:
    """Each of its answers takes five seconds."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=4)
    edge = stage.edges[f"store {API}"]

    async def slow() -> None:
        await until(lambda: len(stage.ledger.accepted) >= 4, what="the first applications")
        edge.poison(reply=Toxic(latency=5.0))
        await until(lambda: _refused(stage.ledger) >= 10, what="the refusals")
        edge.poison()

    await asyncio.gather(stage.load(rate=2.5), slow())
    await at_rest(**_refusals(stage.ledger))
    _well_refused(stage.ledger)


async def test_f10_a_crowd_meets_a_frozen_store(stage: Stage, at_rest: Judge) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=CROWD // 5)
    async with away(stage.store, "frozen"):
        load = asyncio.create_task(stage.load(rate=500, patience=20))
        await until(lambda: _refused(stage.ledger) >= CROWD, what="a refusal for each of the crowd")
    async with asyncio.timeout(60):
        await load
    await at_rest(**_refusals(stage.ledger))
    _well_refused(stage.ledger)


def _refused(ledger: Ledger) -> int:
    return ledger.statuses().get(503, 0)


def _refusals(ledger: Ledger) -> dict[str, Any]:
    refused = sorted(answer.seconds for answer in ledger.answers if answer.status == 503)
    return {"refused": len(refused), "slowest": round(refused[-1], 2) if refused else 0}


def _well_refused(ledger: Ledger) -> None:
    """503 with Retry-After within a second, and nothing else than that and success."""
    assert set(ledger.statuses()) <= {200, 201, 503}
    refused = [answer for answer in ledger.answers if answer.status == 503]
    assert refused, "nobody met the outage"
    assert all(answer.retry_after for answer in refused)
    slow = [round(answer.seconds, 2) for answer in refused if answer.seconds > ANSWER_SECONDS + 0.25]
    assert not slow, f"{len(slow)} of {len(refused)} refusals were late: up to {max(slow)} s"


async def test_f11_the_store_wrote_and_its_reply_is_lost(stage: Stage, at_rest: Judge) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=8)
    edge = stage.edges[f"store {API}"]
    traps = [edge.trap(nothing, when=reply("insert applications"), nth=nth) for nth in (3, 9, 10, 20)]
    await stage.load(rate=10)
    assert all(trap.sprung.is_set() for trap in traps)
    await at_rest(swallowed=len(traps))
    assert len({answer.number for answer in stage.ledger.accepted}) == 40


async def test_f10_a_store_frozen_for_long_puts_nothing_aside(stage: Stage, at_rest: Judge) -> None:
    """A reader waits for its store for ever: no good record may end among the dead letters."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=2, vacancies=2)
    edges = [stage.edges[f"store {name}"] for name in (RELAY, SENDER)]
    for edge in edges:
        edge.poison(reply=Toxic(swallow=True))
    told = [vacancy_event(number=f"LWK-2026-1{n:05d}", owner_id=None) for n in range(30)]
    await stage.bus.publish(*(envelope(event, subject=f"vac_late_{n}") for n, event in enumerate(told)))
    await stage.load(rate=10)
    await asyncio.sleep(FROZEN_SECONDS)
    for edge in edges:
        edge.poison()
        edge.cut()
    known = stage.database("application").vacancies

    async def all_known() -> bool:
        return int(await known.count_documents({})) == 32

    await until(all_known, what="the vacancies told meanwhile", seconds=60)
    dead = [
        await dump.topic(stage.brokers.direct, f"{stage.prefix}.{group}.dead")
        for group in ("application", "notifier")
    ]
    await at_rest(dead=sum(map(len, dead)))
    assert not any(dead)
    assert stage.processes[RELAY].alive()
    assert stage.processes[SENDER].alive()
