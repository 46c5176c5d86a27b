"""A seeker's papers: handed on from the API, and asked for with days that make sense."""

import httpx2

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.walking import sign_in

DAYS = "first_day=1&first_month=11&first_year=2026&last_day=24&last_month=11&last_year=2026"


async def test_the_proof_is_handed_on_and_a_missing_name_leads_to_the_profile(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/app_1/proof.pdf"] = (200, {"pdf": True})
    assert (await browser.get("/lamaran/app_1/bukti.pdf")).json() == {"pdf": True}
    assert "/lamaran/app_1/bukti.pdf" in (await browser.get("/lamaran/app_1")).text
    api.replies["GET /applications/app_1/proof.pdf"] = problem(409, "name_missing")
    answer = await browser.get("/lamaran/app_1/bukti.pdf")
    assert answer.headers["location"] == "/akun/profil?pesan=name_missing"


async def test_the_report_is_asked_for_with_two_days(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/activity.pdf"] = (200, {"pdf": True})
    assert (await browser.get("/lamaran/laporan")).status_code == 200
    assert (await browser.get(f"/lamaran/laporan.pdf?{DAYS}")).json() == {"pdf": True}
    asked = next(request for request in api.asked if request.url.path.endswith("activity.pdf"))
    assert dict(asked.url.params) == {"from": "2026-11-01", "to": "2026-11-24"}


async def test_days_that_make_no_report_are_told_beside_them(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    missing = await browser.get("/lamaran/laporan.pdf?first_day=1&first_month=11&first_year=2026")
    assert (missing.status_code, 'id="last-error"' in missing.text) == (422, True)
    api.replies["GET /applications/activity.pdf"] = problem(422, "period_wrong")
    refused = await browser.get(f"/lamaran/laporan.pdf?{DAYS}")
    assert (refused.status_code, "Judul period_wrong" in refused.text) == (422, True)
