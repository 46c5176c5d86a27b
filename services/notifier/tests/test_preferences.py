"""The routes by which people choose."""

from typing import Any

import httpx2
import pytest

from services.notifier.tests.events import OWNER, SEEKER
from shared.testing import TokenMint

PATH = "/api/v1/notifications/preferences"


@pytest.fixture
def call(http: httpx2.AsyncClient, mint: TokenMint) -> Any:
    async def call(method: str, account: str, role: str, body: Any = None, **headers: str) -> httpx2.Response:
        return await http.request(method, PATH, json=body, headers={**mint.headers(account, role), **headers})

    return call


async def test_what_was_chosen_is_shown_and_guarded_by_its_version(call: Any) -> None:
    first = await call("GET", SEEKER, "seeker")
    assert (first.status_code, first.headers["etag"], first.json()["language"]) == (200, '"0"', "id")
    assert not first.json()["news"]
    assert not first.json()["shared_phone"]
    body: dict[str, Any] = {
        "language": "en",
        "off": [{"kind": "receipts", "channel": "sms"}],
        "news": True,
        "work_kinds": ["daily"],
    }
    body["shared_phone"] = True
    done = await call("PUT", SEEKER, "seeker", body)
    assert (done.status_code, done.headers["etag"], done.json()["shared_phone"]) == (200, '"1"', True)
    kinds = {kind["kind"]: kind["channels"] for kind in (await call("GET", SEEKER, "seeker")).json()["kinds"]}
    assert {"channel": "sms", "on": False, "may_switch": True} in kinds["receipts"]
    assert {"channel": "email", "on": True, "may_switch": False} in kinds["receipts"]
    assert (await call("PUT", SEEKER, "seeker", body)).status_code == 428
    assert (await call("PUT", SEEKER, "seeker", body, **{"If-Match": '"7"'})).status_code == 412
    again = await call("PUT", SEEKER, "seeker", {"language": "id"}, **{"If-Match": '"1"'})
    assert (again.status_code, again.json()["news"], again.json()["version"]) == (200, False, 2)


async def test_each_role_chooses_about_what_concerns_it(call: Any) -> None:
    seeker = {kind["kind"] for kind in (await call("GET", SEEKER, "seeker")).json()["kinds"]}
    employer = {kind["kind"] for kind in (await call("GET", OWNER, "employer")).json()["kinds"]}
    officer = {kind["kind"] for kind in (await call("GET", "acc_officer", "officer")).json()["kinds"]}
    assert {"receipts", "decisions", "saved", "searches", "safety"} <= seeker
    assert {"applicants", "business", "safety"} <= employer
    assert (seeker & employer, officer) == ({"safety"}, {"safety"})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"off": [{"kind": "safety", "channel": "sms"}]}, "may_not_be_switched_off"),
        ({"off": [{"kind": "nonsense", "channel": "sms"}]}, "may_not_be_switched_off"),
        ({"language": "jv"}, "invalid_input"),
        ({"news": "yes"}, "invalid_input"),
        ({"phone": "0812"}, "invalid_input"),
    ],
)
async def test_what_cannot_be_chosen_is_refused(call: Any, body: dict[str, Any], code: str) -> None:
    answer = await call("PUT", SEEKER, "seeker", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_whoever_is_not_signed_in_chooses_nothing(http: httpx2.AsyncClient) -> None:
    assert (await http.get(PATH)).status_code == 401
    assert (await http.put(PATH, json={})).status_code == 401
