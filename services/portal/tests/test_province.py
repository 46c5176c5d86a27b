"""A province's adverts: the badge for everybody, its origin for officers, and a later text that waits."""

from typing import Any

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import VACANCY
from services.portal.tests.test_findings import FINDING
from services.portal.tests.walking import sign_in, submit

ADVERT, ONE = "/lowongan/LWK-2026-000001-penjahit", "/petugas/lowongan/vac_1"
ORIGIN: dict[str, Any] = {
    "name": "Disnaker Provinsi Jawa Timur",
    "province": "35",
    "url": "https://example.go.id/lowongan/1",
    "id": "JT-77",
    "revision": 3,
}
BADGE = "dari Disnaker Provinsi Jawa Timur"
UNVERIFIED = {**VACANCY["employer"], "verified": False}
THEIRS = {**VACANCY, "source": "province", "employer": UNVERIFIED, "origin": ORIGIN, "flags": []}
WAITING: dict[str, Any] = {
    "revision": 3,
    "since": "2026-11-23T03:00:00Z",
    "employer_name": "Konveksi Contoh",
    "flags": [FINDING],
    "new": {"title": "Kepala penjahit", "description": "Memimpin enam penjahit."},
}


@pytest.fixture
def api(api: FakeApi) -> FakeApi:
    api.replies |= {"GET /vacancies/LWK-2026-000001": (200, THEIRS), "GET /vacancies/vac_1": (200, THEIRS)}
    return api


async def test_everybody_sees_who_sent_it_and_applies_where_the_sender_says(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    html = (await browser.get(ADVERT)).text
    assert BADGE in html
    assert 'href="https://example.go.id/lowongan/1"' in html
    assert "/lamar" not in html
    assert "JT-77" not in html
    assert "from Disnaker Provinsi Jawa Timur" in (await browser.get("/en" + ADVERT)).text


async def test_whoever_opens_the_form_for_it_comes_back_to_the_advert(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    answer = await browser.get(f"{ADVERT}/lamar")
    assert (answer.status_code, answer.headers["location"]) == (303, ADVERT)


async def test_without_an_address_people_apply_here(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    here = {**THEIRS, "origin": {**ORIGIN, "url": None}}
    api.replies |= {"GET /vacancies/LWK-2026-000001": (200, here)}
    html = (await browser.get(ADVERT)).text
    assert BADGE in html
    assert f"{ADVERT}/lamar" in html


async def test_the_queue_and_the_page_of_an_officer_name_the_sender_and_it_can_be_published(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    submitted = {**THEIRS, "state": "submitted"}
    api.replies |= {"GET /officer/vacancies": (200, page(submitted)), "GET /vacancies/vac_1": (200, submitted)}
    assert BADGE in (await browser.get("/petugas")).text
    html = (await browser.get(ONE)).text
    for words in (BADGE, "JT-77 (versi 3)", "Tayangkan lowongan"):
        assert words in html


async def test_a_later_text_waits_in_its_own_queue_and_is_published_with_a_reason_where_it_is_unfair(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    live = {**THEIRS, "waiting": WAITING}
    api.replies |= {"GET /officer/revisions": (200, page(live)), "GET /vacancies/vac_1": (200, live)}
    assert "Perubahan lowongan yang tayang" in (await browser.get("/petugas")).text
    html = (await browser.get(ONE)).text
    for words in ("Kepala penjahit", "Memimpin enam penjahit.", "M6"):
        assert words in html
    api.replies["POST /vacancies/vac_1/revision/adopt"] = problem(409, "fairness_unjustified")
    again = await submit(browser, ONE, {}, to=f"{ONE}/perubahan/tayangkan")
    assert again.status_code == 422
    api.replies["POST /vacancies/vac_1/revision/adopt"] = (200, THEIRS)
    done = await submit(browser, ONE, {"publish_reason": "Asrama putri."}, to=f"{ONE}/perubahan/tayangkan")
    assert done.status_code == 303
    sent = {"accept_flags": True, "reason": "Asrama putri."}
    assert api.sent("POST", "/vacancies/vac_1/revision/adopt")[-1] == sent


async def test_the_old_text_is_kept_with_a_reason(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies |= {
        "GET /vacancies/vac_1": (200, {**THEIRS, "waiting": WAITING}),
        "POST /vacancies/vac_1/revision/discard": (200, THEIRS),
    }
    without = await submit(browser, ONE, {"revision_words": ""}, to=f"{ONE}/perubahan/lewati")
    assert "Tulis alasannya" in without.text
    await submit(browser, ONE, {"revision_words": "Judulnya menyesatkan."}, to=f"{ONE}/perubahan/lewati")
    assert api.sent("POST", "/vacancies/vac_1/revision/discard") == [{"reason": "Judulnya menyesatkan."}]
