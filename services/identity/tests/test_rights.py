"""The rights over the own data: asked once, answered within 72 hours, and an erasure that leaves nothing to find."""

from typing import Any

import httpx2
import pytest

from services.identity.domain.request import ANSWER_WITHIN, NOTICE_TIME, STEPS, DataRequest, RequestEnded, Step
from services.identity.domain.request import _step as step
from services.identity.tests.conftest import PHONE, Clock, Identity, Json
from shared.events import decode
from shared.sealed import Erased


class House:
    """An identity with a seeker, and an officer beside it."""

    def __init__(self, identity: Identity, tokens: Json) -> None:
        self.identity, self.tokens = identity, tokens

    async def call(self, method: str, path: str, body: Any = None, *, officer: bool = False) -> httpx2.Response:
        token = await self._officer() if officer else self.tokens["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return await self.identity.http.request(method, f"/api/v1/accounts{path}", json=body, headers=headers)

    async def ask(self, kind: str, **fields: Any) -> Json:
        answer = await self.call("POST", "/me/requests", {"kind": kind, **fields})
        assert answer.status_code in (200, 201), answer.text
        found: Json = answer.json()
        return found

    async def news(self) -> list[tuple[str, str | None]]:
        """The types that the erasures and requests tell, with the topic of a tombstone as (topic, None)."""
        store = self.identity.parts.store.requests
        rows = [row async for row in store.requests.find({})] + [row async for row in store.erasures.find({})]
        entries = [entry for row in rows for entry in row["outbox"]]
        events = [(entry, decode(entry["value"].encode()) if entry["value"] else None) for entry in entries]
        return [(event.type, event.subject) if event else (entry["topic"], None) for entry, event in events]

    async def _officer(self) -> str:
        if not hasattr(self, "_token"):
            await self.identity.parts.commands.accounts.appoint(
                email="petugas@contoh.id", name="Petugas", password="sangat rahasia sekali"
            )
            body = {"email": "petugas@contoh.id", "password": "sangat rahasia sekali"}
            self._token = str((await self.identity.post("/login", body)).json()["access_token"])
        return self._token


@pytest.fixture
async def house(identity: Identity) -> House:
    await identity.register_seeker()
    found = House(identity, await identity.sign_in())
    await found._officer()  # before a test moves the clock: tokens are checked by the real one
    return found


async def test_a_request_is_due_in_72_hours_and_asking_again_brings_the_same(house: House) -> None:
    first = await house.ask("copy", words="Salinan data saya")
    again = await house.ask("copy")
    assert first["id"] == again["id"]
    assert (first["state"], first["words"]) == ("open", "Salinan data saya")
    mine = (await house.call("GET", "/me/requests")).json()["items"]
    assert [one["id"] for one in mine] == [first["id"]]
    request = await house.identity.parts.store.requests.by_id(first["id"])
    assert request is not None
    assert request.due_at - request.asked_at == ANSWER_WITHIN


async def test_officers_see_what_is_due_first_and_the_person_reads_the_answer(house: House) -> None:
    later = await house.ask("correction", words="Nama saya salah tulis")
    house.identity.clock.advance(hours=-5)
    sooner = await house.ask("objection")
    waiting = (await house.call("GET", "/requests", officer=True)).json()["items"]
    assert [one["id"] for one in waiting] == [sooner["id"], later["id"]]
    assert waiting[1]["words"] == "Nama saya salah tulis"
    done = await house.call("POST", f"/requests/{later['id']}/answer", {"words": "Sudah kami betulkan"}, officer=True)
    assert done.json()["state"] == "done"
    mine = (await house.call("GET", "/me/requests")).json()["items"]
    assert {one["id"]: one["answer"] for one in mine}[later["id"]] == "Sudah kami betulkan"
    assert [one["id"] for one in (await house.call("GET", "/requests", officer=True)).json()["items"]] == [
        sooner["id"]
    ]


async def test_words_are_sealed_at_rest(house: House) -> None:
    await house.ask("correction", words="Nama ibu kandung salah")
    rows = [row async for row in house.identity.parts.store.requests.requests.find({})]
    assert "ibu kandung" not in str(rows)


async def test_strangers_and_seekers_reach_no_queue_and_nobody_anothers_request(house: House) -> None:
    request = await house.ask("erasure")
    for path in ("/requests", f"/requests/{request['id']}"):
        assert (await house.call("GET", path)).status_code == 403
    assert (await house.call("POST", f"/requests/{request['id']}/erase")).status_code == 403
    await house.identity.register_seeker("+6283900000002")
    other = House(house.identity, await house.identity.sign_in("+6283900000002"))
    assert (await other.call("POST", f"/me/requests/{request['id']}/withdraw")).status_code == 404


async def test_an_erasure_waits_for_its_notice_and_then_leaves_nothing_to_find(house: House) -> None:
    parts, clock = house.identity.parts, house.identity.clock
    account = (await house.identity.me(house.tokens)).json()
    request = await house.ask("erasure", words="Tolong hapus data saya")
    erasing = await house.call("POST", f"/requests/{request['id']}/erase", officer=True)
    assert erasing.json()["state"] == "erasing"
    assert await parts.commands.rights.carry_out() == 0
    assert (await house.identity.me(house.tokens)).status_code == 200
    clock.advance(seconds=NOTICE_TIME.total_seconds() + 1)
    sealed = await parts.store.accounts.by_id(account["id"])
    assert sealed is not None
    assert await parts.commands.rights.carry_out() == 1
    with pytest.raises(Erased):
        await parts.vault.open(account["id"], "contact", sealed.sealed)
    assert await parts.store.accounts.by_id(account["id"]) is None
    assert (await house.identity.me(house.tokens)).status_code == 404
    assert (await house.identity.refresh(house.tokens["refresh_token"])).status_code == 401
    shown = (await house.call("GET", f"/requests/{request['id']}", officer=True)).json()
    assert (shown["state"], shown["words"]) == ("done", None)
    assert [name for name in await house.news() if name[0] in ("AccountErased.v1", "identity-contact")] == [
        ("AccountErased.v1", account["id"]),
        ("identity-contact", None),
    ]


async def test_an_erasure_that_was_cut_short_is_ended_by_the_next_and_told_once(house: House) -> None:
    parts, clock = house.identity.parts, house.identity.clock
    account = (await house.identity.me(house.tokens)).json()
    request = await house.ask("erasure")
    await house.call("POST", f"/requests/{request['id']}/erase", officer=True)
    clock.advance(minutes=2)
    found = await parts.store.accounts.by_id(account["id"])
    assert found is not None
    await parts.store.requests.end(found.id, role=found.role, after=found.version)
    await parts.vault.destroy(found.id)  # and here the worker died
    assert await parts.commands.rights.carry_out() == 1
    assert await parts.commands.rights.carry_out() == 0
    assert [name for name, _ in await house.news()].count("AccountErased.v1") == 1


async def test_the_number_of_an_erased_person_can_register_anew(house: House) -> None:
    request = await house.ask("erasure")
    await house.call("POST", f"/requests/{request['id']}/erase", officer=True)
    house.identity.clock.advance(minutes=2)
    await house.identity.parts.commands.rights.carry_out()
    house.identity.clock.advance(minutes=-2)
    assert (await house.identity.register_seeker(PHONE)).status_code == 201
    assert (await house.identity.me(await house.identity.sign_in(PHONE))).status_code == 200


async def test_an_erasure_is_never_merely_answered_and_other_kinds_are_never_erased(house: House) -> None:
    erasure, copy = await house.ask("erasure"), await house.ask("copy")
    assert (await house.call("POST", f"/requests/{erasure['id']}/answer", {}, officer=True)).status_code == 409
    assert (await house.call("POST", f"/requests/{copy['id']}/erase", officer=True)).json()["code"] == "other_kind"


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", ["open", "erasing", "done", "refused", "withdrawn"])
def test_each_step_goes_from_its_one_state_and_from_no_other(name: Step, state: Any) -> None:
    at = Clock()()
    before = DataRequest(id="r", account_id="a", role="seeker", kind="copy", state=state, asked_at=at, due_at=at)
    begins, ends = STEPS[name]
    if state == begins:
        assert step(before, name).state == ends
        return
    with pytest.raises(RequestEnded):
        step(before, name)


async def test_a_person_may_take_a_request_back_until_it_is_answered(house: House) -> None:
    request = await house.ask("erasure")
    assert (await house.call("POST", f"/me/requests/{request['id']}/withdraw")).json()["state"] == "withdrawn"
    assert (await house.call("POST", f"/requests/{request['id']}/erase", officer=True)).status_code == 409
