"""F21, F23: processes that are told to stop under load, and ones that were frozen past their lease."""

import asyncio
import signal
import time

import pytest

from deploy.local.answers import http_status
from tests.promises.cluster import Process
from tests.promises.conftest import Judge
from tests.promises.outage import away
from tests.promises.proxy import Edge
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.traps import Match, freeze, nothing, reply, request
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
STOP_SECONDS = 15.0
LOOKS = 4  # of one that woke: what it held when it fell asleep is behind it


@pytest.mark.parametrize("down", ["nothing", "kafka", "store", "providers", "kafka frozen", "store frozen"])
async def test_f21_stopped_under_load(stage: Stage, at_rest: Judge, down: str) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=20)
    if down == "providers":
        stage.mail.rule = stage.sms.rule = lambda to, tried: "freeze"
    load = asyncio.create_task(stage.load(rate=15, patience=90))
    await until(lambda: len(stage.ledger.accepted) >= 30, what="the first thirty applications")
    part, begun = stage.store if down.startswith("store") else stage.brokers.endpoint, time.time()
    if down in ("nothing", "providers"):
        took = await _stop_all(stage)
    else:
        async with away(part, "frozen" if "frozen" in down else "killed"):
            await _met(stage, *((RELAY, SENDER) if part is not stage.store else stage.processes))
            took = await _stop_all(stage)
    if part is stage.store:
        stage.deaf.append((begun - 1.0, time.time()))  # what it heard it could not write down
    stage.mail.rule = stage.sms.rule = lambda to, tried: "accept"
    await stage.start(API, RELAY, SENDER)
    async with asyncio.timeout(120):
        await load
    await at_rest(seconds=90, took=took)
    assert max(took.values()) <= STOP_SECONDS
    assert len(stage.ledger.accepted) == 100


async def _met(stage: Stage, *names: str) -> None:
    """Each of them lives, and has said itself that something is away. Not all at one moment: a part that is frozen
    still takes new lines, so that one or the other hopes again for a while."""
    silent = set(names)

    def all_said_so() -> bool:
        silent.difference_update(name for name in names if http_status(f"{stage.processes[name].url}/readyz") == 503)
        return not silent

    await until(lambda: asyncio.to_thread(all_said_so), what=f"{names} not ready", seconds=45)


async def _stop_all(stage: Stage) -> dict[str, float]:
    """Seconds that each took."""
    stage.killed()  # a sender that stops need not have heard what it was told last
    ends = await asyncio.gather(*(asyncio.to_thread(process.stop, 40.0) for process in stage.processes.values()))
    return {name: round(end, 1) for name, end in zip(stage.processes, ends, strict=True)}


@pytest.mark.parametrize("name", [API, RELAY, SENDER])
async def test_f21_stopped_before_the_store_ever_answered(stage: Stage, name: str) -> None:
    process = await stage.process(name)
    async with away(stage.store, "killed"):
        process.start()
        if name == API:  # it opens its port when the store has answered
            await until(lambda: '"event": "started"' in process.log.read_text(), what="its first line")
        else:
            await _met(stage, name)
        took = await asyncio.to_thread(process.stop, 40.0)
    assert took <= STOP_SECONDS


@pytest.mark.parametrize(
    ("place", "when"),
    [
        (f"store {RELAY}", reply("find applications", has=b"lease")),
        ("kafka-1", reply("Produce application-worker")),
    ],
    ids=["claimed", "published_not_pulled"],
)
async def test_f23_relay_frozen_past_its_lease(stage: Stage, at_rest: Judge, place: str, when: Match) -> None:
    """Another relay takes over; what the first one does when it wakes must change nothing."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=5)
    first = stage.processes[RELAY]
    trap = stage.edges[place].trap(freeze(first.pid), when=when, place="while")
    await stage.load(rate=40)
    await asyncio.wait_for(trap.sprung.wait(), 30)
    second = await stage.process(RELAY, number=2)
    second.start()
    await stage.ready(f"{RELAY}-2")
    await until(lambda: _none_due(stage), what="the second relay", seconds=60)
    await stage.withdraw_all()
    await until(lambda: _none_due(stage), what="the second events", seconds=60)
    await _wake(first, stage.edges[f"store {RELAY}"], "find applications")
    await at_rest(seconds=60, zombie_alive=first.alive())


async def _wake(process: Process, edge: Edge, asks: str) -> None:
    """Until it is through with what it held and has looked for new work some times."""
    looked = edge.trap(nothing, when=request(asks), nth=LOOKS, place="after")
    process.signal(signal.SIGCONT)
    await asyncio.wait_for(looked.sprung.wait(), 60)


async def _none_due(stage: Stage) -> bool:
    applications = stage.database("application").applications
    return not await applications.count_documents({"relay_at": {"$exists": True}})


async def test_f23_sender_frozen_past_its_lease(stage: Stage, at_rest: Judge) -> None:
    """It claimed, and slept: what it holds was sent by another, and is not sent again."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=5)
    first = stage.processes[SENDER]
    edge = stage.edges[f"store {SENDER}"]
    trap = edge.trap(freeze(first.pid), when=reply("update messages", has=b"$$NOW"), place="while")
    load = asyncio.create_task(stage.load(rate=40))
    await asyncio.wait_for(trap.sprung.wait(), 30)
    await load
    (await stage.process(SENDER, number=2)).start()
    await stage.ready(f"{SENDER}-2")
    messages = stage.database("notifier").messages

    async def all_sent() -> bool:
        return int(await messages.count_documents({"state": "sent"})) == 60

    await until(all_sent, what="the second sender", seconds=90)
    await _wake(first, edge, "find messages")
    verdict = await at_rest(seconds=60, zombie_alive=first.alive())
    assert verdict.counts["retold"] == 0
