"""Signing in, joining and leaving; forms that are not ours are refused."""

import httpx2
import pytest

from services.portal.session import Seal, Session
from services.portal.tests.fake_api import KEY, ORIGIN, FakeApi, cookie, problem, signed_in_as
from services.portal.tests.samples import TOKENS
from services.portal.tests.walking import submit


async def test_phone_then_code(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /login/codes"] = (202, {"request_id": "req_1", "expires_in": 300})
    api.replies["POST /login/codes/req_1"] = (200, TOKENS)
    asked = await submit(browser, "/masuk?lanjut=/lamaran", {"phone": "0812 3456 7890"}, to="/masuk")
    assert (asked.status_code, asked.headers["location"]) == (303, "/masuk/kode")
    done = await submit(browser, "/masuk/kode", {"code": "123 456"})
    assert (done.status_code, done.headers["location"]) == (303, "/lamaran")
    assert api.sent("POST", "/login/codes/req_1") == [{"code": "123456"}]
    session = Seal(KEY).open(browser.cookies["sesi"])
    assert session is not None
    assert (session.role, session.name, session.waiting) == ("seeker", "Siti", None)


async def test_a_wrong_code_is_told_and_can_be_tried_again(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /login/codes"] = (202, {"request_id": "req_1", "expires_in": 300})
    api.replies["POST /login/codes/req_1"] = problem(401, "code_invalid")
    await submit(browser, "/masuk", {"phone": "08123"})
    refused = await submit(browser, "/masuk/kode", {"code": "000000"})
    assert refused.status_code == 422
    assert "<title>Salah:" in refused.text
    assert 'href="#code"' in refused.text
    assert 'aria-invalid="true"' in refused.text


async def test_register_seeker(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /accounts"] = (201, {"role": "seeker", "name": "Siti"})
    api.replies["POST /login/codes"] = (202, {"request_id": "req_1", "expires_in": 300})
    answer = await submit(browser, "/daftar", {"name": "Siti", "phone": "0812"})
    assert answer.headers["location"] == "/masuk/kode"
    assert api.sent("POST", "/accounts") == [{"role": "seeker", "name": "Siti", "phone": "0812"}]


async def test_refused_registration_keeps_what_was_typed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    errors = [{"pointer": "/password", "detail": "Kata sandi terlalu pendek."}]
    api.replies["POST /accounts"] = problem(422, "invalid_input", errors=errors)
    fields = {"name": "Sri", "email": "sri@contoh.id", "password": "rahasia-sekali"}
    answer = await submit(browser, "/daftar/usaha", fields)
    assert answer.status_code == 422
    assert 'value="sri@contoh.id"' in answer.text
    assert "rahasia-sekali" not in answer.text
    assert answer.text.count("Kata sandi terlalu pendek.") == 2


async def test_onward_never_leaves_the_site(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /login"] = (200, {**TOKENS, "role": "employer"})
    fields = {"email": "a@contoh.id", "password": "x"}
    answer = await submit(browser, "/masuk/email?lanjut=//jahat.example", fields, to="/masuk/email")
    assert answer.headers["location"] == "/akun"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_forms_of_other_sites_are_refused(
    browser: httpx2.AsyncClient, api: FakeApi, headers: dict[str, str]
) -> None:
    session = signed_in_as("seeker")
    fields = {"csrf": session.form_token()}
    answer = await browser.post("/lamaran/app_1/tarik", data=fields, headers={**cookie(session), **headers})
    assert answer.status_code == 403
    assert not api.sent("POST", "/applications/app_1/withdraw")


@pytest.mark.parametrize("token", ["", "x.y", Session().form_token()], ids=["none", "odd", "of another"])
async def test_forms_without_our_token_are_refused(browser: httpx2.AsyncClient, api: FakeApi, token: str) -> None:
    answer = await browser.post(
        "/lamaran/app_1/tarik", data={"csrf": token}, headers={**cookie(signed_in_as("seeker")), "Origin": ORIGIN}
    )
    assert answer.status_code == 403
    assert not api.sent("POST", "/applications/app_1/withdraw")


async def test_sign_out_forgets_everything(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    session = signed_in_as("seeker")
    browser.headers["Cookie"] = cookie(session)["Cookie"]
    answer = await submit(browser, "/akun", {}, to="/keluar")
    assert api.sent("POST", "/tokens/revoke") == [{"refresh_token": "rt"}]
    left = Seal(KEY).open(answer.cookies["sesi"])
    assert left is not None
    assert (left.access, left.refresh, left.name) == (None, None, "")
    assert left.secret != session.secret
    assert answer.headers["clear-site-data"] == '"cache"'


async def test_a_borrowed_phone_keeps_nothing_and_is_offered_no_push(browser: httpx2.AsyncClient) -> None:
    browser.headers["Cookie"] = cookie(signed_in_as("seeker").model_copy(update={"borrowed": True}))["Cookie"]
    page = await browser.get("/kabar/atur")
    assert "data-push=" not in page.text
    assert page.headers["cache-control"] == "no-store"
    answer = await submit(browser, "/akun", {}, to="/keluar")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
