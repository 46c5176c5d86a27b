"""Signing in by code and by password: what works once, what never works, and what both tell an attacker: nothing."""

import asyncio
from typing import Any

import httpx2
import pytest

from services.identity.tests.test_accounts import visible
from shared.contracts.identity import LoginCodeIssued
from shared.events import decode

EMAIL, PASSWORD = "siti@usaha.example", "kopi pahit di alun-alun"
UNKNOWN = "+6283900007777"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def test_the_code_that_was_sent_signs_in(identity: Any) -> None:
    await identity.register_seeker()
    tokens = await identity.sign_in("0839 0000 0001")
    assert (tokens["token_type"], tokens["expires_in"], tokens["role"]) == ("Bearer", 600, "seeker")
    assert (await identity.me(tokens)).json()["name"] == "Sari"


async def test_a_code_is_stored_and_told_in_one_write_sealed_and_with_its_end(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    row = await identity.parts.store.codes.collection.find_one({"_id": request_id})
    [entry] = row["outbox"]
    event = decode(entry["value"].encode())
    assert event is not None
    assert isinstance(event.data, LoginCodeIssued)
    assert (entry["topic"], event.subject) == ("identity-code", request_id)
    assert (event.data.expires_at - identity.clock.at).total_seconds() == 300
    code = await identity.sent_code(request_id)
    assert code not in str({**row, "asked_at": "", "expires_at": "", "_id": "", "digest": "", "outbox": ""})
    assert code not in event.data.model_dump_json(exclude={"sealed", "expires_at"}).replace(event.data.account_id, "")


async def test_of_fifty_tries_of_the_right_code_at_once_exactly_one_wins(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    code = await identity.sent_code(request_id)
    tries = (identity.post_until_answered(f"/login/codes/{request_id}", {"code": code}) for _ in range(50))
    answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 49
    assert {answer.json()["code"] for answer in answers if answer.status_code == 401} == {"code_invalid"}


async def test_fifty_guesses_at_once_are_not_more_than_five_tries(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    code = await identity.sent_code(request_id)
    guesses = [f"{(int(code) + step) % 1_000_000:06d}" for step in range(1, 51)]
    await asyncio.gather(*(identity.post(f"/login/codes/{request_id}", {"code": guess}) for guess in guesses))
    row = await identity.parts.store.codes.collection.find_one({"_id": request_id})
    assert row["tries"] == 5
    assert (await identity.post(f"/login/codes/{request_id}", {"code": code})).status_code == 401


async def test_the_right_code_still_works_at_the_fifth_try(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    code = await identity.sent_code(request_id)
    for _ in range(4):
        assert (await identity.post(f"/login/codes/{request_id}", {"code": wrong(code)})).status_code == 401
    assert (await identity.post(f"/login/codes/{request_id}", {"code": code})).status_code == 200


async def test_a_code_ends_after_five_minutes(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    code = await identity.sent_code(request_id)
    identity.clock.advance(minutes=5, seconds=1)
    assert (await identity.post(f"/login/codes/{request_id}", {"code": code})).json()["code"] == "code_invalid"


async def test_a_new_code_ends_the_old_one(identity: Any) -> None:
    await identity.register_seeker()
    old = await identity.ask_code()
    old_code = await identity.sent_code(old)
    new = await identity.ask_code()
    assert (await identity.post(f"/login/codes/{old}", {"code": old_code})).status_code == 401
    new_code = await identity.sent_code(new)
    assert (await identity.post(f"/login/codes/{new}", {"code": new_code})).status_code == 200


async def test_of_codes_asked_for_at_once_one_works(identity: Any) -> None:
    await identity.register_seeker()
    requests = await asyncio.gather(*(identity.ask_code() for _ in range(5)))
    codes = [await identity.sent_code(request_id) for request_id in requests]
    statuses = [
        (await identity.post(f"/login/codes/{request_id}", {"code": code})).status_code
        for request_id, code in zip(requests, codes, strict=True)
    ]
    assert sorted(statuses) == [200, 401, 401, 401, 401]


async def test_a_code_opens_only_its_own_request(identity: Any) -> None:
    await identity.register_seeker()
    await identity.register_seeker("+6283900000002")
    first, second = await identity.ask_code(), await identity.ask_code("+6283900000002")
    code = await identity.sent_code(first)
    if code != await identity.sent_code(second):
        assert (await identity.post(f"/login/codes/{second}", {"code": code})).status_code == 401
    assert (await identity.post("/login/codes/code_unknown", {"code": code})).status_code == 401


async def test_an_unknown_number_gets_the_same_answer_and_nothing_is_sent(identity: Any) -> None:
    await identity.register_seeker()
    known = await identity.post("/login/codes", {"phone": "083900000001"})
    unknown = await identity.post("/login/codes", {"phone": UNKNOWN})
    assert known.status_code == unknown.status_code == 202
    for answer in (known, unknown):
        assert set(answer.json()) == {"request_id", "expires_in"}
    assert _shape(known) == _shape(unknown)
    row = await identity.parts.store.codes.collection.find_one({"_id": unknown.json()["request_id"]})
    assert row["outbox"] == []


def _shape(answer: httpx2.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


async def test_a_wrong_code_for_a_known_and_an_unknown_number_look_the_same(identity: Any) -> None:
    await identity.register_seeker()
    known, unknown = await identity.ask_code(), await identity.ask_code(UNKNOWN)
    code = wrong(await identity.sent_code(known))
    answers = [await identity.post(f"/login/codes/{request}", {"code": code}) for request in (known, unknown)]
    assert visible(answers[0]) == visible(answers[1])
    assert answers[0].status_code == 401


@pytest.mark.parametrize("phone", ["+6283900000001", UNKNOWN])
async def test_codes_for_one_number_keep_a_distance_known_or_not(start: Any, phone: str) -> None:
    identity = await start(code_interval_seconds=60)
    await identity.register_seeker()
    await identity.ask_code(phone)
    refused = await identity.post("/login/codes", {"phone": phone})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_codes")
    assert refused.headers["retry-after"] == "60"
    identity.clock.advance(seconds=61)
    await identity.ask_code(phone)


@pytest.mark.parametrize("phone", ["+6283900000001", UNKNOWN])
async def test_a_number_gets_so_many_codes_a_day_known_or_not(start: Any, phone: str) -> None:
    identity = await start(codes_per_number_per_day=2)
    await identity.register_seeker()
    for _ in range(2):
        await identity.ask_code(phone)
    refused = await identity.post("/login/codes", {"phone": phone})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_codes")
    assert int(refused.headers["retry-after"]) > 3600
    identity.clock.advance(days=1, seconds=1)
    await identity.ask_code(phone)


async def test_one_address_gets_so_many_codes_an_hour_for_any_numbers(start: Any) -> None:
    identity = await start(codes_per_address_per_hour=3)
    statuses = [
        (await identity.post("/login/codes", {"phone": f"+62839000070{number:02d}"})).status_code
        for number in range(5)
    ]
    assert statuses == [202, 202, 202, 429, 429]


async def test_the_portals_visitors_are_counted_apart_if_it_proves_itself(start: Any) -> None:
    token = "t" * 32
    identity = await start(codes_per_address_per_hour=1, portal_token=token)

    async def ask(number: int, visitor: str, token: str) -> int:
        headers = {"X-Visitor": visitor, "X-Visitor-Token": token}
        answer: httpx2.Response = await identity.post(
            "/login/codes", {"phone": f"+62839000070{number:02d}"}, **headers
        )
        return answer.status_code

    assert [await ask(1, "192.0.2.1", token), await ask(2, "192.0.2.2", token), await ask(3, "192.0.2.1", token)] == [
        202,
        202,
        429,
    ]
    assert [await ask(4, "192.0.2.4", "guess"), await ask(5, "192.0.2.5", "guess")] == [202, 429]


async def test_an_email_and_its_password_sign_in_however_it_is_capitalised(identity: Any) -> None:
    await identity.register_employer()
    answer = await identity.post("/login", {"email": "Siti@USAHA.example", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (await identity.me(answer.json())).json()["email"] == EMAIL


async def test_a_wrong_password_and_an_unknown_email_look_the_same(identity: Any) -> None:
    await identity.register_employer()
    await identity.register_seeker(email="sari@rumah.example")
    bodies = [
        {"email": EMAIL, "password": "salah sekali"},
        {"email": "tidak@ada.example", "password": "salah sekali"},
        {"email": "sari@rumah.example", "password": "salah sekali"},
    ]
    answers = [visible(await identity.post("/login", body)) for body in bodies]
    assert answers[0][0] == 401
    assert answers[0][1]["code"] == "login_failed"
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("email", [EMAIL, "tidak@ada.example"])
async def test_guessing_passwords_of_one_account_ends_known_or_not(start: Any, email: str) -> None:
    identity = await start(failed_logins_per_account=3)
    await identity.register_employer()
    statuses = [
        (await identity.post("/login", {"email": email, "password": "salah sekali"})).status_code for _ in range(5)
    ]
    assert statuses == [401, 401, 401, 429, 429]
    identity.clock.advance(minutes=15, seconds=1)
    expected = 200 if email == EMAIL else 401
    assert (await identity.post("/login", {"email": email, "password": PASSWORD})).status_code == expected


async def test_guessing_from_one_address_ends_and_signing_in_does_not_count(start: Any) -> None:
    identity = await start(failed_logins_per_address=2)
    await identity.register_employer()
    for _ in range(5):
        assert (await identity.post("/login", {"email": EMAIL, "password": PASSWORD})).status_code == 200
    guesses = [("a@b.example", "/login"), ("c@d.example", "/login")]
    for email, path in guesses:
        assert (await identity.post(path, {"email": email, "password": "salah sekali"})).status_code == 401
    refused = await identity.post("/login/codes/code_x", {"code": "000000"})
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login/codes", {}),
        ("/login/codes", {"phone": "0351 462011"}),
        ("/login/codes", {"phone": ["081234567890"]}),
        ("/login/codes", {"phone": "081234567890", "code": "1"}),
        ("/login/codes/code_x", {}),
        ("/login/codes/code_x", {"code": 123456}),
        ("/login/codes/code_x", {"code": "12345"}),
        ("/login/codes/code_x", {"code": "１２３４５６"}),
        ("/login/codes/code_x", {"code": {"$gt": ""}}),
        ("/login/codes/" + "x" * 100, {"code": "123456"}),
        ("/login", {"email": EMAIL}),
        ("/login", {"email": "bukan alamat", "password": "x"}),
        ("/login", {"email": EMAIL, "password": {"$ne": None}}),
        ("/tokens/refresh", {}),
        ("/tokens/refresh", {"refresh_token": 5}),
        ("/tokens/refresh", {"refresh_token": "x" * 5000}),
        ("/tokens/revoke", {"refresh_token": None}),
    ],
)
async def test_malformed_input_is_a_422_with_the_fields(identity: Any, path: str, body: Any) -> None:
    answer = await identity.post(path, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert answer.json()["errors"]


@pytest.mark.parametrize(("waited", "status"), [(10, 200), (16, 401)])
async def test_whoever_registered_my_number_long_before_me_cannot_sign_in_once_i_proved_it(
    identity: Any, waited: int, status: int
) -> None:
    await identity.register_seeker(email=EMAIL, password=PASSWORD)
    before = (await identity.post("/login", {"email": EMAIL, "password": PASSWORD})).json()
    identity.clock.advance(minutes=waited)
    await identity.sign_in()
    again = await identity.post("/login", {"email": EMAIL, "password": PASSWORD})
    assert again.status_code == status
    assert (await identity.refresh(before["refresh_token"])).status_code == status


async def test_the_first_code_is_what_proves_a_phone_and_later_ones_change_nothing(identity: Any) -> None:
    await identity.register_seeker()
    await identity.sign_in()
    told = len(await identity.events())
    await identity.sign_in()
    assert len(await identity.events()) == told
