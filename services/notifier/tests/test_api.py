"""The inbox inside the application, as its owner (and nobody else) sees it."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from services.notifier.planner import plan
from services.notifier.store import MessageStore
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code, vacancy
from shared.contracts.application import ApplicationHired, ApplicationRejected, ApplicationShortlisted
from shared.contracts.identity import RegistrationRepeated
from shared.sealed import Vault
from shared.testing import TokenMint, envelope

PATH = "/api/v1/notifications"


@pytest.fixture
def read(http: httpx2.AsyncClient, mint: TokenMint) -> Any:
    async def read(account_id: str, role: str = "seeker", **query: Any) -> Any:
        answer = await http.get(PATH, params=query, headers=mint.headers(account_id, role))
        assert answer.status_code == 200, answer.text
        return answer.json()

    return read


async def test_one_notice_shows_how_it_went_over_each_channel(store: MessageStore, read: Any) -> None:
    await store.add(plan(application()))
    await store.messages.update_one({"channel": "email", "recipient": SEEKER}, {"$set": {"state": "sent"}})
    page = await read(SEEKER)
    (item,) = page["items"]
    assert (item["kind"], item["title"], item["state"]) == ("application_received", "Lamaran terkirim", "sent")
    assert item["text"] == (
        "Lamaran Penjahit seragam di Konveksi Melati sudah kami terima, nomor LMR-2026-000001. "
        "Kabar dijanjikan paling lambat Selasa, 1 Desember 2026."
    )
    assert item["channels"] == [{"channel": "email", "state": "sent"}, {"channel": "sms", "state": "waiting"}]
    assert page["next"] is None


async def test_notices_come_newest_first_and_page_by_page_without_a_gap(store: MessageStore, read: Any) -> None:
    kinds = (ApplicationShortlisted, ApplicationRejected, ApplicationHired)
    events = [application(kinds[number % 3], number) for number in range(7)]
    for number, event in enumerate(events):
        later = event.time + timedelta(seconds=number // 2)  # some at the same instant
        await store.add(plan(event.model_copy(update={"time": later})))
    seen, cursor = [], None
    for _ in range(10):
        page = await read(SEEKER, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == 7
    assert len({item["id"] for item in seen}) == 7
    assert [item["at"] for item in seen] == sorted((item["at"] for item in seen), reverse=True)
    assert all(len(item["channels"]) == 2 for item in seen)


async def test_an_employers_notices_are_its_owners_and_nobody_elses(store: MessageStore, read: Any) -> None:
    await store.employers.insert_one({"_id": EMPLOYER, "owner_id": OWNER, "seq": 1})
    await store.add([*plan(application()), *plan(vacancy())])
    assert {item["kind"] for item in (await read(OWNER, "employer"))["items"]} == {
        "new_application",
        "vacancy_published",
    }
    assert [item["kind"] for item in (await read(SEEKER))["items"]] == ["application_received"]
    assert (await read("acc_stranger"))["items"] == []
    assert (await read("acc_officer", "officer"))["items"] == []


async def test_codes_are_not_shown_and_news_of_the_account_is(store: MessageStore, vault: Vault, read: Any) -> None:
    await store.add(plan(await code(vault)))
    await store.add(plan(envelope(RegistrationRepeated(role="seeker"), subject=SEEKER)))
    assert [item["kind"] for item in (await read(SEEKER))["items"]] == ["account_exists"]


async def test_a_link_leads_to_the_next_page(http: httpx2.AsyncClient, mint: TokenMint, store: MessageStore) -> None:
    await store.add([message for number in range(3) for message in plan(application(number=number))])
    answer = await http.get(PATH, params={"limit": 2}, headers=mint.headers(SEEKER, "seeker"))
    assert answer.headers["link"] == f'<{PATH}?cursor={answer.json()["next"]}>; rel="next"'
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "status", "problem"),
    [
        ({"cursor": "nonsense"}, 422, "bad_cursor"),
        ({"cursor": "WyJ4IiwgInkiXQ"}, 422, "bad_cursor"),
        ({"cursor": "WzFlOTksICJ5Il0"}, 422, "bad_cursor"),
        ({"limit": "0"}, 422, "invalid_input"),
        ({"limit": "101"}, 422, "invalid_input"),
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    http: httpx2.AsyncClient, mint: TokenMint, query: dict[str, str], status: int, problem: str
) -> None:
    answer = await http.get(PATH, params=query, headers=mint.headers(SEEKER, "seeker"))
    assert (answer.status_code, answer.json()["code"]) == (status, problem)


async def test_whoever_is_not_signed_in_sees_nothing(http: httpx2.AsyncClient) -> None:
    answer = await http.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
