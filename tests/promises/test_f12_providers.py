"""F12: providers that refuse, stall, hang up, answer nonsense or hide their answer; codes beside a stuck lane."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from shared.contracts.identity import LoginCodeIssued
from shared.testing import envelope
from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
MAIL = ("421", "450", "550", "data 450", "hide", "stall", "garbage", "drop", "freeze", "data 550")
SMS = ("429 2", "500", "400", "503 1", "hide", "stall", "garbage", "drop", "freeze", "accept")
FOREVER = ("550", "data 550", "400")
CODE_SECONDS = 5.0


def _place(to: str) -> int:
    """Which of the ten seekers this is; 9 for the employer."""
    digits = "".join(sign for sign in to.removeprefix("+6283900") if sign.isdigit())
    return int(digits) if digits else 9


async def test_f12_each_way_to_fail(stage: Stage, at_rest: Judge) -> None:
    """The first two tries at each seeker go wrong in his own way; a final refusal is never tried again."""

    def bad(ways: tuple[str, ...], to: str, tried: int) -> str:
        if "ratna" in to:
            return "accept"
        way = ways[_place(to)]
        return way if tried < 2 or way in FOREVER else "accept"

    stage.mail.rule = lambda to, tried: bad(MAIL, to, tried)
    stage.sms.rule = lambda to, tried: bad(SMS, to, tried)
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=10, vacancies=2)
    await stage.load(rate=10)
    verdict = await at_rest(seconds=120, folded=stage.sms.folded)
    assert verdict.counts["stored"] == 20
    messages = stage.database("notifier").messages
    failed = [row async for row in messages.find({"state": "failed"})]
    assert {row["recipient"] for row in failed} == {"acc_2", "acc_9"}
    assert {row["attempts"] for row in failed} == {1}, "a final refusal was tried again"
    assert await messages.count_documents({"state": "sent"}) == 60 - len(failed)
    assert stage.mail.tries["siti2@contoh.id"] == stage.mail.tries["siti9@contoh.id"] == 2


async def test_f12_codes_pass_a_lane_that_is_stuck(stage: Stage, at_rest: Judge) -> None:
    """All other messages freeze at their provider; codes arrive in time, and none after its end."""
    stage.mail.rule = lambda to, tried: "freeze"
    stage.sms.rule = lambda to, tried: "accept" if to.startswith("+62811") else "freeze"
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=10, vacancies=6)
    await stage.load(rate=20)
    await until(lambda: len(stage.mail.tries) > 3, what="the stuck lane")
    issued: dict[str, float] = {}
    for number in range(30):
        late = number % 10 == 9
        phone = f"+62811{number:06d}"
        sealed = await stage.vault.seal(f"acc_{number}", "code", {"phone": phone, "code": "123456"})
        ends = datetime.now(UTC) + timedelta(seconds=-1 if late else 60)
        event = LoginCodeIssued(account_id=f"acc_{number}", sealed=sealed, expires_at=ends)
        issued[phone] = time.time()
        await stage.bus.publish(envelope(event, subject=f"req_{number}"))
        await asyncio.sleep(0.1)
    await until(lambda: len(stage.sms.taken) == 27, what="the codes")
    waits = sorted(one.at - issued[one.to] for one in stage.sms.taken)
    assert waits[-1] <= CODE_SECONDS
    stage.mail.rule = stage.sms.rule = lambda to, tried: "accept"
    await stage.mail.stop()  # whoever hangs there is told so
    await stage.mail.start()
    await stage.sms.stop()
    await stage.sms.start()
    await at_rest(seconds=120, codes=len(waits), slowest_code=round(waits[-1], 2), expired_sent=0)
    assert not [one for one in stage.sms.taken if one.to.startswith("+62811") and one.to.endswith("9")]
