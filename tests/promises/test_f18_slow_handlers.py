"""F18: a handler that is slow, hangs, or keeps the CPU for itself."""

import asyncio
import sys
import time

import pytest

from deploy.local.places import ROOT
from tests.promises import dump
from tests.promises.conftest import Judge
from tests.promises.frames import Frame
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
ASIDE_SECONDS = 60.0  # the budget of a record that keeps failing, and its last try
JOINS = 4  # answers: a member that was silent past its session asks twice, once for its name, and may be so again


class Joins:
    """Counts the answers to those who would join the notifier's group."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: Frame) -> bytes:
        if frame.way == "reply" and frame.name.startswith("JoinGroup notifier"):
            self.count += 1
        return frame.data


def slowly(how: str, seconds: float, calls: int = 0) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.promises.slow", how, str(seconds), str(calls))


@pytest.mark.parametrize(
    ("how", "seconds", "calls"),
    [("waits", 0.5, 0), ("waits", 60.0, 3), ("computes", 8.0, 3)],
    ids=["half_a_second_each_time", "hangs_a_minute_thrice", "computes_8_s_thrice"],
)
async def test_f18_a_slow_handler_keeps_its_place_and_does_its_work_once(
    stage: Stage, at_rest: Judge, how: str, seconds: float, calls: int
) -> None:
    await stage.process(SENDER, wrapper=slowly(how, seconds, calls))
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=8)
    stage.edges["kafka-1"].rewrite = joins = Joins()
    begun = time.monotonic()
    await stage.load(rate=20)
    await until(lambda: len(stage.mail.taken) + len(stage.sms.taken) >= 120, what="every message", seconds=120)
    took = time.monotonic() - begun
    verdict = await at_rest(seconds=60, told_after=round(took, 1), joins=joins.count)
    assert verdict.counts["told"] == 120
    assert stage.processes[SENDER].alive()
    assert joins.count <= JOINS, f"a join loop: {joins.count} joins in {took:.0f} s"


async def test_f18_what_always_hangs_is_put_aside_and_sent_again_when_it_is_mended(
    stage: Stage, at_rest: Judge
) -> None:
    """The sender meets all six in one poll: the budget of a record begins when it is taken up."""
    await stage.start(API, RELAY)
    await stage.prepare(seekers=2, vacancies=3)
    await stage.load(rate=20)
    await until(lambda: _on(stage, "application", 6), what="the applications on the topic")
    stage.edges["kafka-1"].rewrite = joins = Joins()
    await stage.process(SENDER, wrapper=slowly("waits", 60.0))
    await stage.start(SENDER)
    begun = time.monotonic()
    await until(
        lambda: _on(stage, "notifier.dead", 6), what="the records among the dead letters", seconds=ASIDE_SECONDS + 30
    )
    took = time.monotonic() - begun
    assert stage.processes[SENDER].alive()
    stage.processes[SENDER].stop()
    mended = await stage.process(SENDER)
    mended.start()
    await stage.ready(SENDER)
    await _redrive(stage)
    heard = await until(lambda: len(stage.mail.taken) + len(stage.sms.taken) >= 18, what="the messages")
    await at_rest(aside_after=round(took, 1), joins=joins.count, heard=heard)
    assert took <= ASIDE_SECONDS
    assert joins.count <= JOINS


async def _on(stage: Stage, topic: str, count: int) -> bool:
    """Applications; the vacancies of the stage plan messages to their owners too."""
    records = await dump.topic(stage.brokers.direct, f"{stage.prefix}.{topic}")
    events = [event for record in records if (event := record.event())]
    return sum("ApplicationSubmitted" in event["type"] for event in events) == count


async def _redrive(stage: Stage) -> None:
    """As `make redrive GROUP=notifier`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shared.redrive", "notifier"), cwd=ROOT, env={**stage.processes[SENDER].env}
    )
    async with asyncio.timeout(60):
        assert await process.wait() == 0
