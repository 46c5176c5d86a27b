"""Registering, as people meet it and as the curious do: the same answer for known and unknown contacts."""

import asyncio
from typing import Any

import httpx2
import pytest

from shared.contracts.identity import AccountContactChanged, AccountRegistered, RegistrationRepeated


def visible(answer: httpx2.Response) -> tuple[Any, ...]:
    """All that a client can see of an answer but the name of his own request."""
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, answer.json(), headers


async def test_registering_makes_an_account_and_tells_of_it_in_one_write(identity: Any) -> None:
    answer = await identity.register_seeker()
    assert (answer.status_code, answer.json()) == (201, {"role": "seeker", "name": "Sari"})
    born, contact = await identity.events()
    assert isinstance(born.data, AccountRegistered)
    assert isinstance(contact.data, AccountContactChanged)
    assert [born.sequence, contact.sequence] == [1, 2]
    opened = await identity.parts.vault.open(contact.subject, "contact", contact.data.sealed)
    assert opened == {"name": "Sari", "phone": "+6283900000001"}


async def test_an_employer_registers_with_email_and_password_or_with_a_phone(identity: Any) -> None:
    assert (await identity.register_employer()).status_code == 201
    by_phone = {"role": "employer", "name": "Warung Bu Tini", "phone": "0839 0000 0002"}
    assert (await identity.post("/accounts", by_phone)).status_code == 201
    assert (await identity.me(await identity.sign_in("083900000002"))).json()["role"] == "employer"


@pytest.mark.parametrize("again", ["+62 839 0000 0001", "083900000001", "62839-0000-0001"])
async def test_a_known_phone_gets_the_same_answer_and_only_its_owner_is_told(identity: Any, again: str) -> None:
    first = await identity.register_seeker()
    second = await identity.register_seeker(again)
    assert visible(first) == visible(second)
    events = await identity.events()
    assert isinstance(events[-1].data, RegistrationRepeated)
    assert len({event.subject for event in events}) == 1


async def test_a_known_email_gets_the_same_answer_and_keeps_its_password(identity: Any) -> None:
    first = await identity.register_employer()
    second = await identity.register_employer(email="SITI@usaha.example", password="kata sandi orang lain")
    assert visible(first) == visible(second)
    taken = await identity.post("/login", {"email": "siti@usaha.example", "password": "kata sandi orang lain"})
    assert taken.status_code == 401


async def test_a_phone_and_an_email_of_two_people_tell_both_and_change_neither(identity: Any) -> None:
    await identity.register_seeker()
    await identity.register_employer()
    answer = await identity.register_seeker(email="siti@usaha.example")
    assert answer.status_code == 201
    repeated = [event.subject for event in await identity.events() if isinstance(event.data, RegistrationRepeated)]
    assert len(set(repeated)) == 2
    assert (await identity.me(await identity.sign_in())).json()["email"] is None


async def test_twenty_registrations_of_one_phone_at_once_make_one_account(start: Any) -> None:
    identity = await start(repeats_told_per_day=100)
    answers = await asyncio.gather(*(identity.register_seeker() for _ in range(20)))
    assert len({str(visible(answer)) for answer in answers}) == 1
    assert await identity.parts.store.accounts.collection.count_documents({}) == 1
    assert [type(event.data) for event in await identity.events()].count(AccountRegistered) == 1


async def test_an_owner_is_not_pestered_by_whoever_repeats_his_number(start: Any) -> None:
    identity = await start(repeats_told_per_day=2)
    for _ in range(6):
        assert (await identity.register_seeker()).status_code == 201
    told = [event for event in await identity.events() if isinstance(event.data, RegistrationRepeated)]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/role"),
        ({"role": "officer", "name": "A", "phone": "081234567890"}, "/role"),
        ({"role": "admin", "name": "A", "phone": "081234567890"}, "/role"),
        ({"role": "seeker", "name": "A"}, "/phone"),
        ({"role": "seeker", "name": "A", "phone": 81234567890}, "/phone"),
        ({"role": "seeker", "name": "A", "phone": {"$ne": None}}, "/phone"),
        ({"role": "seeker", "name": "A", "phone": "0351462011"}, "/phone"),
        ({"role": "seeker", "name": "", "phone": "081234567890"}, "/name"),
        ({"role": "seeker", "name": "a" * 5000, "phone": "081234567890"}, "/name"),
        ({"role": "employer", "name": "A", "email": "a@b.example"}, "/password"),
        ({"role": "employer", "name": "A", "email": "a@b.example", "password": "12345678"}, "/password"),
        ({"role": "seeker", "name": "A", "phone": "081234567890", "token_version": 5}, "/token_version"),
    ],
)
async def test_a_bad_registration_is_refused_by_field_and_nothing_is_stored(
    identity: Any, body: dict[str, Any], pointer: str
) -> None:
    answer = await identity.post("/accounts", body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert "12345678" not in answer.text
    assert await identity.parts.store.accounts.collection.count_documents({}) == 0


async def test_advice_comes_in_the_readers_language(identity: Any) -> None:
    body = {"role": "seeker", "name": "Sari", "phone": "0351 462011"}
    english = await identity.post("/accounts", body, **{"Accept-Language": "en"})
    indonesian = await identity.post("/accounts", body)
    assert "landline" in english.json()["errors"][0]["detail"]
    assert "nomor HP" in indonesian.json()["errors"][0]["detail"]


async def test_registrations_from_one_address_end_somewhere(start: Any) -> None:
    identity = await start(registrations_per_address_per_hour=2)
    phones = [f"+62839000000{number}1" for number in range(3)]
    answers = [await identity.register_seeker(phone) for phone in phones]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].json()["code"] == "rate_limited"
    assert int(answers[2].headers["retry-after"]) > 0


async def test_an_account_is_shown_to_its_owner_only(identity: Any) -> None:
    await identity.register_seeker(email="sari@rumah.example")
    tokens = await identity.sign_in()
    mine = await identity.me(tokens)
    assert mine.status_code == 200
    assert mine.headers["cache-control"] == "no-store"
    assert {**mine.json(), "id": ""} == {
        "id": "",
        "role": "seeker",
        "name": "Sari",
        "phone": "+6283900000001",
        "email": "sari@rumah.example",
    }
    assert (await identity.http.get("/api/v1/accounts/me")).status_code == 401


async def test_an_erased_person_is_not_found_and_gets_no_code(identity: Any) -> None:
    await identity.register_seeker()
    tokens = await identity.sign_in()
    account_id = (await identity.me(tokens)).json()["id"]
    await identity.parts.vault.destroy(account_id)
    assert (await identity.me(tokens)).status_code == 404
    assert (await identity.post("/login/codes", {"phone": "083900000001"})).status_code == 202
    dummy = await identity.parts.store.codes.collection.find_one({"account_id": None})
    assert dummy["outbox"] == []
