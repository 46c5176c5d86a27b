"""Warnings while an advert is written: shown with a way out, and never in the way."""

import httpx2
import pytest

from services.portal.findings import without
from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import VACANCY
from services.portal.tests.walking import sign_in, submit

FINDING = {
    "rule": "M6",
    "level": "warn",
    "field": "conditions",
    "start": 7,
    "end": 27,
    "text": "wanita maks 25 tahun",
    "message": "Umur dan jenis kelamin tidak boleh menjadi syarat.",
    "suggestion": "Tulis kemampuan yang dibutuhkan.",
    "law": "SE Menaker M/6/HK.04/V/2025",
}
DRAFT = {**VACANCY, "state": "draft", "conditions": "Rajin, wanita maks 25 tahun, rapi"}


@pytest.mark.parametrize(
    ("text", "found", "left"),
    [
        ("Rajin, wanita maks 25 tahun, rapi", "wanita maks 25 tahun", "Rajin, rapi"),
        ("- wanita\n- rapi", "wanita", "- rapi"),
        ("Khusus wanita. Rapi", "Khusus wanita", ". Rapi"),
        ("wanita, rapi", "wanita", "rapi"),
        ("Teliti, usia maks 25 tahun", "usia maks 25 tahun", "Teliti"),
        ("Syarat: wanita, rajin", "wanita", "Syarat: rajin"),
        ("Jujur.\n\nWanita\n\nRajin", "Wanita", "Jujur.\n\n\n\nRajin"),
    ],
)
def test_words_are_taken_out(text: str, found: str, left: str) -> None:
    start = text.index(found)
    assert without({"title": text}, field="title", start=start, end=start + len(found), found=found) == left


def test_changed_text_is_left_alone() -> None:
    assert without({"title": "Lain sama sekali"}, field="title", start=0, end=6, found="wanita") is None
    assert without({"state": "wanita"}, field="state", start=0, end=6, found="wanita") is None


async def test_check_page_shows_findings_and_removes_words(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies |= {"GET /vacancies/vac_1": (200, DRAFT), "POST /vacancies/check": (200, {"findings": [FINDING]})}
    api.replies["PATCH /vacancies/vac_1"] = (200, DRAFT)
    html = (await browser.get("/pasang/vac_1")).text
    assert "<mark" in html
    assert "Tulis kemampuan yang dibutuhkan." in html
    assert "SE Menaker" in html
    assert 'action="/pasang/vac_1/kirim"' in html
    answer = await submit(browser, "/pasang/vac_1", {}, to="/pasang/vac_1/hapus-kata")
    assert answer.headers["location"] == "/pasang/vac_1?pesan=advert_reworded"
    assert api.sent("PATCH", "/vacancies/vac_1") == [{"conditions": "Rajin, rapi"}]
    assert api.asked[-1].headers["if-match"] == '"3"'


async def test_findings_while_typing_are_a_part_of_a_page(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /vacancies/check"] = (200, {"findings": [FINDING]})
    answer = await submit(browser, "/pasang/baru", {"conditions": "wanita maks 25 tahun"}, to="/pasang/baru")
    html = (await browser.get("/pasang/baru")).text
    assert answer.status_code == 422
    assert 'data-check="/pasang/cek"' in html
    token = html.split('name="csrf" value="')[-1].split('"')[0]
    part = await browser.post("/pasang/cek", data={"csrf": token, "conditions": "wanita maks 25 tahun"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "wanita maks 25 tahun" in part.text
    assert "<form" not in part.text
    assert api.sent("POST", "/vacancies/check")[-1]["conditions"] == "wanita maks 25 tahun"


async def test_without_the_rules_nothing_is_in_the_way(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies |= {"GET /vacancies/vac_1": (200, DRAFT), "POST /vacancies/check": problem(404, "not_found")}
    answer = await browser.get("/pasang/vac_1")
    assert answer.status_code == 200
    assert "<mark" not in answer.text
