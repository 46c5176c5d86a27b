"""Sending an application over HTTP: once, whatever is repeated, refused or at the same moment."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.application.commands import Commands
from services.application.problems import DailyLimit, VacancyNotOpen
from services.application.tests.conftest import BUDI, CLOSES, OFFICER, OWNER, SITI, VACANCY, Http, World
from shared.contracts.vacancy import (
    VacancyClosed,
    VacancyExpired,
    VacancyExtended,
    VacancyFilled,
    VacancyPaused,
    VacancyRecalled,
    VacancyReopened,
    VacancyResumed,
)
from shared.events import decode
from shared.numbers import Numbers


def clocked(world: World, at: list[datetime]) -> Commands:
    """The commands at the time that `at` holds."""
    numbers = Numbers(world.store.counters, "LMR", block=50)
    return Commands(world.store, vault=world.vault, numbers=numbers, now=lambda: at[0])


async def test_an_application_is_answered_as_it_is_stored(http: Http) -> None:
    answer = await http.apply(note="  Saya bisa mulai besok. ")
    body = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == f"/api/v1/applications/{body['id']}"
    assert body == {
        "id": body["id"],
        "number": f"LMR-{datetime.now(UTC) + timedelta(hours=7):%Y}-000001",
        "vacancy": {
            "id": VACANCY,
            "number": "LWK-2026-000007",
            "title": "Penjahit",
            "employer_name": "Konveksi Melati",
            "kelurahan_code": "35.77.03.1005",
            "closes_at": CLOSES.isoformat().replace("+00:00", "Z"),
            "answer_by": "2026-12-24",
            "state": "published",
        },
        "state": "submitted",
        "note": "Saya bisa mulai besok.",
        "answers": [],
        "documents": [],
        "attachments": [],
        "submitted_at": body["submitted_at"],
        "updated_at": body["submitted_at"],
        "version": 1,
        "reason": None,
        "start_date": None,
        "history": [{"state": "submitted", "at": body["submitted_at"], "actor": "seeker", "reason": None}],
        "applicant": None,
        "match": None,
        "answer_by": "2026-12-24",
        "answer_until": None,
        "interview": None,
        "offer": None,
        "commands": ["withdraw"],
    }
    assert (await http.get(f"/{body['id']}")).json() == body


async def test_a_hundred_at_once_make_one_application_and_ninety_nine_repeats(http: Http, world: World) -> None:
    answers = await asyncio.gather(*(http.apply_until_answered() for _ in range(100)))
    assert Counter(answer.status_code for answer in answers) == {200: 99, 201: 1}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len({answer.json()["number"] for answer in answers}) == 1
    stored = await world.row(seeker_id=SITI)
    assert (stored["version"], len(stored["outbox"])) == (1, 1)
    assert await world.store.applications.count_documents({}) == 1


async def test_a_hundred_people_at_once_get_a_hundred_numbers(http: Http, world: World) -> None:
    answers = await asyncio.gather(*(http.apply_until_answered(f"acc_{number}") for number in range(100)))
    assert {answer.status_code for answer in answers} <= {200, 201}  # 200: a 503 that had been written after all
    assert len({answer.json()["number"] for answer in answers}) == 100


async def test_a_repeat_gets_the_same_application_whatever_happened_since(http: Http, world: World) -> None:
    first = (await http.apply(note="Satu")).json()
    again = await http.apply(note="Dua")
    assert (again.status_code, again.json()) == (200, first)
    await http.act(first["id"], "reject")
    await world.vacancy(kind=VacancyClosed, state="closed")
    late = await http.apply()
    assert (late.status_code, late.json()["id"], late.json()["state"]) == (200, first["id"], "rejected")
    assert late.json()["vacancy"]["state"] == "closed"


async def test_an_unknown_vacancy_is_not_known_yet_and_says_when_to_come_again(http: Http) -> None:
    refused = await http.apply(vacancy="vac_unknown")
    assert (refused.status_code, refused.json()["code"]) == (409, "vacancy_not_known_yet")
    assert refused.headers["retry-after"] == "2"


@pytest.mark.parametrize(
    ("kind", "given", "state"),
    [
        (VacancyClosed, {"state": "closed"}, "closed"),
        (VacancyExpired, {"state": "expired"}, "expired"),
        (VacancyPaused, {"state": "paused"}, "paused"),
        (VacancyFilled, {"state": "filled"}, "filled"),
        (VacancyRecalled, {"state": "recalled"}, "recalled"),
        (VacancyPaused, {"state": "paused", "closes_at": datetime.now(UTC) - timedelta(seconds=1)}, "expired"),
        (None, {"closes_at": datetime.now(UTC) - timedelta(seconds=1)}, "expired"),
    ],
)
async def test_a_vacancy_that_takes_none_refuses_and_nothing_is_stored(
    http: Http, world: World, kind: Any, given: dict[str, Any], state: str
) -> None:
    await (world.vacancy(kind=kind, **given) if kind else world.vacancy(**given))
    refused = await http.apply()
    assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (409, "vacancy_closed", state)
    assert await world.store.applications.count_documents({}) == 0


async def test_a_vacancy_that_names_where_to_apply_takes_no_application_here(http: Http, world: World) -> None:
    await world.vacancy(apply_url="https://example.go.id/lowongan/1", owner_id=None, source="province")
    refused = await http.apply()
    assert (refused.status_code, refused.json()["code"]) == (409, "applies_elsewhere")
    await world.vacancy(apply_url=None, owner_id=None, source="province")
    assert (await http.apply()).status_code == 201


@pytest.mark.parametrize("kind", [VacancyResumed, VacancyReopened, VacancyExtended])
async def test_what_takes_applications_again_takes_them_until_its_new_closing_time(
    http: Http, world: World, kind: Any
) -> None:
    await world.vacancy(kind=VacancyPaused, state="paused")
    assert (await http.apply()).status_code == 409
    later = CLOSES + timedelta(days=9)
    await world.vacancy(kind=kind, closes_at=later)
    answer = await http.apply()
    assert answer.status_code == 201
    assert datetime.fromisoformat(answer.json()["vacancy"]["closes_at"]) == later


async def test_at_the_instant_of_the_deadline_it_is_too_late_and_a_millisecond_before_it_is_not(
    world: World,
) -> None:
    at = [CLOSES]
    commands = clocked(world, at)
    with pytest.raises(VacancyNotOpen):
        await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    at[0] = CLOSES - timedelta(milliseconds=1)
    made, is_new = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    assert (made.submitted_at, is_new) == (at[0], True)
    at[0] = CLOSES + timedelta(days=1)
    assert await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None) == (made, False)


async def test_after_a_withdrawal_it_is_sent_once_more_and_only_once(http: Http, world: World) -> None:
    first = (await http.apply()).json()
    await http.act(first["id"], "withdraw")
    answers = await asyncio.gather(*(http.apply(note=f"Lagi {number}") for number in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    again = (await http.get(f"/{first['id']}")).json()
    assert (again["state"], again["number"], again["version"]) == ("submitted", first["number"], 3)
    assert await world.told(first["id"]) == ["ApplicationSubmitted", "ApplicationWithdrawn", "ApplicationSubmitted"]
    await http.act(first["id"], "withdraw")
    refused = await http.apply()
    assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (409, "wrong_state", "withdrawn")


async def test_a_withdrawn_application_is_not_sent_again_where_the_vacancy_closed(http: Http, world: World) -> None:
    first = (await http.apply()).json()
    await http.act(first["id"], "withdraw")
    await world.vacancy(kind=VacancyClosed, state="closed")
    assert (await http.apply()).json()["code"] == "vacancy_closed"


async def test_the_twenty_first_of_a_day_is_refused_even_when_all_come_at_once(http: Http, world: World) -> None:
    for number in range(25):
        await world.vacancy(f"vac_{number}")
    answers = await asyncio.gather(*(http.apply(vacancy=f"vac_{number}") for number in range(25)))
    assert sorted(answer.status_code for answer in answers) == [201] * 20 + [429] * 5
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "daily_limit"
    assert 0 < int(refused.headers["retry-after"]) <= 86_400
    done = next(answer for answer in answers if answer.status_code == 201).json()
    repeated = await http.apply(vacancy=done["vacancy"]["id"])
    assert (repeated.status_code, repeated.json()["id"]) == (200, done["id"])
    assert (await http.apply(BUDI)).status_code == 201


async def test_the_next_day_in_madiun_begins_at_five_in_the_afternoon_utc(world: World) -> None:
    for number in range(21):
        await world.vacancy(f"vac_{number}", closes_at=datetime(2030, 1, 1, tzinfo=UTC))
    at = [datetime(2026, 5, 4, 16, 59, 59, tzinfo=UTC)]
    commands = clocked(world, at)
    for number in range(20):
        await commands.submit(seeker_id=SITI, vacancy_id=f"vac_{number}", note=None)
    with pytest.raises(DailyLimit) as refused:
        await commands.submit(seeker_id=SITI, vacancy_id="vac_20", note=None)
    assert refused.value.retry_after == 2
    at[0] += timedelta(seconds=1)
    assert (await commands.submit(seeker_id=SITI, vacancy_id="vac_20", note=None))[1]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"vacancy_id": ""},
        {"vacancy_id": 7},
        {"vacancy_id": {"$ne": None}},
        {"vacancy_id": VACANCY, "note": "x" * 301},
        {"vacancy_id": VACANCY, "state": "hired"},
        {"vacancy_id": VACANCY, "seeker_id": BUDI},
        [],
        None,
    ],
)
async def test_bad_input_is_refused(http: Http, world: World, body: Any) -> None:
    refused = await http.post("", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    assert await world.store.applications.count_documents({}) == 0


@pytest.mark.parametrize(("account", "role"), [(OWNER, "employer"), (OFFICER, "officer"), (OFFICER, "admin")])
async def test_only_seekers_apply(http: Http, account: str, role: str) -> None:
    assert (await http.post("", {"vacancy_id": VACANCY}, account, role)).status_code == 403


async def test_the_event_carries_ids_and_no_personal_data_and_the_note_is_stored_sealed(
    http: Http, world: World
) -> None:
    await world.seeker(SITI, "Siti Aminah")
    await http.apply(note="Telepon saya 0812-3456-7890")
    row = await world.row(seeker_id=SITI)
    event = decode(row["outbox"][0]["value"].encode())
    assert event is not None
    assert (event.type, event.subject, event.sequence) == ("ApplicationSubmitted.v1", row["_id"], 1)
    assert (event.data.seeker_id, event.data.vacancy_id, event.data.employer_id) == (SITI, VACANCY, "emp_1")
    assert [word for word in ("Siti", "0812", "83900000001", "rahasia") if word in str(row)] == []
