"""Announcements: four eyes, only those who agreed, each once, slowly, and stopped at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from services.notifier.announcements.spreading import Crier
from services.notifier.announcements.store import AnnouncementStore
from services.notifier.announcements.tokens import StopNews
from services.notifier.choices import Choices, choose
from services.notifier.store import MessageStore
from services.notifier.tests.conftest import House, until
from shared.claims import DUE
from shared.contracts.vacancy import Kind
from shared.testing import TEST_KEY, TokenMint

PATH = "/api/v1/notifications/announcements"
BODY: dict[str, Any] = {
    "indonesian": {"title": "Bursa kerja di Balai Kota", "body": "Sabtu pukul 08.00 ada bursa kerja.\nGratis."},
    "path": "/lowongan",
    "per_minute": 2,
}
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MANISREJO = "35.77.03.1005"


@pytest.fixture
async def announcements(store: MessageStore) -> AnnouncementStore:
    found = AnnouncementStore(store)
    await found.prepare()
    return found


@pytest.fixture
def crier(store: MessageStore, announcements: AnnouncementStore) -> Crier:
    return Crier(store, announcements, StopNews(TEST_KEY))


@pytest.fixture
def call(http: httpx2.AsyncClient, mint: TokenMint, announcements: AnnouncementStore) -> Any:
    async def call(method: str, path: str, by: str = "acc_writer", role: str = "officer", body: Any = None) -> Any:
        headers = {**mint.headers(by, role), "Idempotency-Key": "key-of-this-draft"}
        return await http.request(method, PATH + path, json=body, headers=headers)

    return call


async def agrees(
    store: MessageStore, account: str, *, ward: str = MANISREJO, school: str = "3002", kinds: Sequence[Kind] = ()
) -> None:
    """Somebody who wants news, with the facts of the profile."""
    chosen = choose(Choices(), language="id", off=[], news=True, work_kinds=tuple(kinds), at=AT)
    await store.people.save(account, chosen)
    facts = {"kelurahan_code": ward, "education": school, "seq": 1}
    await store.people.collection.update_one({"_id": account}, {"$set": facts})


async def minute_over(store: MessageStore) -> None:
    await store.announcements.update_many({"next_at": {"$exists": True}}, {"$set": {"next_at": DUE}})


async def told(store: MessageStore) -> list[str]:
    return sorted([row["recipient"] async for row in store.messages.find({"template": "announcement"})])


async def test_only_another_officer_releases_it_and_only_once(call: Any) -> None:
    made = await call("POST", "", body=BODY)
    assert (made.status_code, made.json()["state"], made.json()["mine"]) == (201, "draft", True)
    assert (await call("POST", "", body=BODY)).json()["id"] == made.json()["id"]
    one = f"/{made.json()['id']}"
    own = await call("POST", f"{one}/release")
    assert (own.status_code, own.json()["code"]) == (409, "four_eyes")
    done = await call("POST", f"{one}/release", "acc_other")
    assert (done.status_code, done.json()["state"]) == (200, "released")
    again = await call("POST", f"{one}/release", "acc_third")
    assert (again.status_code, again.json()["code"], again.json()["state"]) == (409, "wrong_state", "released")
    assert [step["by"] for step in (await call("GET", one)).json()["history"]] == ["acc_writer", "acc_other"]
    assert [each["id"] for each in (await call("GET", "")).json()["items"]] == [made.json()["id"]]


@pytest.mark.parametrize("role", ["seeker", "employer"])
async def test_it_is_the_officers_business(call: Any, role: str) -> None:
    assert (await call("GET", "", "acc_x", role)).status_code == 403
    assert (await call("POST", "", "acc_x", role, BODY)).status_code == 403


@pytest.mark.parametrize(
    ("segment", "reached"),
    [
        ({}, ["acc_1", "acc_2", "acc_3"]),
        ({"kelurahan": [MANISREJO]}, ["acc_1", "acc_3"]),
        ({"education": ["6000"]}, ["acc_2"]),
        ({"work_kinds": ["daily"]}, ["acc_1", "acc_2"]),
        ({"kelurahan": [MANISREJO], "work_kinds": ["daily"]}, ["acc_1"]),
    ],
)
async def test_it_goes_to_its_segment_of_those_who_agreed(
    call: Any, crier: Crier, store: MessageStore, segment: dict[str, Any], reached: list[str]
) -> None:
    await agrees(store, "acc_1", kinds=["daily"])
    await agrees(store, "acc_2", ward="35.77.01.1008", school="6000")
    await agrees(store, "acc_3", kinds=["overseas"])
    await store.people.save("acc_silent", Choices())
    id = (await call("POST", "", body={**BODY, "segment": segment, "per_minute": 100})).json()["id"]
    assert (await call("GET", f"/{id}")).json()["recipients"] == len(reached)
    await crier.cry()
    assert await told(store) == []
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    assert await told(store) == reached
    after = (await call("GET", f"/{id}")).json()
    assert (after["state"], after["reached"]) == ("done", len(reached))


async def test_it_keeps_its_pace_reaches_each_once_and_a_stop_ends_it(
    call: Any, crier: Crier, store: MessageStore
) -> None:
    for number in range(5):
        await agrees(store, f"acc_{number}")
    id = (await call("POST", "", body=BODY)).json()["id"]
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    await crier.cry()  # within the same minute
    assert await told(store) == ["acc_0", "acc_1"]
    await minute_over(store)
    await crier.cry()
    assert await told(store) == ["acc_0", "acc_1", "acc_2", "acc_3"]
    stopped = await call("POST", f"/{id}/stop")
    assert (stopped.status_code, stopped.json()["state"], stopped.json()["reached"]) == (200, "stopped", 4)
    await minute_over(store)
    await crier.cry()
    found = [(row["state"], row["code"], "send_at" in row) async for row in store.messages.find({})]
    assert found == [("skipped", "stopped", False)] * 4


async def test_a_crier_who_died_before_counting_tells_nobody_twice(
    call: Any, crier: Crier, store: MessageStore
) -> None:
    for number in range(3):
        await agrees(store, f"acc_{number}")
    id = (await call("POST", "", body=BODY)).json()["id"]
    await call("POST", f"/{id}/release", "acc_other")
    before = await store.announcements.find_one({"_id": id})
    assert before is not None
    await crier.cry()
    await store.announcements.replace_one({"_id": id}, {**before, "next_at": DUE})
    await crier.cry()
    await minute_over(store)
    await crier.cry()
    assert await told(store) == ["acc_0", "acc_1", "acc_2"]


async def test_a_mail_says_how_to_stop_and_one_press_stops_it(
    house: House, http: httpx2.AsyncClient, call: Any, crier: Crier
) -> None:
    await agrees(house.store, "acc_1")
    await house.knows("acc_1", name="Siti", email="siti@contoh.id")
    id = (await call("POST", "", body=BODY)).json()["id"]
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    house.start()
    assert await house.until_ended() == {"sent": 1}
    (mail,) = house.mail.to("siti@contoh.id")
    assert mail.parsed["Subject"] == "Bursa kerja di Balai Kota"
    address = mail.parsed["List-Unsubscribe"].strip("<>")
    assert address.startswith("https://si-caker.example/kabar/berhenti?t=acc_1.")
    token = address.partition("?t=")[2]
    assert (await http.post("/api/v1/notifications/stop-news", json={"token": f"{token}x"})).status_code == 404
    for _ in range(2):
        assert (await http.post("/api/v1/notifications/stop-news", json={"token": token})).status_code == 204
    assert not (await house.store.people.choices("acc_1")).wants_news
    assert (await call("GET", f"/{id}")).json()["recipients"] == 0


async def test_whoever_takes_the_consent_back_meanwhile_gets_nothing(house: House, call: Any, crier: Crier) -> None:
    await agrees(house.store, "acc_1")
    await house.knows("acc_1", name="Siti", email="siti@contoh.id")
    id = (await call("POST", "", body=BODY)).json()["id"]
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    known = await house.store.people.choices("acc_1")
    gone = choose(known, language="id", off=[], news=False, work_kinds=(), at=AT)
    await house.store.people.save("acc_1", gone)
    house.start()
    assert await house.until_ended() == {"skipped": 1}
    await until(lambda: house.mail.accepted == [])


@pytest.mark.parametrize(
    "change",
    [
        {"path": "https://jahat.example"},
        {"path": "//jahat.example"},
        {"per_minute": 0},
        {"indonesian": {"title": "x", "body": "kurang panjang"}},
        {"segment": {"phone": ["08"]}},
    ],
)
async def test_what_cannot_be_sent_is_refused(call: Any, change: dict[str, Any]) -> None:
    answer = await call("POST", "", body={**BODY, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


BREACH: dict[str, Any] = {
    "purpose": "breach",
    "indonesian": {"title": "Nomor HP terbaca orang lain", "body": "Tanggal 23 November, lewat kesalahan kami."},
    "per_minute": 100,
}


async def test_a_breach_is_told_to_everybody_by_both_ways_whatever_they_chose(
    house: House, call: Any, crier: Crier
) -> None:
    await house.knows("acc_1", name="Siti", email="siti@contoh.id", phone="+6281200000001")
    await house.knows("acc_2", name="Budi", email="budi@contoh.id", phone="+6281200000002")
    id = (await call("POST", "", body=BREACH)).json()["id"]
    assert (await call("GET", f"/{id}")).json()["recipients"] == 2
    assert (await call("POST", f"/{id}/release")).json()["code"] == "four_eyes"
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    house.start()
    assert await house.until_ended() == {"sent": 4}
    (mail,) = house.mail.to("siti@contoh.id")
    assert mail.parsed["Subject"] == "PENTING: tentang data pribadi Anda"
    assert mail.parsed["List-Unsubscribe"] is None
    assert {"terbaca" in one.content["text"] for one in house.sms.requests} == {False}


async def test_a_breach_of_some_kelurahan_is_told_there_and_the_kind_of_work_says_nothing_about_it(
    call: Any, crier: Crier, store: MessageStore
) -> None:
    await agrees(store, "acc_1")
    await store.people.collection.insert_one({"_id": "acc_2", "kelurahan_code": MANISREJO, "seq": 1})
    await agrees(store, "acc_3", ward="35.77.01.1008")
    id = (await call("POST", "", body={**BREACH, "segment": {"kelurahan": [MANISREJO]}})).json()["id"]
    await call("POST", f"/{id}/release", "acc_other")
    await crier.cry()
    assert {row["recipient"] async for row in store.messages.find({})} == {"acc_1", "acc_2"}
    refused = await call("POST", "", body={**BREACH, "segment": {"work_kinds": ["daily"]}})
    assert refused.status_code == 422
