"""F12 on each channel: a provider that refuses, is busy, hangs up or answers nonsense. Everybody is told; told twice
is only what a provider that does not know our key took and hid."""

from collections import Counter

import pytest

from tests.promises.conftest import Tell
from tests.promises.stage import SENDER, Stage
from tests.promises.test_f04_channels import BATCH, KINDS, Watched, _plan, watched
from tests.promises.waiting import until

__all__ = ["watched"]
pytestmark = pytest.mark.promises
WAYS = {
    "json": ("503 1", "500", "429 1", "garbage", "drop"),
    "smpp": ("0x58", "0x14", "drop"),
    "webpush": ("503 1", "500", "429 1", "drop"),
    "whatsapp": ("500", "429", "130429", "garbage", "drop"),
}
HIDDEN = ("garbage", "drop")  # taken, and we do not hear so
FAILURES = 2  # of each, before it is accepted
PATIENCE = 150.0  # seconds: a hidden answer is waited for before a provider without our key is asked again


@pytest.mark.parametrize(("watched", "kind"), [(kind, kind) for kind in KINDS], indirect=["watched"])
async def test_f12_a_provider_that_fails_in_every_way_is_tried_until_everybody_is_told(
    stage: Stage, watched: Watched, kind: str, tell: Tell
) -> None:
    ways, way_of, taken = WAYS[kind], dict[str, str](), Counter[str]()

    def rule(to: str, tried: int) -> str:
        """Every second person is told at once: a provider that only failed would soon be left alone."""
        known = len(way_of)
        way = way_of.setdefault(to, "accept" if known % 2 else ways[known // 2 % len(ways)])
        what = way if tried < FAILURES else "accept"
        taken[to] += what == "accept" or what in HIDDEN
        return what

    watched.provider.rule = rule
    await stage.start(SENDER)
    await _plan(stage, watched.provider, 0)
    messages = stage.database("notifier").messages

    async def all_sent() -> bool:
        return int(await messages.count_documents({"state": "sent"})) == BATCH

    await until(all_sent, what="every message", seconds=PATIENCE)
    hidden = {to for to, way in way_of.items() if way in HIDDEN}
    tell({"told": len(taken), "retold": taken.total() - len(taken), "hidden": len(hidden)})
    tries = {to: 1 if way == "accept" else FAILURES + 1 for to, way in way_of.items()}
    assert watched.provider.tries == tries, "not tried again, or once too often"
    assert len(taken) == BATCH
    assert {to for to, count in taken.items() if count > 1} == hidden, "told twice without a reason"
    if kind in ("json", "webpush"):  # they know our key, and pass a repeat on to nobody
        assert set(watched.told().values()) == {1}
