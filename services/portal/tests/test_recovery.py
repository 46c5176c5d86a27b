"""The desk's page for a dead phone, and the page on which the owner says no."""

import httpx2

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import RECOVERING
from services.portal.tests.walking import sign_in, submit

QUEUE = "/petugas/pemulihan"
ASKED = {"paper": "ktp", "phone": "0839 0000 0009", "reason": "HP mati total", "seen": "1"}


async def test_sixteen_digits_are_sought_as_a_nik_and_stand_in_no_address(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    answer = await submit(browser, QUEUE, {"sought": "3577 0141 0190 0001"}, to=f"{QUEUE}/cari")
    assert "S*** A***" in answer.text
    assert api.sent("POST", "/seekers/find") == [{"nik": "3577 0141 0190 0001"}]
    assert api.sent("POST", "/accounts/find") == [{"account_id": "acc_1"}]
    assert not any("3577" in str(request.url) for request in api.asked)


async def test_without_the_card_seen_nothing_is_asked(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /accounts/recoveries"] = (201, RECOVERING)
    found = await submit(browser, QUEUE, {"sought": "0839 0000 0001"}, to=f"{QUEUE}/cari")
    token = found.text.split('action="/petugas/pemulihan"')[1].split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "account_id": "acc_1", **ASKED}
    refused = await browser.post(QUEUE, data={**form, "seen": ""})
    assert refused.status_code == 422
    assert "Centang bahwa Anda melihat kartu aslinya." in refused.text
    assert api.sent("POST", "/accounts/recoveries") == []
    asked = await browser.post(QUEUE, data=form)
    assert asked.headers["location"] == f"{QUEUE}?pesan=recovery_asked"
    assert api.sent("POST", "/accounts/recoveries") == [
        {"account_id": "acc_1", "phone": "0839 0000 0009", "paper": "ktp", "reason": "HP mati total"}
    ]


async def test_the_second_officer_ticks_before_agreeing_and_whoever_asked_has_no_button(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    api.replies["POST /accounts/recoveries/rcv_1/confirm"] = (200, RECOVERING)
    to = f"{QUEUE}/rcv_1/setuju"
    assert (await submit(browser, QUEUE, {}, to=to)).status_code == 422
    done = await submit(browser, QUEUE, {"sure": "1"}, to=to)
    assert done.headers["location"] == f"{QUEUE}?pesan=recovery_confirm"
    assert len(api.sent("POST", "/accounts/recoveries/rcv_1/confirm")) == 1
    own = {**RECOVERING, "recovery": {**RECOVERING["recovery"], "mine": True}}  # type: ignore[dict-item]
    api.replies["GET /accounts/recoveries"] = (200, {"items": [own]})
    assert to not in (await browser.get(QUEUE)).text


async def test_the_owner_stops_it_with_the_link_and_only_by_the_button(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["POST /accounts/recoveries/stop"] = (204, None)
    page = await browser.get("/bukan-saya?t=K7QM3FWD")
    assert 'value="K7QM3FWD"' in page.text
    assert api.sent("POST", "/accounts/recoveries/stop") == []
    done = await submit(browser, "/bukan-saya", {"code": "K7QM3FWD"})
    assert "Penggantian dihentikan" in done.text
    api.replies["POST /accounts/recoveries/stop"] = problem(404, "stop_code_unknown")
    wrong = await submit(browser, "/bukan-saya", {"code": "SALAH"})
    assert "Judul stop_code_unknown" in wrong.text
