"""Sign-ins that go on by themselves, without ever using a refresh token twice."""

import asyncio

import httpx2
import pytest

from services.portal.client import Api, Away, Refused, Voice, open_client
from services.portal.renewal import Renewals
from services.portal.session import Seal, Session
from services.portal.tests.fake_api import KEY, FakeApi, cookie, problem
from services.portal.tests.samples import TOKENS

SPENT = Session(access="old", refresh="once", expires_at=1, role="seeker")
VOICE = Voice(language="id")


def renewals(api: FakeApi) -> Renewals:
    return Renewals(Api(open_client("http://api", httpx2.MockTransport(api))))


async def test_pages_asked_for_together_share_one_renewal(api: FakeApi) -> None:
    api.replies["POST /tokens/refresh"] = (200, TOKENS)
    shared = renewals(api)
    found = await asyncio.gather(*(shared.fresh(SPENT, VOICE) for _ in range(5)))
    assert {each.access for each in found} == {"at"}
    assert api.sent("POST", "/tokens/refresh") == [{"refresh_token": "once"}]


async def test_a_session_that_is_over(api: FakeApi) -> None:
    api.replies["POST /tokens/refresh"] = problem(401, "token_invalid")
    ended = await renewals(api).fresh(SPENT, VOICE)
    assert (ended.access, ended.refresh, ended.role) == (None, None, None)


@pytest.mark.parametrize("reply", [problem(503, "unavailable"), problem(429, "rate_limited")])
async def test_a_disturbance_signs_nobody_out(api: FakeApi, reply: tuple[int, object]) -> None:
    shared = renewals(api)
    api.replies["POST /tokens/refresh"] = reply
    with pytest.raises((Away, Refused)):
        await shared.fresh(SPENT, VOICE)
    api.replies["POST /tokens/refresh"] = (200, TOKENS)
    assert (await shared.fresh(SPENT, VOICE)).access == "at"


async def test_a_page_renews_and_stores(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /tokens/refresh"] = (200, TOKENS)
    answer = await browser.get("/lamaran", headers=cookie(SPENT))
    assert answer.status_code == 200
    stored = Seal(KEY).open(answer.cookies["sesi"])
    assert stored is not None
    assert (stored.access, stored.refresh) == ("at", "rt")


async def test_a_refused_token_leads_to_the_sign_in(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /tokens/refresh"] = problem(401, "token_invalid")
    answer = await browser.get("/lamaran", headers=cookie(SPENT))
    assert answer.headers["location"].startswith("/masuk?lanjut=%2Flamaran")
