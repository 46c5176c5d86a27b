"""Disability: written on a page of its own, ticked with one application, read by its employer, taken back."""

import httpx2

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, DISABILITY, SHARED_DISABILITY
from services.portal.tests.walking import sign_in, submit

HERE, APPLY, SHARED = (
    "/akun/disabilitas",
    "/lowongan/LWK-2026-000001-penjahit/lamar",
    "/applications/app_1/disability",
)
NOTHING = (200, {"condition": None, "help": None, "updated_at": None})
WORDS = {"condition": DISABILITY["condition"], "help": DISABILITY["help"]}


def begin(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    """Signed in, and not an applicant yet."""
    sign_in(browser, "seeker")
    api.replies["GET /applications"] = (200, page())
    api.replies["POST /applications"] = (201, APPLICATION)
    api.replies[f"PUT {SHARED}"] = (200, SHARED_DISABILITY)


async def test_the_words_are_kept_and_removed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["PUT /seekers/me/disability"] = (200, DISABILITY)
    assert WORDS["condition"] in (await browser.get(HERE)).text
    done = await submit(browser, HERE, {"condition": "", "help": "Kursi roda"})
    assert done.headers["location"] == f"{HERE}?pesan=disability_kept"
    gone = await submit(browser, HERE, {"condition": "", "help": ""})
    assert gone.headers["location"] == f"{HERE}?pesan=disability_gone"
    nothing = {"condition": None, "help": None}
    assert api.sent("PUT", "/seekers/me/disability") == [{**nothing, "help": "Kursi roda"}, nothing]


async def test_what_is_too_long_is_said_beside_its_field(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    refused = await submit(browser, HERE, {"help": "x" * 501})
    assert (refused.status_code, refused.text.count("Terlalu panjang")) == (422, 2)
    assert api.sent("PUT", "/seekers/me/disability") == []


async def test_it_is_shared_with_an_application_only_where_it_is_ticked(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    begin(browser, api)
    asked = (await browser.get(APPLY)).text
    assert WORDS["help"] in asked
    assert 'name="share_disability" value="1">' in asked, "never ticked beforehand"
    await submit(browser, APPLY, {"note": "Halo"})
    assert api.sent("PUT", SHARED) == []
    done = await submit(browser, APPLY, {"note": "Halo", "share_disability": "1"})
    assert done.headers["location"] == "/lamaran/app_1/terkirim"
    assert api.sent("PUT", SHARED) == [{**WORDS, "text_version": "2026-12"}]
    assert WORDS["help"] not in str(api.sent("POST", "/applications"))


async def test_whoever_wrote_nothing_is_not_asked(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    begin(browser, api)
    api.replies["GET /seekers/me/disability"] = NOTHING
    assert "share_disability" not in (await browser.get(APPLY)).text


async def test_an_application_stands_where_sharing_fails_and_the_person_is_told(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    begin(browser, api)
    api.replies[f"PUT {SHARED}"] = problem(409, "text_changed")
    done = await submit(browser, APPLY, {"note": "Halo", "share_disability": "1"})
    assert done.headers["location"] == "/lamaran/app_1?pesan=disability_not_shared"
    assert "belum dibagikan" in (await browser.get(done.headers["location"])).text


async def test_it_is_shared_later_and_taken_back_on_the_page_of_the_application(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    begin(browser, api)
    to = "/lamaran/app_1/disabilitas"
    unticked = await submit(browser, "/lamaran/app_1", {}, to=to)
    assert unticked.headers["location"] == "/lamaran/app_1?pesan=disability_not_ticked"
    assert api.sent("PUT", SHARED) == []
    done = await submit(browser, "/lamaran/app_1", {"share_disability": "1"}, to=to)
    assert done.headers["location"] == "/lamaran/app_1?pesan=disability_shared"
    api.replies[f"GET {SHARED}"] = (200, SHARED_DISABILITY)
    api.replies[f"DELETE {SHARED}"] = (204, None)
    back = await submit(browser, "/lamaran/app_1", {}, to=f"{to}/tarik")
    assert back.headers["location"] == "/lamaran/app_1?pesan=disability_taken_back"


async def test_the_own_page_says_who_may_read_it(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get(HERE)).text
    assert "Konveksi Melati" in html
    assert 'action="/lamaran/app_1/disabilitas/tarik"' in html
    ended = {**SHARED_DISABILITY, "condition": None, "help": None}
    api.replies["GET /applications/disability"] = (200, page(ended))
    assert "Konveksi Melati" not in (await browser.get(HERE)).text


async def test_the_employer_reads_it_once_the_application_is_opened(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "employer")
    api.replies[f"GET {SHARED}"] = (200, SHARED_DISABILITY)
    api.replies["GET /applications/app_1"] = (200, {**APPLICATION, "state": "submitted"})
    assert WORDS["help"] not in (await browser.get("/pelamar/app_1")).text
    assert not [each for each in api.asked if each.url.path.endswith("/disability")]
    api.replies["GET /applications/app_1"] = (200, APPLICATION)
    assert WORDS["help"] in (await browser.get("/pelamar/app_1")).text
