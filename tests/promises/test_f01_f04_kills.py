"""F1–F4: kill -9 at exactly one message of the API, the relay, the consumer and the sender."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.promises.check import committed
from tests.promises.conftest import Judge, Tell
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.traps import Match, Place, kill, nothing, reply, request
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
PARTITIONS_MOVE_SECONDS = 20.0
# A member that dies while joining may be made leader by its group, which then misses it a whole session later.
AFTER_DEATHS_WHILE_JOINING_SECONDS = 35.0
INSERT = "insert applications"


@pytest.mark.parametrize(
    ("when", "place"),
    [(request(INSERT), "before"), (reply(INSERT), "before"), (reply(INSERT), "after")],
    ids=["before_the_write", "written_unanswered", "answered_or_about_to"],
)
async def test_f01_api_killed(stage: Stage, at_rest: Judge, when: Match, place: Place) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=10)
    trap = stage.edges[f"store {API}"].trap(kill(stage.processes[API].pid), when=when, nth=7, place=place)

    async def again() -> None:
        await trap.sprung.wait()
        stage.processes[API].wait(5.0)
        await stage.start(API)

    async with asyncio.timeout(90):
        await asyncio.gather(stage.load(rate=20, patience=60), again())
    await at_rest()
    assert len(stage.ledger.accepted) == 40
    assert stage.ledger.statuses().get(0, 0) > 0, "the kill was not seen by any client"


PRODUCE = "Produce application-worker"


@pytest.mark.parametrize(
    ("when", "nth"),
    [(request(PRODUCE), 1), (request(PRODUCE), 2), (reply(PRODUCE), 2)],
    ids=["claimed", "half_the_list", "published_not_pulled"],
)
async def test_f02_relay_killed(stage: Stage, at_rest: Judge, when: Match, nth: int) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=5)
    stage.processes[RELAY].kill()
    await stage.load(rate=50)
    applications = stage.database("application").applications
    await stage.withdraw_all()  # a second event in every list
    trap = stage.edges["kafka-1"].trap(lambda: kill(stage.processes[RELAY].pid)(), when=when, nth=nth)
    await stage.start_unready(RELAY)
    await asyncio.wait_for(trap.sprung.wait(), 30)
    stage.processes[RELAY].wait(5.0)
    left = await applications.count_documents({"relay_at": {"$exists": True}})
    assert left == 20, "the relay was to die before it cleared anything"
    await stage.start(RELAY)
    await at_rest()


@pytest.mark.parametrize(
    ("when", "place"),
    [(request("OffsetCommit notifier"), "before"), (reply("OffsetCommit notifier"), "after")],
    ids=["written_uncommitted", "committed"],
)
async def test_f03_consumer_killed(stage: Stage, at_rest: Judge, when: Match, place: Place) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=10)

    async def all_committed() -> bool:
        return await committed(at_rest.place, "notifier") == 4 + 1 + 10  # contacts of both kinds, vacancies

    await until(all_committed, what="the commit before the one of applications")
    edge = stage.edges["kafka-1"]
    trap = edge.trap(kill(stage.processes[SENDER].pid), when=when, place=place)
    trap.act = _and_remember(stage, trap.act)
    await stage.load(rate=40)
    await asyncio.wait_for(trap.sprung.wait(), 30)
    stage.processes[SENDER].wait(5.0)
    await stage.start(SENDER)
    await at_rest(seconds=90)


@pytest.mark.parametrize(
    ("kills", "seconds"), [(1, PARTITIONS_MOVE_SECONDS), (3, AFTER_DEATHS_WHILE_JOINING_SECONDS)]
)
async def test_f03_consumer_killed_again_and_again_takes_its_partitions_in_time(
    stage: Stage, tell: Tell, kills: int, seconds: float
) -> None:
    """Each death, also one while joining, leaves a member that its group must first miss."""
    await stage.start(RELAY)
    worker = stage.processes[RELAY]
    for _ in range(kills):
        worker.kill()
        joining = stage.edges["kafka-1"].trap(nothing, when=request("JoinGroup application-"), nth=2, place="after")
        worker.start()  # its first request only gets it a name
        await asyncio.wait_for(joining.sprung.wait(), 30)
    begun = time.monotonic()
    await stage.ready(RELAY)
    took = time.monotonic() - begun
    tell({"kills": kills}, ready_after=round(took, 1))
    assert took <= seconds


def _and_remember(stage: Stage, act: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        stage.killed()
        act()

    return both


@pytest.mark.parametrize("moment", ["claimed", "accepted_unmarked", "marked"])
async def test_f04_sender_killed(stage: Stage, at_rest: Judge, moment: str) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=10)
    act = _and_remember(stage, kill(stage.processes[SENDER].pid))
    edge = stage.edges[f"store {SENDER}"]
    if moment == "claimed":
        sprung = edge.trap(act, when=reply("update messages", has=b"$$NOW")).sprung
    elif moment == "marked":
        sprung = edge.trap(act, when=reply("update messages", has=b"settled_at"), nth=3, place="after").sprung
    else:
        sprung = asyncio.Event()
        stage.mail.on_taken = lambda: _once(sprung, act, len(stage.mail.taken) == 10)
    await stage.load(rate=40)
    await asyncio.wait_for(sprung.wait(), 30)
    stage.mail.on_taken = lambda: None
    stage.processes[SENDER].wait(5.0)
    await stage.start(SENDER)
    verdict = await at_rest(seconds=90)
    assert verdict.counts["told"] == 120


def _once(sprung: asyncio.Event, act: Callable[[], None], due: bool) -> None:
    if due and not sprung.is_set():
        act()
        sprung.set()
