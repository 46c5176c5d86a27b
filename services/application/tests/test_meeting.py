"""Interviews and offers over HTTP: who sees what, what makes sense, what stays sealed, and the calendar file."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from services.application.domain.agreeing import invite
from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, Http, World, invitation, job

PHONE = "+6283900000001"


@pytest.fixture
async def sent(http: Http, world: World) -> str:
    await world.seeker(SITI, "Siti")
    return str((await http.apply()).json()["id"])


async def applicant(http: Http, id: str) -> Any:
    return (await http.get(f"/{id}", OWNER, "employer")).json()["applicant"]


async def test_from_an_invitation_to_a_hire_both_see_the_same(http: Http, world: World, sent: str) -> None:
    asked = invitation()
    invited = (await http.act(sent, "offer-interview", asked)).json()
    assert invited["state"] == "interview_offered"
    seen = (await http.get(f"/{sent}")).json()
    assert seen["interview"] == invited["interview"]
    assert (seen["interview"]["place"], seen["interview"]["contact"]) == ("Jl. Contoh No. 1", "Bu Ratna")
    assert seen["commands"] == ["withdraw", "accept", "decline", "reschedule"]
    assert (await http.act(sent, "reschedule", {"wish": "Sesudah pukul 13."})).json()[
        "state"
    ] == "interview_rescheduled"
    wished = (await http.get(f"/{sent}", OWNER, "employer")).json()
    assert wished["interview"]["wish"] == "Sesudah pukul 13."
    later = invitation(starts_at=(datetime.now(UTC) + timedelta(days=6)).isoformat(), remote=True, place=None)
    again = (await http.act(sent, "offer-interview", later)).json()
    assert (again["interview"]["wish"], again["interview"]["remote"]) == (None, True)
    assert (await http.act(sent, "accept")).json()["state"] == "interview_accepted"
    offered = (await http.act(sent, "offer-job", job())).json()
    assert offered["offer"]["wage"] == {"min": 2_500_000, "max": None, "per": "month"}
    assert (await http.act(sent, "accept")).json()["state"] == "offer_accepted"
    hired = (await http.act(sent, "hire")).json()
    assert (hired["state"], hired["start_date"]) == ("hired", job()["start_date"])
    assert (await world.told(sent))[-2:] == ["ApplicationHired", "PlacementRecorded"]


async def test_how_to_reach_the_person_is_shown_from_the_invitation_on_and_not_after_a_no(
    http: Http, sent: str
) -> None:
    await http.act(sent, "shortlist")
    assert (await applicant(http, sent))["phone"] is None
    await http.act(sent, "offer-interview", invitation())
    reached = await applicant(http, sent)
    assert (reached["phone"], reached["email"]) == (PHONE, "rahasia@contoh.id")
    listed = (await http.get("", OWNER, "employer", vacancy_id="vac_1")).json()["items"][0]
    assert listed["applicant"]["phone"] == PHONE
    await http.act(sent, "reject")
    assert (await applicant(http, sent))["phone"] is None


async def test_place_contact_and_wish_are_sealed_and_in_no_event(http: Http, world: World, sent: str) -> None:
    await http.act(sent, "offer-interview", invitation())
    await http.act(sent, "reschedule", {"wish": "Sesudah pukul 13."})
    kept = str(await world.row(_id=sent))
    for said in ("Jl. Contoh No. 1", "Bu Ratna", "Sesudah pukul 13.", PHONE):
        assert said not in kept


@pytest.mark.parametrize(
    ("command", "body", "pointer"),
    [
        ("offer-interview", invitation(starts_at="2026-01-01T02:00:00Z"), "/starts_at"),
        ("offer-interview", invitation(starts_at="2099-01-01T02:00:00Z"), "/starts_at"),
        ("offer-interview", invitation(reply_by="2026-01-01T02:00:00Z"), "/reply_by"),
        ("offer-interview", invitation(reply_by="2099-01-01T02:00:00Z"), "/reply_by"),
        ("offer-interview", invitation(starts_at="2027-01-01T02:00:00"), "/starts_at"),
        ("offer-interview", invitation(place=None), ""),
        ("offer-interview", invitation(contact=""), "/contact"),
        ("offer-interview", invitation(fee=10_000), "/fee"),
        ("offer-job", job(start_date="2026-01-01"), "/start_date"),
        ("offer-job", job(reply_by="2099-01-01T02:00:00Z"), "/reply_by"),
        ("offer-job", job(wage={"amount": 0}), "/wage/amount"),
        ("offer-job", job(hours="?"), "/hours"),
        ("reschedule", {"wish": "x" * 301}, "/wish"),
        ("decline", {"why": "lazy"}, "/why"),
    ],
)
async def test_what_makes_no_sense_is_refused_beside_its_field(
    http: Http, sent: str, command: str, body: Any, pointer: str
) -> None:
    answer = await http.act(sent, command, body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await http.get(f"/{sent}")).json()["state"] == "submitted"


@pytest.mark.parametrize(
    ("ahead", "left"), [(timedelta(days=5), 72.0), (timedelta(hours=10), 9.0), (timedelta(hours=1), 0.5)]
)
def test_where_nothing_is_said_an_answer_is_due_in_three_days_and_before_the_interview(
    ahead: timedelta, left: float
) -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    made = invite(starts_at=at + ahead, remote=False, reply_by=None, at=at)
    assert made.reply_by - at == timedelta(hours=left)


async def test_a_repeated_invitation_is_one_and_another_time_waits_for_the_answer(
    http: Http, world: World, sent: str
) -> None:
    asked = invitation(reply_by=(datetime.now(UTC) + timedelta(days=2)).isoformat())
    first = await http.act(sent, "offer-interview", asked)
    assert (await http.act(sent, "offer-interview", asked)).json() == first.json()
    other = {**asked, "starts_at": (datetime.now(UTC) + timedelta(days=7)).isoformat()}
    assert (await http.act(sent, "offer-interview", other)).status_code == 409
    assert await world.told(sent) == ["ApplicationSubmitted", "ApplicationInterviewOffered"]


async def test_why_not_is_counted_and_never_shown_to_the_employer(http: Http, world: World, sent: str) -> None:
    await http.act(sent, "offer-job", job())
    await http.act(sent, "decline", {"why": "child", "reason": "Belum bisa."})
    shown = await http.get(f"/{sent}", OWNER, "employer")
    assert (shown.json()["state"], shown.json()["reason"]) == ("offer_declined", "Belum bisa.")
    assert "child" not in shown.text
    assert '"why":"child"' in (await world.row(_id=sent))["outbox"][-1]["value"]


@pytest.mark.parametrize(
    ("command", "account", "role", "status"),
    [
        *((name, OWNER, "employer", 403) for name in ("accept", "decline", "reschedule")),
        *((name, SITI, "seeker", 403) for name in ("offer-interview", "offer-job", "hire", "correct")),
        *((name, BUDI, "seeker", 404) for name in ("accept", "decline", "reschedule")),
        *((name, STRANGER, "employer", 404) for name in ("offer-interview", "offer-job", "hire")),
        ("correct", OWNER, "employer", 403),
    ],
)
async def test_each_step_belongs_to_one_side_and_to_the_own(
    http: Http, world: World, sent: str, command: str, account: str, role: str, status: int
) -> None:
    bodies: dict[str, Any] = {"offer-interview": invitation(), "offer-job": job(), "correct": {"reason": "Salah."}}
    answer = await http.post(f"/{sent}/{command}", bodies.get(command), account, role)
    assert answer.status_code == status
    assert await world.told(sent) == ["ApplicationSubmitted"]


async def test_an_officer_records_a_hire_that_the_employer_forgot_and_corrects_one(
    http: Http, world: World, sent: str
) -> None:
    await http.taken(sent)
    assert (await http.post(f"/{sent}/hire", None, OFFICER, "officer")).json()["state"] == "hired"
    assert (await http.act(sent, "reject")).status_code == 409
    done = await http.post(f"/{sent}/correct", {"reason": "Orang lain."}, OFFICER, "officer")
    assert (done.json()["state"], done.json()["reason"]) == ("cancelled", "Orang lain.")
    assert '"cause":"corrected"' in (await world.row(_id=sent))["outbox"][-1]["value"]


@pytest.mark.parametrize(
    ("account", "role", "status"), [(SITI, "seeker", 200), (OWNER, "employer", 200), (BUDI, "seeker", 404)]
)
async def test_the_interview_comes_as_a_calendar_file_for_those_who_meet(
    http: Http, sent: str, account: str, role: str, status: int
) -> None:
    assert (await http.get(f"/{sent}/interview.ics", account, role)).status_code == 404
    asked = invitation()
    await http.act(sent, "offer-interview", asked)
    answer = await http.get(f"/{sent}/interview.ics", account, role)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event.decoded("dtstart") == datetime.fromisoformat(asked["starts_at"])
        assert (str(event["location"]), "Penjahit" in str(event["summary"])) == ("Jl. Contoh No. 1", True)


async def test_a_stock_reason_is_read_as_a_sentence_with_the_employers_own_words(http: Http, sent: str) -> None:
    done = await http.act(sent, "reject", {"reason_code": "distance", "reason": "Maaf ya."})
    assert done.json()["reason"] == "Tempat tinggal terlalu jauh. Maaf ya."
    assert (await http.act(sent, "reject", {"reason_code": "distance", "reason": "Maaf ya."})).status_code == 200
    assert (await http.act(sent, "reject", {"reason_code": "hours"})).status_code == 409


async def test_an_invitation_to_somebody_who_just_erased_everything_is_refused_in_words(
    http: Http, world: World
) -> None:
    id = str((await http.apply()).json()["id"])
    await world.vault.destroy(SITI)
    answer = await http.act(id, "offer-interview", invitation())
    assert (answer.status_code, answer.json()["code"]) == (410, "person_erased")
    assert (await world.row(_id=id))["state"] == "submitted"
