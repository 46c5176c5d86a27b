"""The page on which people choose what they are told."""

import httpx2

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import DEVICES, PREFERENCES
from services.portal.tests.walking import sign_in, submit

PATH = "/notifications/preferences"


async def test_what_is_not_ticked_is_switched_off_and_the_rest_is_left_alone(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies[f"PUT {PATH}"] = (200, PREFERENCES)
    values = {"language": "en", "on": "saved:email", "news": "1", "work": "daily", "shared_phone": "1"}
    answer = await submit(browser, "/kabar/atur", values)
    assert answer.headers["location"] == "/kabar/atur?pesan=choices_saved"
    assert api.sent("PUT", PATH) == [
        {
            "language": "en",
            "off": [{"kind": "decisions", "channel": "sms"}],
            "news": True,
            "shared_phone": True,
            "work_kinds": ["daily"],
        }
    ]
    assert [request.headers["if-match"] for request in api.asked if request.method == "PUT"] == ['"3"']


async def test_what_may_not_be_switched_off_has_no_switch_and_says_why(browser: httpx2.AsyncClient) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get("/kabar/atur")).text
    assert 'value="decisions:sms" checked' in html
    assert 'value="saved:email" ' not in html
    assert 'value="saved:email"' in html
    for never in ("decisions:email", "safety:sms"):
        assert never not in html
    assert "tidak bisa dimatikan" in html


async def test_an_employer_is_not_asked_about_news_and_a_change_elsewhere_is_told(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "employer")
    assert 'name="news"' not in (await browser.get("/kabar/atur")).text
    api.replies[f"PUT {PATH}"] = problem(412, "stale_version")
    answer = await submit(browser, "/kabar/atur", {"language": "id"})
    assert answer.headers["location"] == "/kabar/atur?pesan=changed"


async def test_a_browser_can_be_told_too_and_the_page_says_what_it_needs(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get("/kabar/atur")).text
    assert 'data-push="BPublicKey" hidden' in html, "without a script there is no button that does nothing"
    assert "perlu JavaScript" in html
    worker = await browser.get("/sw.js")
    assert (worker.status_code, worker.headers["cache-control"]) == (200, "no-cache")
    assert "javascript" in worker.headers["content-type"]
    api.replies["POST /notifications/devices"] = (201, {"id": "dev_1"})
    given = {"endpoint": "https://push.example/abc", "p256dh": "BKey", "auth": "secret"}
    answer = await submit(browser, "/kabar/atur", given, to="/kabar/atur/perangkat")
    assert answer.headers["location"] == "/kabar/atur?pesan=device_added#perangkat"
    assert api.sent("POST", "/notifications/devices") == [given]


async def test_a_browser_whose_service_we_do_not_know_is_told_so_and_the_choices_stay(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /notifications/devices"] = problem(422, "unknown_push_service")
    answer = await submit(browser, "/kabar/atur", {"endpoint": "https://x"}, to="/kabar/atur/perangkat")
    assert answer.status_code == 422
    assert "Judul unknown_push_service" in answer.text
    assert 'value="decisions:sms" checked' in answer.text


async def test_a_device_is_switched_off_by_a_button_that_needs_no_script(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    path = f"/notifications/devices/{DEVICES['items'][0]['id']}"
    for reply in ((204, None), problem(404, "not_found")):
        api.replies[f"DELETE {path}"] = reply
        answer = await submit(browser, "/kabar/atur", {}, to=f"/kabar/atur/perangkat/{path.split('/')[-1]}/hapus")
        assert answer.headers["location"] == "/kabar/atur?pesan=device_removed#perangkat"


async def test_without_a_key_no_push_is_offered(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /notifications/devices"] = (200, {"public_key": None, "items": []})
    html = (await browser.get("/kabar/atur")).text
    assert "push.js" not in html.replace("data-push", "")
    assert "perangkat" not in html.lower()
