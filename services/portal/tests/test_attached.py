"""Own documents with an application: ticked when applying, named on its page, opened by its employer."""

import httpx2

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, KEPT
from services.portal.tests.walking import sign_in, submit

APPLY = "/lowongan/LWK-2026-000001-penjahit/lamar"
ATTACHED = {**APPLICATION, "attachments": ["doc_1", "doc_9"]}


async def test_what_is_ticked_goes_with_the_application_and_is_kept_with_a_draft(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    api.replies["POST /applications"] = (201, APPLICATION)
    api.replies["PUT /applications/drafts/[^/]+"] = (200, {})
    waiting = {**KEPT, "id": "doc_2", "state": "scanning"}
    api.replies["GET /seekers/me/documents"] = (200, page(KEPT, waiting))
    html = (await browser.get(APPLY)).text
    assert 'name="attachments" value="doc_1"' in html
    assert "doc_2" not in html, "what was not found clean cannot be attached"
    filled: dict[str, str | list[str]] = {"note": "Saya rajin.", "attachments": ["doc_1"]}
    await submit(browser, APPLY, filled)
    assert api.sent("POST", "/applications")[0]["attachments"] == ["doc_1"]
    await submit(browser, APPLY, filled, to=f"{APPLY}/simpan")
    assert api.sent("PUT", "/applications/drafts/vac_1")[0]["attachments"] == ["doc_1"]


async def test_a_draft_comes_back_with_its_ticks(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    api.replies["GET /applications/drafts/[^/]+"] = (200, {"note": "", "answers": {}, "attachments": ["doc_1"]})
    assert 'value="doc_1" checked' in (await browser.get(APPLY)).text


async def test_without_documents_the_form_says_where_to_keep_some(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    for reply in ((200, page()), problem(503, "unavailable")):
        api.replies["GET /seekers/me/documents"] = reply
        html = (await browser.get(APPLY)).text
        assert 'name="attachments"' not in html
        assert 'href="/akun/dokumen"' in html


async def test_the_person_reads_what_is_attached_and_what_was_deleted_since(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/[^/]+"] = (200, ATTACHED)
    html = (await browser.get("/lamaran/app_1")).text
    assert 'href="/akun/dokumen/doc_1"' in html
    assert "1 dokumen sudah Anda hapus" in html


async def test_the_employer_sees_what_they_are_and_opens_one_by_leave(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "employer")
    api.replies["GET /applications/[^/]+/attachments"] = (200, {"documents": ["doc_1"], "leave": "list"})
    api.replies["POST /applications/[^/]+/attachments/doc_1/leave"] = (200, {"leave": "one"})
    api.replies["GET /applications/[^/]+/disability"] = problem(404, "not_found")
    api.replies["GET /applications/[^/]+/desk"] = (200, {"notes": [], "held": None})
    api.replies["GET /applications/[^/]+"] = (200, {**ATTACHED, "state": "viewed"})
    api.replies["GET /seekers/attachments"] = (200, page(KEPT))
    api.replies["GET /seekers/attachments/doc_1"] = (200, {})
    html = (await browser.get("/pelamar/app_1")).text
    assert 'href="/pelamar/app_1/berkas/doc_1"' in html
    assert (await browser.get("/pelamar/app_1/berkas/doc_1")).status_code == 200
    leaves = {r.url.path: r.headers.get("x-leave") for r in api.asked if "/seekers/attachments" in r.url.path}
    assert leaves == {"/api/v1/seekers/attachments": "list", "/api/v1/seekers/attachments/doc_1": "one"}
    assert not any("one" in str(r.url) and "leave" not in r.url.path for r in api.asked), "no leave in an address"


async def test_a_page_without_its_attachments_is_still_a_page(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["GET /applications/[^/]+/attachments"] = problem(404, "not_found")
    api.replies["GET /applications/[^/]+/disability"] = problem(404, "not_found")
    api.replies["GET /applications/[^/]+/desk"] = (200, {"notes": [], "held": None})
    api.replies["GET /applications/[^/]+"] = (200, {**ATTACHED, "state": "viewed"})
    answer = await browser.get("/pelamar/app_1")
    assert answer.status_code == 200
    assert "/berkas/" not in answer.text
