"""F23 on each channel: a sender that sleeps past its lease hands over nothing of what another one sent meanwhile, and
works on."""

import asyncio
import signal
from collections import Counter

import pytest

from tests.promises.conftest import Tell
from tests.promises.stage import SENDER, Stage
from tests.promises.test_f04_channels import BATCH, KINDS, Watched, _plan, watched
from tests.promises.traps import freeze, reply
from tests.promises.waiting import until

__all__ = ["watched"]
pytestmark = pytest.mark.promises


@pytest.mark.parametrize("watched", KINDS, indirect=True)
async def test_f23_a_sender_frozen_past_its_lease_repeats_nothing_on_its_channel(
    stage: Stage,
    watched: Watched,
    tell: Tell,
) -> None:
    await stage.start(SENDER)
    first, edge = stage.processes[SENDER], stage.edges[f"store {SENDER}"]
    trap = edge.trap(freeze(first.pid), when=reply("update messages", has=b"$$NOW"), place="while")
    await _plan(stage, watched.provider, 0)
    await asyncio.wait_for(trap.sprung.wait(), 30)
    (await stage.process(SENDER, number=2)).start()
    await stage.ready(f"{SENDER}-2")
    await until(lambda: _sent(stage, BATCH), what="the second sender", seconds=90)
    assert len(watched.handed) == BATCH
    first.signal(signal.SIGCONT)
    stage.processes[f"{SENDER}-2"].signal(signal.SIGSTOP)  # what comes now is the first one's, once it is awake
    await _plan(stage, watched.provider, BATCH)
    await until(lambda: _sent(stage, 2 * BATCH), what="the one that slept", seconds=90)
    handed = Counter(to for to, _ in watched.handed)
    tell({"handed": handed.total(), "again": handed.total() - len(handed), "zombie_alive": first.alive()})
    assert (len(handed), set(handed.values())) == (2 * BATCH, {1})


async def _sent(stage: Stage, count: int) -> bool:
    return int(await stage.database("notifier").messages.count_documents({"state": "sent"})) == count
