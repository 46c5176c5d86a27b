"""What seekers keep: adverts, searches with alerts, and stopping those alerts without signing in."""

import httpx2

from services.portal.pages.saved_searches import terms
from services.portal.searching import Search
from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import SAVED, SEARCH, VACANCY
from services.portal.tests.walking import sign_in, submit

ADVERT = "/lowongan/LWK-2026-000001-penjahit"
ROOM = "/seekers/me/saved-vacancies"


async def test_advert_is_saved_and_removed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies[f"PUT {ROOM}/vac_1"] = (201, SAVED)
    saved = await submit(browser, ADVERT, {}, to="/lowongan/LWK-2026-000001/simpan")
    assert saved.headers["location"] == f"{ADVERT}?pesan=saved"
    api.replies |= {f"GET {ROOM}/vac_1": (200, SAVED), f"DELETE {ROOM}/vac_1": (200, {})}
    removed = await submit(browser, ADVERT, {}, to="/lowongan/vac_1/lepas")
    assert removed.headers["location"] == f"{ADVERT}?pesan=unsaved"
    assert len(api.sent("DELETE", f"{ROOM}/vac_1")) == 1


async def test_full_or_early_is_told(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    for code in ("too_many_saved", "vacancy_not_known_yet"):
        api.replies[f"PUT {ROOM}/vac_1"] = problem(409, code)
        answer = await submit(browser, ADVERT, {}, to="/lowongan/LWK-2026-000001/simpan")
        assert 'role="status"' in (await browser.get(answer.headers["location"])).text


async def test_recalled_advert_warns_and_has_no_link(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies[f"GET {ROOM}"] = (200, page({**SAVED, "state": "recalled"}))
    html = (await browser.get("/simpanan")).text
    assert "Jangan membayar" in html
    assert f'href="{ADVERT}"' not in html
    assert 'action="/lowongan/vac_1/lepas"' in html


async def test_results_offer_to_keep_the_search(browser: httpx2.AsyncClient) -> None:
    html = (await browser.get("/lowongan?q=jahit&workplace=home&wage_min=1000000")).text
    assert 'href="/simpanan/cari?q=jahit&amp;workplace=home&amp;wage_min=1000000"' in html
    asked = await browser.get("/simpanan/cari?q=jahit")
    assert asked.headers["location"].startswith("/masuk?lanjut=%2Fsimpanan%2Fcari%3Fq%3Djahit")


def test_terms_of_a_search() -> None:
    search = Search.read("q=jahit&kind=daily&workplace=home&workplace=hybrid&wage_min=1000000&near=35.77.01.1008")
    assert terms(search) == {
        "q": "jahit",
        "kind": ["daily"],
        "workplace": ["home", "hybrid"],
        "wage_min": 1_000_000,
    }


def test_every_filter_but_the_date_is_kept() -> None:
    search = Search.read(
        "bidang=7&hours=school&education=smp&may_bring_child=true&near=35.77.01.1008&within_km=3"
        "&kelurahan=35.77.01.1001&published_since=2026-11-01&sort=wage"
    )
    assert terms(search) == {
        "kelurahan": ["35.77.01.1001"],
        "bidang": ["7"],
        "hours": ["school"],
        "education": "smp",
        "may_bring_child": True,
        "near": "35.77.01.1008",
        "within_km": 3.0,
    }


async def test_what_a_search_keeps_is_said_on_its_page_and_in_the_list(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get("/simpanan/cari?q=jahit&bidang=7&education=smp&published_since=2026-11-01")).text
    assert html.count('class="tag info"') == 3
    row = {**SEARCH, "may_bring_child": True, "near": "35.77.01.1008", "within_km": 3.0}
    api.replies["GET /seekers/me/saved-searches"] = (200, page(row))
    html = (await browser.get("/simpanan")).text
    assert "3 km" in html
    assert "anak" in html


async def test_search_is_sent_whole(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /seekers/me/saved-searches"] = (201, SEARCH)
    answer = await submit(browser, "/simpanan/cari?q=jahit", {"rhythm": "weekly", "hour": "18", "channel": "sms"})
    assert answer.headers["location"] == "/simpanan?pesan=search_saved"
    sent = {"q": "jahit", "rhythm": "weekly", "hour": 18, "channel": "sms"}
    assert api.sent("POST", "/seekers/me/saved-searches") == [sent]
    errors = [{"pointer": "/channel", "detail": "Isi e-mail di profil dulu."}]
    api.replies["POST /seekers/me/saved-searches"] = problem(422, "channel_without_address", errors=errors)
    refused = await submit(browser, "/simpanan/cari?q=jahit", {"rhythm": "daily", "hour": "7", "channel": "email"})
    assert refused.text.count("Isi e-mail di profil dulu.") == 2


async def test_search_is_stopped_and_deleted(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies |= {"(PATCH|DELETE) /seekers/me/saved-searches/srch_1": (200, SEARCH)}
    await submit(browser, "/simpanan", {}, to="/simpanan/cari/srch_1/henti")
    assert api.sent("PATCH", "/seekers/me/saved-searches/srch_1") == [{"active": False}]
    gone = await submit(browser, "/simpanan", {}, to="/simpanan/cari/srch_1/hapus")
    assert gone.headers["location"] == "/simpanan?pesan=search_hapus"


async def test_alerts_stop_in_one_click(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /seekers/stop-alerts"] = (200, {})
    shown = await browser.get("/kabar/henti?t=abc")
    assert 'action="/kabar/henti?t=abc"' in shown.text
    assert not api.sent("POST", "/seekers/stop-alerts")
    assert "set-cookie" not in shown.headers
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    body = {"List-Unsubscribe": "One-Click"}
    done = await browser.post("/kabar/henti?t=abc", data=body, headers=headers)
    assert (done.status_code, api.sent("POST", "/seekers/stop-alerts")) == (200, [{"token": "abc"}])
    api.replies["POST /seekers/stop-alerts"] = problem(404, "stop_link_unknown")
    assert (await browser.post("/kabar/henti?t=x")).status_code == 404


async def test_an_api_without_saving(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /seekers/me/saved-.*"] = problem(404, "not_found")
    assert (await browser.get("/simpanan")).status_code == 200
    assert VACANCY["title"] in (await browser.get(ADVERT)).text
