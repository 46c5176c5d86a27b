"""What employers and officers send: adverts, answers, reasons."""

import httpx2

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, EMPLOYER, VACANCY
from services.portal.tests.walking import sign_in, submit


async def test_advert_from_five_questions(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /vacancies"] = (201, VACANCY)
    fields = {
        "title": "Penjahit",
        "wage_min": "2.000.000",
        "wage_per": "month",
        "hours_days": "mon",
        "hours_start": "8",
        "closes_on_day": "31",
        "closes_on_month": "12",
        "closes_on_year": "2026",
    }
    answer = await submit(browser, "/pasang/baru", fields)
    assert answer.headers["location"] == "/pasang/vac_1?pesan=advert_saved"
    sent = api.sent("POST", "/vacancies")[0]
    assert sent["wage"] == {"min": 2_000_000, "per": "month"}
    assert sent["closes_on"] == "2026-12-31"
    assert (sent["hours"]["days"], sent["hours"]["start"]) == (["mon"], "08:00")


async def test_incomplete_advert_opens_its_form(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["GET /vacancies/vac_1"] = (200, {**VACANCY, "state": "draft", "wage": None})
    errors = [{"pointer": "/wage", "detail": "Tulis upah."}, {"pointer": "/closes_on", "detail": "Tulis tanggal."}]
    api.replies["POST /vacancies/vac_1/submit"] = problem(422, "incomplete", errors=errors)
    answer = await submit(browser, "/pasang/vac_1", {}, to="/pasang/vac_1/kirim")
    assert answer.status_code == 422
    assert 'action="/pasang/vac_1/ubah"' in answer.text
    assert answer.text.count("Tulis tanggal.") == 2


async def test_employer_opens_and_rejects(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /applications/app_1/(view|reject)"] = (200, APPLICATION)
    api.replies["GET /applications"] = (200, page({**APPLICATION, "state": "submitted"}))
    opened = await submit(browser, "/pelamar?lowongan=vac_1", {}, to="/pelamar/app_1/buka")
    assert opened.headers["location"] == "/pelamar/app_1"
    refused = await submit(browser, "/pelamar/app_1", {}, to="/pelamar/app_1/tolak")
    assert refused.status_code == 422
    fields = {"reason": "distance", "words": "Maaf ya."}
    done = await submit(browser, "/pelamar/app_1", fields, to="/pelamar/app_1/tolak")
    assert done.headers["location"] == "/pelamar/app_1?pesan=decided_reject"
    assert api.sent("POST", "/applications/app_1/reject") == [{"reason_code": "distance", "reason": "Maaf ya."}]


async def test_officer_returns_with_reasons(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /employers/emp_1/return"] = (200, EMPLOYER)
    empty = await submit(browser, "/petugas/usaha/emp_1", {}, to="/petugas/usaha/emp_1/kembalikan")
    assert empty.status_code == 422
    done = await submit(browser, "/petugas/usaha/emp_1", {"reasons": "nib"}, to="/petugas/usaha/emp_1/kembalikan")
    assert done.headers["location"] == "/petugas?pesan=employer_returned"
    assert api.sent("POST", "/employers/emp_1/return")[0]["reason"].startswith("NIB tidak ditemukan")


async def test_officer_downloads_an_employers_vacancies_from_its_page(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    assert 'href="/petugas/unduh.csv?usaha=emp_1"' in (await browser.get("/petugas/usaha/emp_1")).text
    api.replies["GET /vacancies/mine.csv"] = (200, {"nomor": 1})
    assert (await browser.get("/petugas/unduh.csv?usaha=emp_1")).status_code == 200
