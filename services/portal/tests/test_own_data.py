"""The own data as a paper: everything that the file for machines has, in words, and honest where it is shortened."""

import io
from datetime import UTC, datetime
from typing import Any

import httpx2
from pypdf import PdfReader

from services.portal.own_data import MOST_ENTRIES, OwnData
from services.portal.tests.fake_api import FakeApi, page
from services.portal.tests.samples import APPLICATION
from services.portal.tests.walking import sign_in
from services.portal.words import Words

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


def written(found: dict[str, Any], language: str = "id") -> dict[str, list[str]]:
    """The lines of each part."""
    sections = OwnData(Words(language)).paper(found, at=AT).sections
    return {each.title: [line for entry in each.entries for line in entry.text.split("\n")] for each in sections}


async def test_the_paper_and_the_file_are_both_offered_and_hold_the_same_parts(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get("/data-saya")).text
    assert 'href="/data-saya/unduh.pdf"' in html
    assert 'href="/data-saya/unduh"' in html
    api.replies["GET /applications"] = (200, page(APPLICATION))
    answer = await browser.get("/data-saya/unduh.pdf")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/pdf", "no-store")
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
    for words in ("Siti", "Akun", "Profil", "Lamaran", APPLICATION["number"], "Siapa membaca lamaran", "Dokumen"):
        assert words in text
    sign_in(browser, "employer")
    assert (await browser.get("/en/data-saya/unduh.pdf")).content.startswith(b"%PDF-")


async def test_nobody_gets_one_without_signing_in(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    assert (await browser.get("/data-saya/unduh.pdf")).status_code == 303


def test_what_is_known_is_written_in_words_and_what_is_empty_takes_no_line() -> None:
    profile = {"email": None, "skills": ["las", "cat"], "given": True, "note": "", "history": [{"at": "2026-11-20"}]}
    assert written({"made_at": "x", "profile": profile, "messages": []}) == {
        "Profil": [
            "keterampilan: las, cat",
            "diberikan: ya",
            "riwayat 1, waktu: Jumat, 20 November 2026",
        ]
    }
    assert written({"profile": {"given": False, "brand_new": 3}}, "en") == {"Profile": ["given: no", "brand new: 3"]}


def test_a_list_that_is_too_long_says_how_much_is_left_to_the_other_file() -> None:
    lines = written({"messages": [{"number": str(each)} for each in range(MOST_ENTRIES + 7)]})["Pesan"]
    assert (len(lines), lines[-1]) == (MOST_ENTRIES + 1, "Masih ada 7 lagi. Semuanya ada di berkas JSON.")
