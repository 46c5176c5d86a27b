"""What job seekers send: applications, withdrawals, their profile."""

import httpx2

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, PROFILE
from services.portal.tests.walking import sign_in, submit

ADVERT = "/lowongan/LWK-2026-000001-penjahit"


async def test_apply(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    api.replies["POST /applications"] = (201, APPLICATION)
    answer = await submit(browser, f"{ADVERT}/lamar", {"note": "Halo"})
    assert answer.headers["location"] == "/lamaran/app_1/terkirim"
    assert api.sent("POST", "/applications") == [{"vacancy_id": "vac_1", "note": "Halo"}]
    confirmed = await browser.get("/lamaran/app_1/terkirim")
    assert "LMR-2026-000001" in confirmed.text


async def test_long_note_is_kept(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    answer = await submit(browser, f"{ADVERT}/lamar", {"note": "a" * 301})
    assert answer.status_code == 422
    assert "a" * 301 in answer.text
    assert not api.sent("POST", "/applications")


async def test_withdraw_that_came_too_late(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /applications/app_1/withdraw"] = problem(409, "wrong_state", state="hired")
    answer = await submit(browser, "/lamaran/app_1/tarik", {})
    assert answer.headers["location"] == "/lamaran/app_1?pesan=changed"
    assert "baru saja berubah" in (await browser.get(answer.headers["location"])).text


async def test_profile(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["PUT /seekers/me"] = (200, PROFILE)
    fields = {
        "name": "Siti",
        "education": "3802",
        "skills": "menjahit, obras",
        "nik": "3577 0312",
        "wishes_min_wage": "2.000.000",
        "licences": "sim_c",
        "experience_months": "24",
    }
    answer = await submit(browser, "/akun/profil", fields)
    assert answer.headers["location"] == "/akun?pesan=profile_saved"
    sent = api.sent("PUT", "/seekers/me")[0]
    assert sent["education"] == {"form": "rinci", "code": "3802"}
    assert (sent["skills"], sent["nik"], sent["wishes"]["min_wage"]) == (["menjahit", "obras"], "35770312", 2_000_000)
    assert (sent["licences"], sent["experience_months"], sent["match_hints"]) == (["sim_c"], 24, False)
    put = next(request for request in api.asked if request.method == "PUT")
    assert put.headers["if-match"] == '"4"'
    assert put.headers["authorization"] == "Bearer at"
