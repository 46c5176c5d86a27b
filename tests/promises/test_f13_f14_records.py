"""F13, F14: records that should not be; records twice, in another order, and the whole topic again."""

import asyncio
import hashlib
import json
import random
import time

import pytest

from services.application.tests.conftest import vacancy_event
from shared.events import encode
from shared.testing import envelope
from tests.promises import dump
from tests.promises.conftest import Judge
from tests.promises.poison import Poison, corpus
from tests.promises.raw import publish_raw
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
CORPUS = corpus(vacancy_event(owner_id=None))
PUT_ASIDE_SECONDS = 31.0  # the budget of a failing handler, and a moment
INVALID_SECONDS = 1.5
EXIT_POISONED = 65


async def test_f13_poison_is_put_aside_as_it_came_and_delays_nobody(stage: Stage, at_rest: Judge) -> None:
    """A good record follows each bad one in the same partition: it must arrive, and soon."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=2, vacancies=2)
    stopped, slow, worker = [], {}, stage.processes[RELAY]
    for number, poison in enumerate(CORPUS):
        wait = await _behind(stage, poison, f"vac_behind_{number}")
        if wait > INVALID_SECONDS:
            slow[poison.name] = round(wait, 1)
        if not worker.alive():
            stopped.append(poison.name)
            break
    dead = await dump.topic(stage.brokers.direct, f"{stage.prefix}.application.dead")
    assert not stopped, f"the worker died of: {stopped}\n{worker.tail()}"
    _as_they_came(dead)
    await stage.load(rate=10)
    await at_rest(poison=len(CORPUS), dead=len(dead), slow=slow)
    assert not slow


async def _behind(stage: Stage, poison: Poison, name: str) -> float:
    """Seconds until the record behind `poison` has its effect, or the worker is dead."""
    topic = f"{stage.prefix}.vacancy"
    good = encode(envelope(vacancy_event(number=name, owner_id=None), subject=name)).encode()
    begun = time.monotonic()
    await publish_raw(
        stage.brokers.direct,
        topic,
        [(poison.key, poison.value, poison.headers), (name.encode(), good, ())],
        partition=0,
    )
    known = stage.database("application").vacancies

    async def arrived() -> bool:
        return await known.find_one({"_id": name}) is not None or not stage.processes[RELAY].alive()

    await until(arrived, what=f"the record behind: {poison.name}", seconds=PUT_ASIDE_SECONDS)
    return time.monotonic() - begun


def _as_they_came(dead: list[dump.Dumped]) -> None:
    """A record that only just fits its topic cannot carry our headers too: they alone are kept."""
    for poison in CORPUS:
        value, key = (b"", None) if len(poison.value or b"") > 2**20 - 1000 else (poison.value, poison.key)
        found = [row for row in dead if (row.value, row.key) == (value, key)]
        assert bool(found) == poison.dead, f"{poison.name}: {'not ' * poison.dead}among the dead letters as it came"


async def test_f13_nothing_but_poison_stops_the_worker(stage: Stage) -> None:
    """A broken deploy must not drain a topic into the dead letters."""
    await stage.start(RELAY)
    rows = [(b"k", b"hello", ())] * 100
    await publish_raw(stage.brokers.direct, f"{stage.prefix}.vacancy", rows, partition=0)
    code = await asyncio.to_thread(stage.processes[RELAY].wait, 30.0)
    assert code == EXIT_POISONED
    assert len(await dump.topic(stage.brokers.direct, f"{stage.prefix}.application.dead")) <= 40


async def test_f14_twice_in_another_order_and_the_whole_topic_again(stage: Stage, at_rest: Judge) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=8)
    for sequence in range(2, 7):
        changed = [
            envelope(vacancy_event(title=f"Penjahit {sequence}", owner_id=None), subject=id, sequence=sequence)
            for id in stage.vacancies
        ]
        await stage.bus.publish(*changed)
    await stage.load(rate=20)
    await at_rest()
    before = await _hashes(stage)
    again = 0
    for name in ("vacancy", "application", "seeker-contact"):
        rows = [
            (row.key, row.value, row.headers) for row in await dump.topic(stage.brokers.direct, _topic(stage, name))
        ]
        shuffled = random.Random(7).sample(rows * 3, len(rows) * 3)
        await publish_raw(stage.brokers.direct, _topic(stage, name), [*shuffled, *rows])
        again += len(rows) * 4
    verdict = await at_rest(records_again=again)
    assert await _hashes(stage) == before
    assert verdict.counts["retold"] == 0


def _topic(stage: Stage, name: str) -> str:
    return f"{stage.prefix}.{name}"


async def _hashes(stage: Stage) -> dict[str, str]:
    """Of each collection that events of others make."""
    found = {}
    for service, name in (("application", "vacancies"), ("notifier", "contacts"), ("notifier", "messages")):
        rows = await dump.collection(stage.database(service), name)
        found[name] = hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()
    return found
