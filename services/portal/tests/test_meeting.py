"""Interviews and offers on the pages: what employers send, what seekers answer, what both read."""

from typing import Any

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, INVITED, OFFERED
from services.portal.tests.walking import sign_in, submit

MEETS = {"starts_at_day": "31", "starts_at_month": "1", "starts_at_year": "2999", "clock": "9.30"}
INVITATION = {**MEETS, "remote": "no", "place": "Jl. Contoh 1", "contact": "Bu Ratna"}
JOB = {
    "wage_amount": "Rp 2.500.000",
    "wage_per": "month",
    "hours": "Senin sampai Sabtu",
    "start_date_day": "2",
    "start_date_month": "2",
    "start_date_year": "2999",
}


async def test_an_employer_invites_at_an_hour_of_the_city(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /applications/app_1/offer-interview"] = (200, INVITED)
    done = await submit(browser, "/pelamar/app_1", INVITATION, to="/pelamar/app_1/undang")
    assert done.headers["location"] == "/pelamar/app_1?pesan=decided_offer_interview"
    assert api.sent("POST", "/applications/app_1/offer-interview") == [
        {"starts_at": "2999-01-31T09:30:00+07:00", "remote": False, "place": "Jl. Contoh 1", "contact": "Bu Ratna"}
    ]


async def test_an_employer_offers_the_job(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /applications/app_1/offer-job"] = (200, OFFERED)
    done = await submit(browser, "/pelamar/app_1", JOB, to="/pelamar/app_1/tawari")
    assert done.headers["location"] == "/pelamar/app_1?pesan=decided_offer_job"
    wage = {"amount": 2_500_000, "per": "month"}
    assert api.sent("POST", "/applications/app_1/offer-job") == [
        {"wage": wage, "hours": "Senin sampai Sabtu", "start_date": "2999-02-02"}
    ]


@pytest.mark.parametrize(
    ("to", "fields", "wrong"),
    [
        ("undang", {}, ["starts_at", "clock", "place", "contact"]),
        ("undang", {**INVITATION, "clock": "25"}, ["clock"]),
        ("tawari", {}, ["wage_amount", "start_date", "hours"]),
        ("tawari", {**JOB, "start_date_month": "13"}, ["start_date"]),
    ],
)
async def test_a_form_with_gaps_is_shown_again_opened_and_nothing_is_sent(
    browser: httpx2.AsyncClient, api: FakeApi, to: str, fields: dict[str, str], wrong: list[str]
) -> None:
    sign_in(browser, "employer")
    answer = await submit(browser, "/pelamar/app_1", fields, to=f"/pelamar/app_1/{to}")
    assert answer.status_code == 422
    assert all(f'href="#{name}"' in answer.text for name in wrong)
    assert "<details open>" in answer.text
    assert not [request for request in api.asked if request.method == "POST"]


async def test_a_time_that_the_api_refuses_is_told_beside_its_field(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "employer")
    errors = [{"pointer": "/starts_at", "detail": "Pilih waktu yang belum lewat."}]
    api.replies["POST /applications/app_1/offer-interview"] = problem(422, "bad_time", errors=errors)
    answer = await submit(browser, "/pelamar/app_1", INVITATION, to="/pelamar/app_1/undang")
    assert 'href="#starts_at">Pilih waktu' in answer.text
    assert answer.text.count("Pilih waktu yang belum lewat.") == 2


@pytest.mark.parametrize(
    ("known", "to", "fields", "command", "sent"),
    [
        (INVITED, "bisa", {}, "accept", {}),
        (INVITED, "waktu-lain", {"wish": "Sore saja"}, "reschedule", {"wish": "Sore saja"}),
        (INVITED, "tidak-bisa", {"why": "far"}, "decline", {"why": "far"}),
        (INVITED, "tidak-bisa", {"why": "nonsense"}, "decline", {}),
        (OFFERED, "bisa", {}, "accept", {}),
        (OFFERED, "tidak-bisa", {}, "decline", {}),
    ],
)
async def test_a_seeker_answers_with_one_button(
    browser: httpx2.AsyncClient, api: FakeApi, known: Any, to: str, fields: dict[str, str], command: str, sent: Any
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/app_1"] = (200, known)
    api.replies[f"POST /applications/app_1/{command}"] = (200, known)
    done = await submit(browser, "/lamaran/app_1", fields, to=f"/lamaran/app_1/{to}")
    assert done.headers["location"] == f"/lamaran/app_1?pesan=answered_{command}"
    assert api.sent("POST", f"/applications/app_1/{command}") == [sent]
    assert [r.headers["if-match"] for r in api.asked if r.method == "POST"] == ['"2"']


async def test_an_answer_that_comes_too_late_shows_what_stands(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/app_1"] = (200, INVITED)
    api.replies["POST /applications/app_1/accept"] = problem(409, "wrong_state", state="interview_declined")
    done = await submit(browser, "/lamaran/app_1", {}, to="/lamaran/app_1/bisa")
    assert done.headers["location"] == "/lamaran/app_1?pesan=changed"


@pytest.mark.parametrize("known", [INVITED, OFFERED])
async def test_a_seeker_reads_what_is_offered_and_until_when(
    browser: httpx2.AsyncClient, api: FakeApi, known: Any
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/app_1"] = (200, known)
    api.replies["GET /applications"] = (200, page(known))
    html = (await browser.get("/lamaran/app_1")).text
    said = ("Rp2.500.000 per bulan", "Senin sampai Sabtu") if known is OFFERED else ("Jl. Contoh 1", "Bu Ratna")
    for words in (*said, "Jawab sebelum", "pukul 17.00 WIB"):
        assert words in html
    listed = (await browser.get("/lamaran")).text
    assert "Jawab sekarang" in listed
    assert "pukul 17.00 WIB" in listed


async def test_how_to_reach_an_applicant_is_shown_where_the_api_tells_it(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "employer")
    assert "tel:" not in (await browser.get("/pelamar/app_1")).text
    who = {**APPLICATION["applicant"], "phone": "+6283900000001", "email": None}
    invited = {**INVITED, "commands": ["reject"], "applicant": who}
    api.replies["GET /applications/app_1"] = (200, invited)
    html = (await browser.get("/pelamar/app_1")).text
    assert 'href="tel:+6283900000001"' in html
    assert "/pelamar/app_1/undang" not in html, "only what the state allows is offered"


@pytest.mark.parametrize("role", ["seeker", "employer"])
async def test_an_answer_of_an_api_that_is_older_than_the_pages_is_still_shown(
    browser: httpx2.AsyncClient, api: FakeApi, role: str
) -> None:
    sign_in(browser, role)
    new = ("commands", "interview", "offer", "answer_by", "answer_until")
    api.replies["GET /applications/app_1"] = (
        200,
        {name: value for name, value in APPLICATION.items() if name not in new},
    )
    path = "/lamaran/app_1" if role == "seeker" else "/pelamar/app_1"
    assert (await browser.get(path)).status_code == 200
