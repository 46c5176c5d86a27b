"""The nightly comparison as an operator runs it: clean under load, and each planted fault under its own name."""

import asyncio
import json
import sys
from typing import Any

import pytest

from deploy.local.places import ROOT
from tests.promises.conftest import Judge, Tell
from tests.promises.stage import API, RELAY, SENDER, Stage

pytestmark = pytest.mark.promises
KINDS = ("lost", "duplicate", "phantom", "out_of_order", "stuck")


async def test_f00_the_nightly_comparison_is_clean_under_load(stage: Stage, at_rest: Judge) -> None:
    """Whatever moves while it reads is no anomaly; what a person may be known by is not in its output."""
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=20, vacancies=20)
    load = asyncio.create_task(stage.load(rate=30))
    found: dict[str, Any] = {}
    looks = 0
    while not load.done():
        code, found = await _reconcile(stage)
        assert (code, wrong(found)) == (0, {}), found
        looks += 1
    await load
    await at_rest(looks=looks, seen_by_the_last=found["counts"]["stored"])
    code, found = await _reconcile(stage, grace=0)
    assert (code, wrong(found), found["counts"]["stored"], found["counts"]["planned"]) == (0, {}, 400, 1200)
    metrics = (stage.folder / "reconcile.prom").read_text()
    assert 'caker_unreconciled{kind="lost"} 0.0' in metrics
    assert "caker_reconciled_at_seconds" in metrics


async def test_f00_the_nightly_comparison_finds_what_is_wrong(stage: Stage, at_rest: Judge, tell: Tell) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=4, vacancies=3)
    await stage.load(rate=20)
    await at_rest()
    stage.processes[SENDER].kill()
    applications, messages = stage.database("application").applications, stage.database("notifier").messages
    gone, unplanned = await applications.find().sort("_id", 1).to_list(2)
    await applications.delete_one({"_id": gone["_id"]})
    await applications.update_one({"_id": unplanned["_id"]}, {"$inc": {"version": 1}})
    forgotten = await messages.find_one_and_delete({"template": "new_application"})
    waiting = await messages.find_one({"template": "application_received"})
    await messages.update_one({"_id": waiting["_id"]}, {"$set": {"state": "waiting"}})
    code, found = await _reconcile(stage, grace=0)
    tell(found["counts"], **wrong(found))
    assert code == 1
    assert wrong(found) == {"lost": 2, "phantom": 1, "stuck": 1}
    said = json.dumps(found["ids"])
    assert all(id in said for id in (gone["_id"], unplanned["_id"], forgotten["_id"].split(":")[0]))
    assert "acc_" not in said
    assert 'kind="lost"} 2.0' in (stage.folder / "reconcile.prom").read_text()


async def test_f00_without_kafka_the_nightly_comparison_says_so_and_keeps_the_last_result(stage: Stage) -> None:
    (stage.folder / "reconcile.prom").write_text("as it was")
    code, found = await _reconcile(stage, kafka="127.0.0.1:1")
    assert (code, found) == (2, {})
    assert (stage.folder / "reconcile.prom").read_text() == "as it was"


def wrong(found: dict[str, Any]) -> dict[str, int]:
    return {kind: found[kind] for kind in KINDS if found[kind]}


async def _reconcile(stage: Stage, *, grace: float = 3600, kafka: str = "") -> tuple[int, dict[str, Any]]:
    given = {
        "CAKER_MONGO_URL": stage.store.url,
        "CAKER_KAFKA_URL": kafka or stage.brokers.direct,
        "CAKER_DATABASE_PREFIX": f"{stage.prefix}_",
        "CAKER_TOPIC_PREFIX": stage.prefix,
        "CAKER_RECONCILE_GRACE_SECONDS": str(grace),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.reconcile", str(stage.folder / "reconcile.prom")),
        cwd=ROOT,
        env=given,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, json.loads(out) if out else {}
