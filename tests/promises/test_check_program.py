"""The check as a program: 0 for a clean system at rest, 1 where something is missing, 2 where there is no rest."""

import asyncio
import json
import sys
from typing import Any

import pytest

from deploy.local.places import ROOT
from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage

pytestmark = pytest.mark.promises


async def test_f00_the_check_tells_clean_from_lost_from_restless(stage: Stage, at_rest: Judge) -> None:
    stage.mail.file = stage.sms.file = stage.folder / "sinks.jsonl"
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=2, vacancies=3)
    await stage.load(rate=20)
    await at_rest()
    assert (await _check(stage))[0] == 0
    applications = stage.database("application").applications
    gone = await applications.find_one_and_delete({})
    code, said = await _check(stage)
    assert (code, len(said["lost"]), len(said["phantom"])) == (1, 1, 1)
    stage.processes[RELAY].kill()
    gone["relay_at"] = gone["submitted_at"]
    await applications.insert_one(gone)
    code, said = await _check(stage)
    assert (code, said["left"], len(said["stuck"])) == (2, {"outbox": 1}, 1)


async def _check(stage: Stage) -> tuple[int, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.promises.check", stage.store.url, stage.brokers.direct),
        *("--ledger", str(stage.ledger.file), "--sinks", str(stage.sms.file)),
        *("--prefix", stage.prefix, "--seconds", "2"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, json.loads(out)
