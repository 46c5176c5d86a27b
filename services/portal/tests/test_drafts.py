"""An application that is begun: kept as it is, found again, gone when it is sent."""

import base64
import json
import re
import time
from typing import Any

import httpx2
import pytest

from services.portal.session import Session
from services.portal.tests.fake_api import FakeApi, cookie, page, problem
from services.portal.tests.samples import APPLICATION, LATER
from services.portal.tests.walking import sign_in, submit

APPLY = "/lowongan/LWK-2026-000001-penjahit/lamar"
DRAFT: dict[str, Any] = {
    "vacancy_id": "vac_1",
    "vacancy_number": "LWK-2026-000001",
    "vacancy_title": "Penjahit",
    "employer_name": "Konveksi Contoh",
    "closes_at": LATER,
    "saved_at": "2026-11-21T03:00:00Z",
    "note": "Setengah jadi",
    "answers": {},
    "documents": [],
}


@pytest.fixture(autouse=True)
def nothing_sent_yet(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())


async def test_what_was_typed_is_kept_by_a_button_and_without_a_check(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["PUT /applications/drafts/vac_1"] = (200, DRAFT)
    html = (await browser.get(APPLY)).text
    assert f'formaction="{APPLY}/simpan"' in html
    answer = await submit(browser, APPLY, {"note": "a" * 400})
    assert answer.status_code == 422
    kept = await browser.post(
        f"{APPLY}/simpan", data={"csrf": html.split('name="csrf" value="')[1].split('"')[0], "note": "Setengah jadi"}
    )
    assert kept.headers["location"] == "/lamaran?pesan=draft_kept"
    assert api.sent("PUT", "/applications/drafts/vac_1") == [{"note": "Setengah jadi"}]


async def test_a_draft_that_cannot_be_kept_is_said(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["PUT /applications/drafts/vac_1"] = problem(409, "vacancy_closed")
    html = (await browser.get(APPLY)).text
    data = {"csrf": html.split('name="csrf" value="')[1].split('"')[0], "note": "Setengah jadi"}
    answer = await browser.post(f"{APPLY}/simpan", data=data)
    assert answer.status_code == 422
    assert "Judul vacancy_closed" in answer.text
    assert "Setengah jadi</textarea>" in answer.text


async def test_a_draft_is_taken_up_sent_and_forgotten(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /applications/drafts/vac_1"] = (200, DRAFT)
    api.replies["POST /applications"] = (201, APPLICATION)
    assert "Setengah jadi</textarea>" in (await browser.get(APPLY)).text
    answer = await submit(browser, APPLY, {"note": "Jadi"})
    assert answer.headers["location"] == "/lamaran/app_1/terkirim"
    assert len(api.sent("DELETE", "/applications/drafts/vac_1")) == 1


async def test_drafts_are_listed_and_thrown_away(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /applications/drafts"] = (200, {"items": [DRAFT]})
    text = (await browser.get("/lamaran")).text
    assert 'href="/lowongan/LWK-2026-000001/lamar"' in text
    answer = await submit(browser, "/lamaran", {}, to="/lamaran/draf/vac_1/hapus")
    assert answer.headers["location"] == "/lamaran?pesan=draft_gone"
    assert len(api.sent("DELETE", "/applications/drafts/vac_1")) == 1


def token(account: str) -> str:
    return f"e30.{base64.urlsafe_b64encode(json.dumps({'sub': account}).encode()).decode().rstrip('=')}.s"


@pytest.fixture
def siti(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    """Signed in, with the form open."""
    del browser.headers["Cookie"]
    ends = int(time.time()) + 600
    session = Session(access=token("acc_siti"), refresh="rt", expires_at=ends, role="seeker")
    browser.cookies.set("sesi", cookie(session)["Cookie"].removeprefix("sesi="), domain="localhost.local")


async def typed(browser: httpx2.AsyncClient) -> dict[str, str]:
    html = (await browser.get(APPLY)).text
    return {"csrf": html.split('name="csrf" value="')[1].split('"')[0], "note": "Tiga tahun menjahit"}


async def enter(browser: httpx2.AsyncClient, api: FakeApi, account: str, to: str) -> str:
    """Sign in by a code, and the address after it."""
    api.replies["POST /login/codes"] = (202, {"request_id": "r1", "expires_in": 300})
    tokens = {"access_token": token(account), "refresh_token": "rt2", "expires_in": 600, "role": "seeker"}
    api.replies["POST /login/codes/r1"] = (200, tokens)
    await submit(browser, to, {"phone": "083912345678"}, to="/masuk")
    return str((await submit(browser, "/masuk/kode", {"code": "123456"})).headers["location"])


@pytest.mark.parametrize("route", ["", "/simpan"])
async def test_what_was_typed_survives_the_end_of_the_sign_in(
    browser: httpx2.AsyncClient, api: FakeApi, siti: None, route: str
) -> None:
    form = await typed(browser)
    api.replies |= {
        "POST /applications": problem(401, "token"),
        "PUT /applications/drafts/vac_1": problem(401, "token"),
    }
    away = await browser.post(APPLY + route, data=form)
    assert away.status_code == 303
    api.replies["PUT /applications/drafts/vac_1"] = (200, DRAFT)
    assert await enter(browser, api, "acc_siti", away.headers["location"]) == APPLY
    assert "Tiga tahun menjahit</textarea>" in (await browser.get(APPLY)).text
    assert api.sent("PUT", "/applications/drafts/vac_1")[-1] == {"note": "Tiga tahun menjahit"}


async def test_another_person_who_signs_in_there_sees_nothing_of_it(
    browser: httpx2.AsyncClient, api: FakeApi, siti: None
) -> None:
    form = await typed(browser)
    api.replies["POST /applications"] = problem(401, "token")
    away = await browser.post(APPLY, data=form)
    await enter(browser, api, "acc_budi", away.headers["location"])
    assert "Tiga tahun" not in (await browser.get(APPLY)).text
    assert api.sent("PUT", "/applications/drafts/vac_1") == []


async def test_what_was_typed_survives_a_system_that_is_away(
    browser: httpx2.AsyncClient, api: FakeApi, siti: None
) -> None:
    form = await typed(browser)
    api.replies["POST /applications"] = problem(503, "unavailable")
    away = await browser.post(APPLY, data=form)
    assert away.status_code == 503
    assert re.search(rf'Tulisan Anda tidak hilang. <a href="{APPLY}"', away.text)
    assert "Tiga tahun menjahit</textarea>" in (await browser.get(APPLY)).text
