"""The page on which people choose what they are told."""

import httpx2

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import PREFERENCES
from services.portal.tests.walking import sign_in, submit

PATH = "/notifications/preferences"


async def test_what_is_not_ticked_is_switched_off_and_the_rest_is_left_alone(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies[f"PUT {PATH}"] = (200, PREFERENCES)
    values = {"language": "en", "on": "saved:email", "news": "1", "work": "daily"}
    answer = await submit(browser, "/kabar/atur", values)
    assert answer.headers["location"] == "/kabar/atur?pesan=choices_saved"
    assert api.sent("PUT", PATH) == [
        {
            "language": "en",
            "off": [{"kind": "decisions", "channel": "sms"}],
            "news": True,
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
