"""Acting for somebody: the way in, the band that says so on every page, and the way back."""

import time

import httpx2
import pytest

from services.portal.session import Helping, Seal, Session
from services.portal.tests.fake_api import KEY, FakeApi, cookie, problem, signed_in_as
from services.portal.tests.helping_samples import ACTING, MANDATE
from services.portal.tests.walking import sign_in, submit


def stored(answer: httpx2.Response) -> Session:
    found = Seal(KEY).open(answer.cookies["sesi"])
    assert found is not None
    return found


def acting(*, expires_in: int = 60) -> Session:
    """An officer in the middle of helping."""
    helping = Helping(mandate="mdt_1", until=MANDATE["sitting_until"], own=signed_in_as("officer"))
    ends = int(time.time()) + expires_in
    return Session(access="acting", expires_at=ends, role="seeker", name="Siti Aminah", helping=helping)


@pytest.mark.parametrize("role", ["officer", "cadre"])
async def test_a_helper_asks_for_the_code_types_it_and_is_in_the_persons_account(
    browser: httpx2.AsyncClient, api: FakeApi, role: str
) -> None:
    sign_in(browser, role)
    api.replies["POST /mandates/codes"] = (202, {"request_id": "code_1", "expires_in": 600})
    api.replies["POST /mandates"] = (201, MANDATE)
    api.replies["POST /mandates/mdt_1/token"] = (200, ACTING)
    asked = await submit(browser, "/bantu", {"phone": "0839 0000 0001", "name": ""})
    assert asked.headers["location"] == "/bantu/kode"
    assert api.sent("POST", "/accounts") == []
    browser.headers["Cookie"] = f"sesi={asked.cookies['sesi']}"
    begun = await submit(browser, "/bantu/kode", {"code": "123 456"})
    assert begun.headers["location"] == "/akun?pesan=help_began"
    assert api.sent("POST", "/mandates") == [{"request_id": "code_1", "code": "123456"}]
    session = stored(begun)
    assert (session.access, session.role, session.name, session.waiting) == ("acting", "seeker", "Siti Aminah", None)
    assert session.helping is not None
    assert (session.helping.own.access, session.helping.own.role) == ("at", role)


async def test_a_person_without_an_account_gets_one_first(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "cadre")
    api.replies["POST /accounts"] = (201, {"role": "seeker", "name": "Siti"})
    api.replies["POST /mandates/codes"] = (202, {"request_id": "code_1", "expires_in": 600})
    await submit(browser, "/bantu", {"phone": "0839 0000 0001", "name": "Siti"})
    assert api.sent("POST", "/accounts") == [{"role": "seeker", "name": "Siti", "phone": "0839 0000 0001"}]


async def test_every_page_says_who_is_helped_and_what_is_the_persons_alone_has_no_link(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    for path in ("/akun", "/lamaran", "/lowongan"):
        html = (await browser.get(path, headers=cookie(acting()))).text
        assert "Anda membantu Siti Aminah." in html
        assert 'action="/bantu/selesai"' in html
    home = (await browser.get("/akun", headers=cookie(acting()))).text
    assert 'href="/data-saya"' not in home
    assert 'href="/akun/dokumen"' not in home
    assert all(request.headers.get("authorization") == "Bearer acting" for request in api.asked)


async def test_the_next_minute_is_asked_for_in_the_helpers_own_name(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["POST /mandates/mdt_1/token"] = (200, {**ACTING, "access_token": "next"})
    answer = await browser.get("/lamaran", headers=cookie(acting(expires_in=5)))
    assert answer.status_code == 200
    (asked,) = (each for each in api.asked if each.url.path.endswith("/token"))
    assert asked.headers["authorization"] == "Bearer at"
    assert stored(answer).access == "next"


@pytest.mark.parametrize("code", ["mandate_over", "sitting_over"])
async def test_whoever_may_help_no_more_is_back_in_the_own_account(
    browser: httpx2.AsyncClient, api: FakeApi, code: str
) -> None:
    api.replies["POST /mandates/mdt_1/token"] = problem(409, code)
    answer = await browser.get("/lamaran", headers=cookie(acting(expires_in=5)))
    assert answer.headers["location"] == "/bantu?pesan=help_over"
    assert (stored(answer).access, stored(answer).role, stored(answer).helping) == ("at", "officer", None)


async def test_finishing_ends_the_mandate_in_the_helpers_name(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /mandates/mdt_1/end"] = (204, None)
    browser.headers["Cookie"] = cookie(acting())["Cookie"]
    answer = await submit(browser, "/akun", {}, to="/bantu/selesai")
    assert answer.headers["location"] == "/bantu?pesan=help_ended"
    (asked,) = (each for each in api.asked if each.url.path.endswith("/end"))
    assert asked.headers["authorization"] == "Bearer at"
    assert (stored(answer).role, stored(answer).helping) == ("officer", None)


async def test_what_is_the_persons_alone_says_so(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /notifications"] = problem(403, "only_in_person")
    answer = await browser.get("/kabar", headers=cookie(acting()))
    assert answer.status_code == 403
    assert "hanya dapat dibuka atau diubah oleh pemilik akun" in answer.text


async def test_the_person_reads_who_helped_and_stops_it(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /mandates/mdt_1/end"] = (204, None)
    html = (await browser.get("/data-saya")).text
    assert "Siapa membantu saya" in html
    assert "kader PKK" in html
    stopped = await submit(browser, "/data-saya", {}, to="/data-saya/bantuan/mdt_1/henti")
    assert stopped.headers["location"] == "/data-saya?pesan=help_stopped#bantuan"


async def test_a_cadre_has_a_page_and_an_officer_a_link_to_it(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    home = await browser.get("/akun", headers=cookie(signed_in_as("cadre")))
    assert home.headers["location"] == "/bantu"
    desk = (await browser.get("/bantu", headers=cookie(signed_in_as("cadre")))).text
    assert 'action="/bantu/mdt_1/lanjut"' in desk
    assert 'href="/petugas"' not in desk
    assert 'href="/bantu"' in (await browser.get("/petugas", headers=cookie(signed_in_as("officer")))).text
    assert (await browser.get("/petugas", headers=cookie(signed_in_as("cadre")))).status_code == 403
