"""F20: an upgrade process by process, old and new side by side, and all the way back, while people apply."""

import asyncio
import os
import time
from collections.abc import Sequence

import pytest

from deploy.local.places import ROOT
from tests.promises.cluster import Process
from tests.promises.conftest import Judge
from tests.promises.ledger import Answer
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.versions import Gateway, earlier

pytestmark = pytest.mark.promises
PARTS = (RELAY, SENDER, API)
RATE, SEEKERS, VACANCIES = 20, 150, 20  # for 150 s at most
WITHDRAWN = 50
TOGETHER_SECONDS = 3.0  # old and new at work side by side, each time


async def test_f20_a_rolling_upgrade_and_its_way_back_fail_nobody(stage: Stage, at_rest: Judge) -> None:
    tree, version = earlier(stage.folder / "earlier")
    old = {name: await stage.process(name, wrapper=("env", "-C", str(tree))) for name in PARTS}
    new = {name: await stage.process(name, number=2) for name in PARTS}
    await stage.start(*PARTS)
    await stage.prepare(seekers=SEEKERS, vacancies=VACANCIES)
    gateway, done = Gateway("", stage.ledger, urls=[old[API].url]), asyncio.Event()
    load = asyncio.create_task(_apply(stage, gateway, done))
    trees, begun = {os.readlink(f"/proc/{old[API].pid}/cwd")}, time.monotonic()
    swaps: list[tuple[float, float]] = []
    for leaving, coming in ((old, new), (new, old)):
        await asyncio.sleep(TOGETHER_SECONDS)
        for name in PARTS:
            from_ = time.time()
            await _replace(gateway, leaving[name], coming[name])
            swaps += [(from_, time.time())] if name == API else []
            trees.add(os.readlink(f"/proc/{coming[name].pid}/cwd"))
    took = time.monotonic() - begun
    assert not load.done(), "nobody applied at the end"
    done.set()
    await load
    assert trees == {str(tree), str(ROOT)}, "both versions were to run"
    accepted = len(stage.ledger.accepted)
    await _withdraw(stage, stage.ledger.accepted[accepted // 2 :][:WITHDRAWN])  # written by the new, told by the old
    refused = [answer.at for answer in stage.ledger.answers if answer.status == 503]
    verdict = await at_rest(seconds=90, earlier=version, took=round(took), refused=len(refused))
    assert set(stage.ledger.statuses()) <= {200, 201}, f"{len(refused)} were refused, at {swaps}"
    assert accepted == len(stage.ledger.attempted), "somebody gave up"
    assert verdict.counts["told"] == 3 * accepted + WITHDRAWN


async def _apply(stage: Stage, gateway: Gateway, done: asyncio.Event) -> None:
    for vacancy in stage.vacancies:
        if not done.is_set():
            await gateway.apply_all(stage.applicants, [vacancy], rate=RATE)


async def _withdraw(stage: Stage, answers: Sequence[Answer]) -> None:
    signed = {applicant.id: applicant.headers() for applicant in stage.applicants}
    for answer in answers:
        await stage.post(f"/applications/{answer.id}/withdraw", signed[answer.key.split()[0]])


async def _replace(gateway: Gateway, leaving: Process, coming: Process) -> None:
    """Both at work for a while; then the gateway turns away from the one that leaves, before it is asked to."""
    coming.start()
    await asyncio.to_thread(coming.wait_ready)
    is_api = leaving.role == "api"
    if is_api:
        gateway.urls = [leaving.url, coming.url]
    await asyncio.sleep(TOGETHER_SECONDS)
    if is_api:
        gateway.urls = [coming.url]
    assert await asyncio.to_thread(leaving.stop) <= 15.0
    assert leaving.wait(1.0) == 0
