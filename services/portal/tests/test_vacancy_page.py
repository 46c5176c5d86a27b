"""An advert as everybody sees it: what piecework pays, what has ended, what was recalled, and reporting it."""

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import PIECEWORK, SUMMARY, VACANCY
from services.portal.tests.walking import sign_in, submit

ADVERT = "/lowongan/LWK-2026-000001-penjahit"


async def test_piecework_stands_beside_the_minimum_wage(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    piece = {**VACANCY, "kind": "piecework_home", "wage": None, "piecework": PIECEWORK}
    api.replies["GET /vacancies/LWK-2026-000001"] = (200, {**piece, "hourly_pay": 5000, "hourly_yardstick": 14_001})
    html = (await browser.get(ADVERT)).text
    for words in ("Rp500 per potong", "6 menit per potong", "Rp5.000 per jam", "Rp14.001", "di bawah pembanding"):
        assert words in html
    assert "diantar sendiri" in html
    assert "setiap minggu" in html


@pytest.mark.parametrize(
    ("state", "words"),
    [("closed", "sudah ditutup"), ("expired", "sudah ditutup"), ("filled", "sudah terisi"), ("paused", "dijeda")],
)
async def test_what_takes_no_applications_says_why(
    browser: httpx2.AsyncClient, api: FakeApi, state: str, words: str
) -> None:
    api.replies["GET /vacancies/vac_1/similar"] = (200, page({**SUMMARY, "title": "Penjahit kedua"}))
    api.replies["GET /vacancies/LWK-2026-000001"] = (200, {**VACANCY, "state": state})
    html = (await browser.get(ADVERT)).text
    assert words in html.split("<main")[1]
    assert "noindex" in html
    assert "ld+json" not in html
    assert "Penjahit kedua" in html
    assert '/lamar"' not in html


async def test_recalled_advert_is_gone_with_a_warning(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    detail = "Pelamar diminta membayar."
    api.replies["GET /vacancies/LWK-2026-000001"] = problem(410, "vacancy_recalled", detail=detail)
    for path in (ADVERT, "/en" + ADVERT):
        answer = await browser.get(path)
        assert answer.status_code == 410
        assert detail in answer.text
        assert "noindex" in answer.text
    assert "Jangan membayar" in (await browser.get(ADVERT)).text


async def test_shared_with_its_own_card(browser: httpx2.AsyncClient) -> None:
    html = (await browser.get(ADVERT)).text
    assert '<meta property="og:title" content="Penjahit">' in html
    assert 'property="og:description" content="Konveksi Contoh, Rp2.000.000' in html
    assert 'href="https://wa.me/?text=Penjahit' in html


async def test_report_needs_no_account(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /vacancies/vac_1/reports"] = (202, {"received": True})
    assert f'href="{ADVERT}/lapor"' in (await browser.get(ADVERT)).text
    empty = await submit(browser, f"{ADVERT}/lapor", {})
    assert empty.status_code == 422
    assert "Pilih apa yang tidak beres" in empty.text
    answer = await submit(browser, f"{ADVERT}/lapor", {"category": "asks_money", "text": "Diminta transfer"})
    assert answer.headers["location"] == f"{ADVERT}/lapor/terkirim"
    assert api.sent("POST", "/vacancies/vac_1/reports") == [{"category": "asks_money", "text": "Diminta transfer"}]
    assert "Terima kasih" in (await browser.get(answer.headers["location"])).text


async def test_too_many_reports_are_told(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /vacancies/vac_1/reports"] = problem(429, "rate_limited")
    answer = await submit(browser, f"{ADVERT}/lapor", {"category": "fake"})
    assert answer.status_code == 422
    assert "Judul rate_limited" in answer.text


async def test_officer_gets_to_the_decisions(browser: httpx2.AsyncClient) -> None:
    sign_in(browser, "officer")
    assert 'href="/petugas/lowongan/vac_1"' in (await browser.get(ADVERT)).text
