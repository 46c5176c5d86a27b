"""Acting for a person: a code read aloud, tokens of a minute, and every way in which it ends."""

from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from services.identity.tests.conftest import PHONE, Identity, Json
from shared.contracts.identity import MandateBegan, MandateCodeIssued
from shared.events import decode

JOKO, RINI, KADER = "joko@contoh.id", "rini@contoh.id", "kader@contoh.id"
SECRET = "rahasia sekali"


class House:
    """An identity with a seeker, two officers and a cadre."""

    def __init__(self, identity: Identity, person: Json) -> None:
        self.identity, self.person = identity, person
        self.tokens: dict[str, str] = {"person": person["access_token"]}

    async def open(self) -> "House":
        accounts = self.identity.parts.commands.accounts
        for email in (JOKO, RINI, KADER):
            role: Any = "cadre" if email == KADER else "officer"
            await accounts.appoint(email=email, name="Bu Ani", password=SECRET, role=role)
            answer = await self.identity.post("/login", {"email": email, "password": SECRET})
            self.tokens[email] = answer.json()["access_token"]
        return self

    async def call(
        self, path: str = "", body: Any = None, *, by: str = JOKO, method: str = "POST"
    ) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.tokens[by]}"}
        return await self.identity.http.request(method, f"/api/v1/mandates{path}", json=body, headers=headers)

    async def code(self, *, by: str = JOKO, phone: str = PHONE) -> tuple[str, str]:
        """(request, what the person reads in the SMS); no code where nothing was sent."""
        answer = await self.call("/codes", {"phone": phone}, by=by)
        assert answer.status_code == 202, answer.text
        row = await self.identity.parts.store.mandate_codes.collection.find_one({"_id": answer.json()["request_id"]})
        assert row is not None
        if not row["outbox"]:
            return answer.json()["request_id"], "000000"
        event = decode(row["outbox"][0]["value"].encode())
        assert event is not None
        assert isinstance(event.data, MandateCodeIssued)
        opened = await self.identity.parts.vault.open(event.data.account_id, "code", event.data.sealed)
        return answer.json()["request_id"], str(opened["code"])

    async def begin(self, *, by: str = JOKO) -> Json:
        request_id, code = await self.code(by=by)
        answer = await self.call("", {"request_id": request_id, "code": code}, by=by)
        assert answer.status_code == 201, answer.text
        begun: Json = answer.json()
        return begun

    async def token(self, id: str, *, by: str = JOKO) -> httpx2.Response:
        return await self.call(f"/{id}/token", by=by)

    async def told(self) -> MandateBegan:
        row = await self.identity.parts.store.mandates.collection.find_one({})
        assert row is not None
        event = decode(row["outbox"][0]["value"].encode())
        assert event is not None
        assert isinstance(event.data, MandateBegan)
        return event.data


@pytest.fixture
async def house(identity: Identity) -> House:
    await identity.register_seeker()
    return await House(identity, await identity.sign_in()).open()


async def test_a_code_read_aloud_lets_an_officer_act_for_a_minute_at_a_time(house: House) -> None:
    begun = await house.begin()
    assert (begun["name"], begun["helper_role"], begun["open"]) == ("Sari", "officer", True)
    answer = (await house.token(begun["id"])).json()
    assert answer["expires_in"] == 60
    keys: Any = await house.identity.parts.keys.jwks()
    claims = jwt.decode(answer["access_token"], KeySet.import_key_set(keys), algorithms=["EdDSA"]).claims
    person = (await house.identity.me(house.person)).json()["id"]
    assert (claims["sub"], claims["role"], claims["mandate"]) == (person, "seeker", begun["id"])
    assert set(claims["scope"].split()) == {"profile", "applications", "card"}
    assert claims["act"]["sub"] not in ("", person)
    assert claims["exp"] - claims["iat"] <= 60


async def test_the_person_is_told_who_helped_and_the_event_names_no_helper(house: House) -> None:
    begun = await house.begin()
    told = await house.told()
    assert told.by == "officer"
    assert "helper" not in told.model_dump_json()
    mine = (await house.call(method="GET", by="person")).json()["items"]
    assert [(each["id"], each["name"], each["open"]) for each in mine] == [(begun["id"], "Bu Ani", True)]


async def test_the_token_of_a_helper_opens_nothing_here(house: House) -> None:
    """Account, rights, sessions and further mandates are the person's alone."""
    begun = await house.begin()
    acting = {"Authorization": f"Bearer {(await house.token(begun['id'])).json()['access_token']}"}
    for method, path in (
        ("GET", "/accounts/me"),
        ("POST", "/accounts/me/requests"),
        ("GET", "/mandates"),
        ("POST", f"/mandates/{begun['id']}/end"),
    ):
        answer = await house.identity.http.request(method, f"/api/v1{path}", headers=acting, json={"kind": "erasure"})
        assert (answer.status_code, answer.json()["code"]) == (403, "only_in_person"), path
    for path in ("/mandates/codes", f"/mandates/{begun['id']}/token"):
        answer = await house.identity.http.post(f"/api/v1{path}", headers=acting, json={"phone": PHONE})
        assert answer.status_code == 403, path


async def test_a_code_to_sign_in_makes_no_mandate_and_a_mandates_code_signs_nobody_in(house: House) -> None:
    request_id = await house.identity.ask_code()
    code = await house.identity.sent_code(request_id)
    refused = await house.call("", {"request_id": request_id, "code": code})
    assert (refused.status_code, refused.json()["code"]) == (401, "code_invalid")
    request_id, code = await house.code()
    refused = await house.identity.post(f"/login/codes/{request_id}", {"code": code})
    assert (refused.status_code, refused.json()["code"]) == (401, "code_invalid")


async def test_a_number_without_a_seeker_gets_no_code_and_the_helper_cannot_tell(house: House) -> None:
    await house.identity.register_employer(phone="+6283900000005")
    for phone in ("+6283900000077", "+6283900000005"):
        request_id, code = await house.code(phone=phone)
        rows = await house.identity.parts.store.mandate_codes.collection.find_one({"_id": request_id})
        assert rows is not None
        assert rows["outbox"] == []
        assert (await house.call("", {"request_id": request_id, "code": code})).status_code == 401


@pytest.mark.parametrize("by", ["person", JOKO, RINI])
async def test_the_person_the_helper_and_any_officer_can_end_it(house: House, by: str) -> None:
    begun = await house.begin()
    for _ in range(2):
        assert (await house.call(f"/{begun['id']}/end", by=by)).status_code == 204
    answer = await house.token(begun["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "mandate_over")
    (mine,) = (await house.call(method="GET", by="person")).json()["items"]
    assert mine["ended_by"] == {"person": "person", JOKO: "helper", RINI: "officer"}[by]
    assert (await house.call(method="GET")).json()["items"] == []


async def test_the_code_of_the_message_ends_it_without_signing_in(house: House) -> None:
    begun, told = await house.begin(), await house.told()
    stopped = await house.identity.post("/accounts/recoveries/stop", {"token": told.stop_token.lower()})
    assert stopped.status_code == 204
    assert (await house.token(begun["id"])).json()["code"] == "mandate_over"
    again = await house.identity.post("/accounts/recoveries/stop", {"token": told.stop_token})
    assert again.json()["code"] == "stop_code_unknown"


async def test_an_officers_mandate_is_over_after_45_minutes(house: House) -> None:
    begun = await house.begin()
    house.identity.clock.advance(minutes=44, seconds=40)
    assert (await house.token(begun["id"])).json()["expires_in"] in (19, 20)
    house.identity.clock.advance(seconds=20)
    assert (await house.token(begun["id"])).json()["code"] == "mandate_over"
    assert (await house.call(f"/{begun['id']}/sit")).json()["code"] == "mandate_over"


async def test_a_cadre_comes_back_for_seven_days_45_minutes_at_a_time(house: House) -> None:
    begun = await house.begin(by=KADER)
    house.identity.clock.advance(minutes=46)
    assert (await house.token(begun["id"], by=KADER)).json()["code"] == "sitting_over"
    house.identity.clock.advance(days=6)
    assert (await house.call(f"/{begun['id']}/sit", by=KADER)).status_code == 200
    assert (await house.token(begun["id"], by=KADER)).status_code == 200
    house.identity.clock.advance(days=1)
    assert (await house.token(begun["id"], by=KADER)).json()["code"] == "mandate_over"


async def test_a_new_phone_and_a_new_password_end_it(house: House) -> None:
    begun = await house.begin()
    account = (await house.identity.me(house.person)).json()["id"]
    raised = {"$inc": {"token_version": 1}}  # as a recovery at the desk leaves it
    await house.identity.parts.store.accounts.collection.update_one({"_id": account}, raised)
    assert (await house.token(begun["id"])).json()["code"] == "mandate_over"
    other = await house.begin(by=RINI)
    await house.identity.parts.commands.accounts.appoint(email=RINI, name=None, password=SECRET)
    assert (await house.token(other["id"], by=RINI)).json()["code"] == "mandate_over"


async def test_only_who_was_given_the_mandate_acts_under_it(house: House) -> None:
    begun = await house.begin()
    for path in ("token", "sit"):
        assert (await house.call(f"/{begun['id']}/{path}", by=RINI)).status_code == 404
    assert (await house.call(f"/{begun['id']}/end", by=KADER)).status_code == 404


async def test_erasure_takes_the_mandates_along(house: House) -> None:
    await house.begin()
    account = (await house.identity.me(house.person)).json()["id"]
    await house.identity.parts.store.mandates.forget(account)
    assert await house.identity.parts.store.mandates.collection.count_documents({"account_id": account}) == 0
