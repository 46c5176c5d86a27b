"""Uploading a table of adverts: looked at first, stored by a second step, in one piece without a script."""

import re
from typing import Any

import httpx2
import pytest

from services.portal.pages.bulk import MOST_CARRIED, pack, unpack
from services.portal.tests.fake_api import FakeApi, cookie, page, problem, signed_in_as
from services.portal.tests.samples import EMPLOYER

TABLE = ("berkas", ("tabel.csv", b"judul\nKasir\n", "text/csv"))


async def sent(browser: httpx2.AsyncClient, role: str, path: str, *files: Any, **values: str) -> httpx2.Response:
    """A form with files, sent from the page that has it."""
    session = signed_in_as(role)
    fields: list[Any] = [("csrf", (None, session.form_token())), *((k, (None, v)) for k, v in values.items())]
    return await browser.post(path, files=[*fields, *files], headers=cookie(session))


def hidden(html: str) -> dict[str, str]:
    form = html[html.index('action="/pasang/unggah/simpan"') if 'unggah/simpan"' in html else 0 :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


async def test_a_table_is_shown_row_by_row_before_anything_is_stored(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    answer = await sent(browser, "employer", "/pasang/unggah", TABLE)
    assert answer.status_code == 200
    assert api.asked[-1].content == b"judul\nKasir\n"
    for words in ("Belum ada yang tersimpan", "Baris 4", "Tulis nama kelurahan.", "upah_min", "catatan", "wanita"):
        assert words in answer.text
    assert "Kirim 1 lowongan ke petugas" in answer.text
    assert "Simpan 2 sebagai draf" in answer.text
    assert not api.sent("POST", "/vacancies/bulk")


@pytest.mark.parametrize(("button", "submit"), [("kirim", True), ("draf", False)])
async def test_what_was_looked_at_is_stored_under_the_key_of_its_page(
    browser: httpx2.AsyncClient, api: FakeApi, button: str, submit: bool
) -> None:
    api.replies["POST /vacancies/bulk"] = (200, {"items": [], "submitted": 1, "drafts": 1})
    carried = hidden((await sent(browser, "employer", "/pasang/unggah", TABLE)).text)
    form = {name: value for name, value in carried.items() if name != "csrf"}
    answer = await sent(browser, "employer", "/pasang/unggah/simpan", **form, langkah=button)
    assert (answer.status_code, answer.headers["location"]) == (303, "/pasang/unggah/selesai?kirim=1&draf=1")
    (body,) = api.sent("POST", "/vacancies/bulk")
    assert (body["submit"], [item["row"] for item in body["items"]]) == (submit, [2, 3])
    assert api.asked[-1].headers["idempotency-key"] == carried["key"]


async def test_without_a_file_or_with_a_bad_one_the_page_says_what_to_do(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    assert "Pilih berkas tabel dulu" in (await sent(browser, "employer", "/pasang/unggah")).text
    api.replies["POST /vacancies/bulk/check"] = problem(
        422, "bad_file", errors=[{"pointer": "/file", "detail": "Berkas Excel ini rusak."}]
    )
    answer = await sent(browser, "employer", "/pasang/unggah", TABLE)
    assert (answer.status_code, "Berkas Excel ini rusak." in answer.text) == (422, True)


async def test_who_owes_answers_is_told_and_nothing_is_lost_silently(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["POST /vacancies/bulk"] = problem(409, "owes_answers")
    answer = await sent(
        browser, "employer", "/pasang/unggah/simpan", isi=pack([{"row": 2, "vacancy": {}}]), key="k" * 12
    )
    assert answer.status_code == 422
    assert "Judul owes_answers" in answer.text


async def test_an_officer_says_for_whom(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /officer/employers"] = (200, page(EMPLOYER))
    assert "Pilih pemberi kerja" in (await sent(browser, "officer", "/petugas/unggah", TABLE)).text
    answer = await sent(browser, "officer", "/petugas/unggah", TABLE, employer_id="emp_1")
    assert 'name="employer_id" value="emp_1"' in answer.text


def test_what_the_page_carries_comes_back_and_a_bomb_does_not() -> None:
    items = [{"row": 2, "vacancy": {"title": "Penjahit"}}]
    assert unpack(pack(items)) == items
    assert len(pack([{"row": n, "vacancy": {"title": "x" * 80}} for n in range(500)])) < MOST_CARRIED
    bomb = pack([{"row": 1, "vacancy": "0" * 20_000_000}])
    assert len(bomb) < MOST_CARRIED
    for text in ("", "no base64!", "aGFsbG8=", bomb):
        assert unpack(text) == []


async def test_ones_own_table_is_handed_on_as_a_file(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies/mine.csv"] = (200, {"nomor": 1})
    answer = await browser.get("/pasang/unduh.csv", headers=cookie(signed_in_as("employer")))
    assert (answer.status_code, answer.json()) == (200, {"nomor": 1})
    assert answer.headers["cache-control"] == "no-store"


async def test_officers_keep_the_words_of_the_search(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /officer/synonyms"] = (201, {})
    values = {"canonical": "penjahit", "variants": "Tukang jahit, garmen\ngarmen"}
    answer = await sent(browser, "officer", "/petugas/padanan", **values)
    assert answer.headers["location"].startswith("/petugas/padanan")
    assert api.sent("POST", "/officer/synonyms") == [
        {"canonical": "penjahit", "variants": ["tukang jahit", "garmen"]}
    ]
    assert "paling sedikit satu kata lain" in (await sent(browser, "officer", "/petugas/padanan", canonical="x")).text
