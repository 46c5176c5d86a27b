"""F7: Kafka answers each kind of call with each kind of error; while it does, and as soon as it stops."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.promises.conftest import Judge
from tests.promises.rewrite import Rewrite, both
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
FAULT_SECONDS = 2.0  # from the first wrong answer
HIT_SECONDS = 20.0
RECOVERY_SECONDS = 30.0  # from the last wrong answer until everybody is told: the longest lease
SEEKERS, PER_PAIR = 20, 4
# What the protocol names for each call, and a few that make no sense there.
CODES: dict[str, tuple[int, ...]] = {
    "Produce": (3, 6, 7, 10, 19, 20, 29, 45, 47, 56, 59, -1),
    "Fetch": (1, 3, 6, 29, 56, -1),
    "Metadata": (3, 5, 29),
    "FindCoordinator": (14, 15, 30),
    "JoinGroup": (14, 15, 16, 25, -1),
    "SyncGroup": (16, 22, 25, 27),
    "Heartbeat": (16, 22, 25, 27, -1),
    "OffsetCommit": (14, 16, 22, 25, 27, 28),
    "OffsetFetch": (14, 16, -1),
    "InitProducerId": (14, 15, 51),
    "ApiVersions": (35,),
    "ListOffsets": (3, 6),
}
PAIRS = [(api, code) for api, codes in CODES.items() for code in codes]
# Calls that a client at work does not make: one odd answer to another call brings it to them.
NUDGES = {
    "FindCoordinator": ("Heartbeat", 16),
    "JoinGroup": ("Heartbeat", 27),
    "SyncGroup": ("Heartbeat", 27),
    "OffsetFetch": ("Heartbeat", 27),
    "InitProducerId": ("Produce", 45),
    "ListOffsets": ("Fetch", 1),
}


@dataclass
class Sweep:
    """One stage for all the pairs, so that each also meets what the others left behind."""

    stage: Stage
    hits: Counter[str] = field(default_factory=Counter)
    restarts: Counter[str] = field(default_factory=Counter)
    slow: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    async def pair(self, number: int, api: str, code: int) -> None:
        stage, name = self.stage, f"{api} {code}"
        first = number * PER_PAIR % SEEKERS
        applicants, vacancy = stage.applicants[first : first + PER_PAIR], stage.vacancies[number]
        edge, fault = stage.edges["kafka-1"], Rewrite(api, code)
        edge.rewrite = both(fault, *(Rewrite(*nudge, most=2) for nudge in [NUDGES.get(api)] if nudge))
        if api == "ApiVersions":
            edge.cut()  # it is only asked on a new connection
        load = asyncio.create_task(stage.driver().apply_all(applicants, [vacancy], rate=2 * PER_PAIR))
        try:
            await until(lambda: fault.hits, what=f"a call of {api}", seconds=HIT_SECONDS)
            await asyncio.sleep(FAULT_SECONDS)
        except TimeoutError as error:
            self.wrong.append(f"{name}: {error}")
        edge.rewrite = None
        lifted = time.monotonic()
        await load
        self.hits[api] += fault.hits
        try:
            await until(self._told, what="the messages of all that was accepted", seconds=RECOVERY_SECONDS)
            self.slow[name] = round(time.monotonic() - lifted, 1)
        except TimeoutError as error:
            self.wrong.append(f"{name}: {error}")

    def _told(self) -> bool:
        """Everybody has heard of every application; what ended is started again, as a supervisor would."""
        for name in (API, RELAY, SENDER):
            process = self.stage.processes[name]
            if not process.alive():
                self.restarts[f"{name} exit {process.wait(1.0)}"] += 1
                self.stage.killed()
                process.start()
        told = {one.key for one in (*self.stage.mail.taken, *self.stage.sms.taken)}
        return len(told) >= 3 * len(self.stage.ledger.accepted)


async def test_f07_whatever_kafka_answers_everything_is_told_once_it_answers_well(
    stage: Stage, at_rest: Judge
) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=SEEKERS, vacancies=len(PAIRS))
    sweep = Sweep(stage)
    for number, (api, code) in enumerate(PAIRS):
        await sweep.pair(number, api, code)
    slowest = sorted(sweep.slow.items(), key=lambda one: -one[1])[:5]
    found = {"wrong_answers": dict(sweep.hits), "slowest": slowest, "restarts": dict(sweep.restarts)}
    await at_rest(seconds=60, pairs=len(PAIRS), found=found)
    assert not sweep.wrong, "\n".join(sweep.wrong)
    assert stage.ledger.statuses() == {201: PER_PAIR * len(PAIRS)}, "the API depends on Kafka"
