"""The officers' desk: messages found by account or number, sent again with a reason, and read before anybody gets
them."""

import asyncio
from typing import Any

import httpx2
import pytest

from services.notifier.planner import plan
from services.notifier.tests.conftest import House
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code
from services.notifier.wording import messages
from shared.contracts.application import ApplicationRejected
from shared.testing import TokenMint

PATH = "/api/v1/notifications"
SITI, PHONE = "siti@contoh.id", "+6281234567890"


@pytest.fixture
def call(http: httpx2.AsyncClient, mint: TokenMint) -> Any:
    async def call(
        method: str, path: str, role: str = "officer", body: Any = None, key: str = "one-form", **query: Any
    ) -> httpx2.Response:
        headers = {**mint.headers("acc_officer", role), "Idempotency-Key": key}
        return await http.request(method, PATH + path, json=body, params=query, headers=headers)

    return call


@pytest.fixture
async def known(house: House) -> House:
    await house.knows(SEEKER, name="Siti", phone=PHONE, email=SITI)
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", email="ratna@contoh.id")
    await house.store.employers.insert_one({"_id": EMPLOYER, "owner_id": OWNER, "seq": 1})
    return house


async def test_messages_are_found_by_account_and_by_number_page_by_page(known: House, call: Any) -> None:
    await known.store.add([*plan(application()), *plan(application(ApplicationRejected, 2))])
    await known.store.add(plan(await code(known.vault)))
    found = (await call("GET", "/messages", account=SEEKER)).json()["items"]
    assert sorted((each["template"], each["channel"]) for each in found) == [
        ("application_received", "email"),
        ("application_received", "sms"),
        ("rejected", "email"),
        ("rejected", "sms"),
    ]
    assert SITI not in str(found)
    assert "Penjahit" not in str(found)
    assert [each["template"] for each in (await call("GET", "/messages", account=OWNER)).json()["items"]] == [
        "new_application"
    ]
    by_number, cursor = [], None
    for _ in range(5):
        more: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = (await call("GET", "/messages", number="LMR-2026-000001", limit=2, **more)).json()
        by_number += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(by_number) == len(set(by_number)) == 3


@pytest.mark.parametrize(
    "query", [{}, {"account": SEEKER, "number": "LMR-2026-000001"}, {"account": PHONE}, {"number": "0812"}]
)
async def test_a_search_by_anything_else_is_refused(call: Any, query: dict[str, str]) -> None:
    assert (await call("GET", "/messages", **query)).status_code == 422


async def test_what_failed_is_sent_again_once_with_its_reason(known: House, call: Any) -> None:
    known.mail.rule = lambda _, before: "550" if before == 0 else "accept"
    known.start()
    (id,) = [one for one in await known.plan(application(ApplicationRejected)) if ":email:" in one]
    await known.until_ended()
    body = {"id": id, "reason": "Alamatnya sudah dibetulkan"}
    first, second = await asyncio.gather(*(call("POST", "/messages/send-again", body=body) for _ in range(2)))
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["again"] | {"at": ""} == {
        "of": id,
        "by": "acc_officer",
        "reason": "Alamatnya sudah dibetulkan",
        "at": "",
    }
    await known.until_ended()
    late = await call("POST", "/messages/send-again", body=body)
    assert (late.status_code, late.json()["id"]) == (201, first.json()["id"]), "pressed again after it was sent"
    other = await call("POST", "/messages/send-again", body=body, key="another-form")
    assert (other.status_code, other.json()["code"]) == (409, "not_again"), "a colleague need not send it too"
    assert len(known.mail.to(SITI)) == 1
    row = await known.store.messages.find_one({"_id": f"{id}:again1"})
    assert row is not None
    assert (row["state"], row["again"]["reason"]) == ("sent", "Alamatnya sudah dibetulkan")


async def test_a_code_what_still_waits_and_what_is_not_there_are_not_sent_again(known: House, call: Any) -> None:
    waiting = plan(application())
    secret = plan(await code(known.vault))
    await known.store.add([*waiting, *secret])
    await known.store.messages.update_one({"_id": secret[0].id}, {"$set": {"state": "sent"}})
    for id, status in ((waiting[0].id, 409), (secret[0].id, 409), ("evt_x:rejected:email:acc", 404)):
        answer = await call("POST", "/messages/send-again", body={"id": id, "reason": "Diminta orangnya"})
        assert answer.status_code == status
    short = await call("POST", "/messages/send-again", body={"id": waiting[0].id, "reason": "x"})
    assert short.status_code == 422


@pytest.mark.parametrize("name", messages())
async def test_every_message_can_be_read_in_both_languages(call: Any, name: str) -> None:
    answer = await call("GET", f"/templates/{name}")
    assert answer.status_code == 200
    assert [reading["language"] for reading in answer.json()["readings"]] == ["id", "en"]


async def test_an_officer_gets_a_mail_to_try_in_the_language_asked_for(known: House, call: Any) -> None:
    await known.knows("account:acc_officer", "contact", name="Pak Budi", email="budi@contoh.id")
    known.start()
    assert (await call("POST", "/templates/rejected/test", body={"language": "en"})).status_code == 202
    await known.until_ended()
    (mail,) = known.mail.to("budi@contoh.id")
    assert mail.parsed["Subject"] == "There is news for you"
    assert (await call("POST", "/templates/code/test", body={})).status_code == 404
    assert (await call("GET", "/templates/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/messages?account=acc_1"),
        ("POST", "/messages/send-again"),
        ("GET", "/templates"),
        ("GET", "/templates/code"),
        ("POST", "/templates/code/test"),
    ],
)
async def test_the_desk_is_for_officers(call: Any, method: str, path: str) -> None:
    assert (await call(method, path, "seeker", {} if method == "POST" else None)).status_code == 403
