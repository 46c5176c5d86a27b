"""Officers' statistics: placements recorded and completed; the month as tables and spreadsheet, and its closing."""

import csv
import io

import httpx2
import pytest

from services.portal.labour import month_asked, near, this_month
from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.labour_samples import MONTH, PLACEMENT
from services.portal.tests.walking import sign_in, submit

DESK, IPK = "/petugas/penempatan", "/petugas/ipk"


@pytest.fixture(autouse=True)
def officer(browser: httpx2.AsyncClient) -> None:
    sign_in(browser, "officer")


def test_months_go_over_the_turn_of_the_year_and_none_that_has_not_begun_is_shown() -> None:
    assert near("2026-01") == ("2025-12", "2026-02")
    assert near(this_month()).after is None
    for asked in (None, "", "2026-13", "9999-01", "2099-01", "../x"):
        assert month_asked(asked) == this_month()


async def test_the_list_says_which_hires_lack_something_and_asks_for_the_month_and_scope(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    html = (await browser.get(f"{DESK}?bulan=2026-11&cakupan=AKL")).text
    assert "perlu dilengkapi" in html
    api.replies["GET /placements"] = (200, {"items": [{**PLACEMENT, "state": "cancelled"}], "next": None})
    assert "dibatalkan" in (await browser.get(DESK)).text


async def test_a_job_found_elsewhere_is_recorded_with_what_is_known(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    empty = await submit(browser, f"{DESK}/baru", {"scope": ""})
    assert empty.status_code == 422
    for words in ("Tulis pekerjaannya", "Tulis nama penerima kerja", "Pilih cakupannya"):
        assert empty.text.count(words) == 2
    api.replies["POST /placements"] = (201, PLACEMENT)
    fields = {"job": "Penjaga toko", "employer_name": "Toko Makmur", "scope": "AKAD", "sex": "P", "industry": "G"}
    fields |= {"start_date_day": "1", "start_date_month": "12", "start_date_year": "2026"}
    done = await submit(browser, f"{DESK}/baru", fields)
    assert done.status_code == 303
    [sent] = api.sent("POST", "/placements")
    assert (sent["start_date"], sent["counts"]["sex"], sent["counts"]["age"]) == ("2026-12-01", "P", "?")


async def test_an_unknown_card_number_is_said_beside_its_field(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    text = "Nomor AK-1 ini tidak dikenal."
    errors = [{"pointer": "/card_number", "detail": text}]
    api.replies["POST /placements"] = problem(422, "card_not_known", errors=errors)
    fields = {"job": "Penjaga toko", "employer_name": "Toko", "scope": "AKL", "card_number": "1"}
    refused = await submit(browser, f"{DESK}/baru", fields)
    assert refused.text.count(text) == 2


async def test_what_a_card_says_is_not_asked_again(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    assert 'name="sex"' in (await browser.get(f"{DESK}/app_1")).text
    api.replies["GET /placements/[^/]+"] = (200, {**PLACEMENT, "registered": True})
    assert 'name="sex"' not in (await browser.get(f"{DESK}/app_1")).text
    api.replies["POST /placements/app_1/complete"] = (200, PLACEMENT)
    await submit(browser, f"{DESK}/app_1", {"receiver": "23"})
    assert api.sent("POST", "/placements/app_1/complete")[0]["receiver"] == "23"


async def test_the_month_shows_its_figures_as_table_and_words_of_the_chart_and_leaves_empty_rows_out(
    browser: httpx2.AsyncClient,
) -> None:
    html = (await browser.get(f"{IPK}?bulan=2026-11")).text
    assert "Sisa bulan lalu 12, Terdaftar 4, Ditempatkan 3, Dihapuskan 1, Sisa akhir bulan 12" in html
    assert "1 catatan dari bulan yang sudah ditutup" in html
    assert "C Industri pengolahan" in html
    assert "A Pertanian" not in html


async def test_the_spreadsheet_has_every_table_and_every_row(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get(f"{IPK}/unduh.csv?bulan=2026-11")
    assert "ipk-2026-11.csv" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert ["A Pertanian", "0", "0", "0"] in rows
    assert ["Jumlah", "2", "1", "3"] in rows


async def test_a_month_is_closed_by_whoever_says_that_its_figures_are_checked(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    page = f"{IPK}?bulan=2026-11"
    refused = await submit(browser, page, {}, to=f"{IPK}/tutup")
    assert refused.status_code == 422
    assert api.sent("POST", "/labour/months/2026-11/close") == []
    closed = {**MONTH, "closed_at": "2026-12-02T03:00:00+00:00", "sha256": "ab" * 32, "may_close": False}
    api.replies["POST /labour/months/2026-11/close"] = (200, closed)
    assert (await submit(browser, page, {"sure": "1"}, to=f"{IPK}/tutup")).status_code == 303
    api.replies["GET /labour/months/[^/]+"] = (200, closed)
    html = (await browser.get(page)).text
    assert "ab" * 32 in html
    assert "Tutup bulan ini" not in html
