"""A dead phone at the desk: two officers, an owner who may say no, and nobody who learns more than is needed."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.identity.domain import recovery as recoveries
from services.identity.domain.account import Account
from services.identity.domain.login import digest_of
from services.identity.domain.masking import mask_email, mask_phone
from services.identity.domain.recovery import OPEN_TIME, STEPS, Recovery, RecoveryOver
from services.identity.tests.conftest import PHONE, Identity, Json
from shared.contracts.identity import AccountContactChanged, ContactReplaced, RecoveryEnded, RecoveryRequested
from shared.errors import Problem

NEW, OTHER = "+6283900000009", "+6283900000002"
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
JOKO, RINI = "joko@contoh.id", "rini@contoh.id"


class Desk:
    """An identity with a seeker and two officers."""

    def __init__(self, identity: Identity, account_id: str, tokens: Json) -> None:
        self.identity, self.account_id, self.tokens = identity, account_id, tokens
        self.officers: dict[str, str] = {}

    async def open(self) -> "Desk":
        for email in (JOKO, RINI):
            await self.identity.parts.commands.accounts.appoint(email=email, name=email, password="rahasia sekali")
            answer = await self.identity.post("/login", {"email": email, "password": "rahasia sekali"})
            self.officers[email] = answer.json()["access_token"]
        return self

    async def call(self, path: str, body: Any = None, *, by: str = JOKO, method: str = "POST") -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.officers[by]}"}
        return await self.identity.http.request(method, f"/api/v1/accounts{path}", json=body, headers=headers)

    async def ask(self, phone: str = NEW, **more: Any) -> httpx2.Response:
        body = {"account_id": self.account_id, "phone": phone, "paper": "ktp", "reason": "HP mati total", **more}
        return await self.call("/recoveries", body)

    async def asked(self) -> str:
        answer = await self.ask()
        assert answer.status_code == 201, answer.text
        return str(answer.json()["recovery"]["id"])

    async def news(self, kind: type[Any]) -> list[Any]:
        events = [event for event in await self.identity.events() if event.subject == self.account_id]
        return [event.data for event in events if isinstance(event.data, kind)]

    async def account(self) -> Account:
        found = await self.identity.parts.store.accounts.by_id(self.account_id)
        assert found is not None
        return found


@pytest.fixture
async def desk(identity: Identity) -> Desk:
    await identity.register_seeker()
    tokens = await identity.sign_in()
    account = (await identity.me(tokens)).json()
    return await Desk(identity, account["id"], tokens).open()


async def test_an_officer_finds_an_account_and_reads_nothing_in_full(desk: Desk) -> None:
    answer = await desk.call("/find", {"phone": "0839 0000 0001"})
    assert answer.json()["account_id"] == desk.account_id
    assert answer.json()["contact"] == {"name": "S***", "phone": "+62839******01", "email": None}
    await desk.ask()
    queue = await desk.call("/recoveries", method="GET", by=RINI)
    assert queue.json()["items"][0]["recovery"]["new_phone"] == "+62839******09"
    for each in (answer, queue):
        assert not any(plain in each.text for plain in (PHONE, NEW, "Sari"))
    assert (await desk.call("/find", {"phone": OTHER})).status_code == 404


async def test_a_second_officer_confirms_and_the_new_phone_is_the_account(desk: Desk) -> None:
    id = await desk.asked()
    stale = await desk.identity.ask_code()
    stale_code = await desk.identity.sent_code(stale)
    assert (await desk.call(f"/recoveries/{id}/confirm", by=RINI)).status_code == 200
    assert (await desk.identity.refresh(desk.tokens["refresh_token"])).status_code == 401
    late = await desk.identity.post(f"/login/codes/{stale}", {"code": stale_code})
    assert late.status_code == 401, "a code that lay on the lost phone opens nothing"
    assert (await desk.account()).phone_proven_at is None
    tokens = await desk.identity.sign_in(NEW)
    me = (await desk.identity.me(tokens)).json()
    assert (me["id"], me["phone"]) == (desk.account_id, NEW)
    assert (await desk.account()).phone_proven_at is not None


async def test_both_contacts_are_told_under_the_owners_key(desk: Desk) -> None:
    id = await desk.asked()
    await desk.call(f"/recoveries/{id}/confirm", by=RINI)
    (told,), vault = await desk.news(ContactReplaced), desk.identity.parts.vault
    opened = [await vault.open(desk.account_id, "notice", sealed) for sealed in (told.before, told.sealed)]
    assert [each["phone"] for each in opened] == [PHONE, NEW]
    changed = (await desk.news(AccountContactChanged))[-1]
    assert (await vault.open(desk.account_id, "contact", changed.sealed))["phone"] == NEW
    assert [each.outcome for each in await desk.news(RecoveryEnded)] == ["confirmed"]


async def test_whoever_asked_cannot_confirm(desk: Desk) -> None:
    id = await desk.asked()
    refused = await desk.call(f"/recoveries/{id}/confirm", by=JOKO)
    assert (refused.status_code, refused.json()["code"]) == (403, "second_officer_needed")
    assert (await desk.identity.sign_in())["role"] == "seeker", "the old phone still opens the account"


async def test_the_owner_stops_it_with_the_code_in_any_spelling_and_once(desk: Desk) -> None:
    id = await desk.asked()
    (told,) = await desk.news(RecoveryRequested)
    typed = f"{told.stop_token[:4].lower()} - {told.stop_token[4:]}"
    assert (await desk.identity.post("/accounts/recoveries/stop", {"token": typed})).status_code == 204
    over = await desk.call(f"/recoveries/{id}/confirm", by=RINI)
    assert (over.status_code, over.json()["code"]) == (409, "recovery_ended")
    again = await desk.identity.post("/accounts/recoveries/stop", {"token": typed})
    assert again.json()["code"] == "stop_code_unknown"


async def test_stop_codes_cannot_be_tried_without_end(start: Any) -> None:
    identity = await start(failed_logins_per_address=3)
    answers = [await identity.post("/accounts/recoveries/stop", {"token": f"AAAA{n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]


async def test_after_a_day_nobody_can_confirm_and_the_worker_lets_it_lapse(desk: Desk) -> None:
    id = await desk.asked()
    desk.identity.clock.advance(seconds=OPEN_TIME.total_seconds())
    assert (await desk.call(f"/recoveries/{id}/confirm", by=RINI)).status_code == 409
    assert (await desk.call("/recoveries", method="GET")).json()["items"] == []
    commands = desk.identity.parts.commands.recoveries
    assert [await commands.lapse(), await commands.lapse()] == [1, 0]
    assert [each.outcome for each in await desk.news(RecoveryEnded)] == ["lapsed"]


async def test_an_account_has_one_open_request_and_keeps_the_trace_of_earlier_ones(desk: Desk) -> None:
    first = await desk.asked()
    again = await desk.ask()
    assert (again.status_code, again.json()["code"]) == (409, "recovery_open")
    desk.identity.clock.advance(seconds=OPEN_TIME.total_seconds())
    second = await desk.asked()
    await desk.call(f"/recoveries/{second}/refuse", by=RINI)
    account = await desk.account()
    trace = [(each.id, each.state, each.ended_by is not None) for each in account.recoveries]
    assert trace == [(first, "lapsed", False)]
    assert account.recovery is not None
    assert (account.recovery.state, account.recovery.paper) == ("refused", "ktp")
    assert account.recovery.asked_by != account.recovery.ended_by
    assert "HP mati" not in str(account), "the reason is sealed"


async def test_a_phone_that_has_an_account_is_refused_at_both_steps(desk: Desk) -> None:
    await desk.identity.register_seeker(OTHER)
    assert (await desk.ask(OTHER)).json()["code"] == "phone_in_use"
    id = await desk.asked()
    await desk.identity.register_seeker(NEW)
    taken = await desk.call(f"/recoveries/{id}/confirm", by=RINI)
    assert (taken.status_code, taken.json()["code"]) == (409, "phone_in_use")


async def test_an_officers_account_is_not_to_be_had_this_way(desk: Desk) -> None:
    officer = await desk.identity.parts.store.accounts.collection.find_one({"role": "officer"})
    assert officer is not None
    assert (await desk.call("/find", {"account_id": officer["_id"]})).status_code == 404
    assert (await desk.ask(account_id=officer["_id"])).json()["code"] == "not_recoverable"


def _account(state: recoveries.State, *, late: bool) -> Account:
    asked_at = AT - OPEN_TIME if late else AT
    recovery = Recovery(
        id="rcv_1",
        state=state,
        paper="ktp",
        asked_by="acc_joko",
        asked_at=asked_at,
        until=asked_at + OPEN_TIME,
        sealed="v1.x",
        phone_index="new",
        stop_digest=digest_of("CODE"),
    )
    return Account(id="acc_1", role="seeker", sealed="v1.y", registered_at=AT - timedelta(days=9), recovery=recovery)


def _take(step: str, account: Account) -> Account:
    if step == "confirm":
        return recoveries.confirm(account, by="acc_rini", sealed="s", before="b", now="n", at=AT)[0]
    if step == "refuse":
        return recoveries.refuse(account, by="acc_rini", at=AT)[0]
    if step == "stop":
        return recoveries.stop(account, token="CODE", at=AT)[0]
    return recoveries.lapse(account, at=AT)[0]


STATES: tuple[recoveries.State, ...] = ("requested", "confirmed", "refused", "stopped", "lapsed")


@pytest.mark.parametrize(("step", "state", "late"), list(itertools.product(STEPS, STATES, (False, True))))
def test_every_step_from_every_state_in_time_and_late(step: str, state: recoveries.State, late: bool) -> None:
    allowed = state == "requested" and late == (step == "lapse")
    account = _account(state, late=late)
    if not allowed:
        with pytest.raises(RecoveryOver):
            _take(step, account)
        return
    after = _take(step, account)
    assert after.recovery is not None
    assert after.recovery.state == STEPS[step][1]  # type: ignore[index]
    assert (after.phone_index == "new") == (step == "confirm")
    assert after.token_version - account.token_version == int(step == "confirm")


def test_a_wrong_code_stops_nothing() -> None:
    with pytest.raises(Problem) as refused:
        recoveries.stop(_account("requested", late=False), token="KODE", at=AT)
    assert refused.value.code == "stop_code_unknown"


def test_masks_cover_what_is_short_as_well() -> None:
    assert mask_phone("+6281234567890") == "+62812******90"
    assert mask_email("a@contoh.id") == "a***@contoh.id"
