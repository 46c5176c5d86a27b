"""On real Kafka: the fake province and the real worker. Every record is answered, and the books agree."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.province import records
from deploy.province.books import Books
from deploy.province.checker import check, heal, read_all
from deploy.province.wire import RECEIPT, Event, Wire, ending, request, vacancy
from services.vacancy.commands.feed import Feed
from services.vacancy.commands.province import ProvinceCommands
from services.vacancy.domain import province as decisions
from services.vacancy.intake.answering import Answering
from services.vacancy.intake.consumer import GROUP, Intake
from services.vacancy.main import workshop
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City, Hands
from services.vacancy.tests.making import NOW
from shared.kafka import Publisher
from shared.relay import Relay
from shared.testing import Bus

ENDS = ("vacancy", "request", "receipt", "outbound")
TOPICS = (*(f"province.35.{end}" for end in ENDS), "province.retry", "province.dead", "vacancy", "employer")
OWNER, OFFICER = ("acc_owner", "employer"), ("acc_officer", "officer")


@dataclass
class Desk:
    """The parts of the worker that speak with the province, at the clock of the test."""

    intake: Intake
    feed: Feed
    relay: Relay
    wire: Wire

    async def answered(self, sent: Event) -> Event:
        receipt = await self.wire.receipt(await self.wire.send(sent))
        data: Event = receipt["data"]
        return data


@pytest.fixture
async def desk(
    store: VacancyStore,
    clock: Hands,
    kafka_url: str,
    prefix: str,
    make_topics: Callable[..., Awaitable[None]],
) -> AsyncIterator[Desk]:
    await make_topics(*TOPICS)
    publisher, stopping = Publisher(kafka_url, client_id="test"), asyncio.Event()
    feed = Feed(store, publisher, topic_prefix=prefix, clock=clock)
    answering = Answering(ProvinceCommands(store, clock=clock), feed, publisher, topic_prefix=prefix)
    intake = Intake(
        url=kafka_url, group=GROUP, reactions={}, publisher=publisher, topic_prefix=prefix, answering=answering
    )
    relay = Relay(store.vacancies.collection, publisher, topic_prefix=prefix)
    parts = [asyncio.create_task(run(stopping)) for run in (intake.run, feed.run, relay.run)]
    async with Wire(kafka_url, prefix=prefix) as wire:
        yield Desk(intake, feed, relay, wire)
    stopping.set()
    await asyncio.gather(*parts)
    await publisher.stop()


async def until(check: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(30):
        while not (found := await check()):
            await asyncio.sleep(0.05)
    return found


async def test_every_golden_record_has_the_receipt_that_the_kit_promises(desk: Desk, bus: Bus) -> None:
    for case in records.read(today=records.WRITTEN_FOR, suffix="t"):
        receipt = await records.send(desk.wire, case)
        assert {name: receipt["data"][name] for name in case["receipt"]} == case["receipt"], case["what"]
    assert [json.loads(each.value)["type"] for each in await bus.records("province.dead")] == [
        "ProvinceVacancyOffered.v9"
    ]


async def test_a_record_that_comes_twice_has_one_effect_and_the_same_receipt(
    desk: Desk, store: VacancyStore, bus: Bus
) -> None:
    await desk.answered(vacancy("JT-1", closes_on="2026-01-31"))
    (record,) = await bus.records("province.35.vacancy")
    before = await store.vacancies.find(decisions.vacancy_id("35", "JT-1"))
    await desk.intake.handle([record])
    assert before is not None
    assert await store.vacancies.find(before.id) == before
    receipts = [json.loads(each.value) for each in await bus.records("province.35.receipt")]
    assert len({each["id"] for each in receipts}) == 1
    assert [each["data"]["status"] for each in receipts] == ["accepted", "accepted"]


async def test_garbage_in_any_number_stops_nobody(desk: Desk) -> None:
    odd = [b"", b"\xff\xfe", b"[]", b"{}", b"null", b'{"data": 5}', b"[" * 5000]
    odd.append(b'{"data": {"origin_id": "\\ud800"}}')  # half a character
    for number in range(24):
        await desk.wire.send_raw("vacancy", f"bad-{number % 3}", odd[number % len(odd)])
    assert (await desk.answered(vacancy("JT-1", closes_on="2026-01-31")))["status"] == "accepted"

    async def all_answered() -> bool:
        told = [each["data"] async for each in desk.wire.stream("receipt") if each["type"] == RECEIPT]
        return len([each for each in told if each["status"] == "rejected"]) == 24

    await until(all_answered)


async def test_what_cannot_be_judged_in_time_is_parked_and_judged_when_it_is_sent_through_again(
    desk: Desk, bus: Bus, store: VacancyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = desk.intake.answering._commands
    real, shortened = commands.offered, {"RETRY_BUDGET": 1.0, "LEAST_TRIES": 1}
    for name, value in shortened.items():
        monkeypatch.setattr(f"shared.handling.{name}", value)

    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a defect of ours")

    monkeypatch.setattr(commands, "offered", broken)
    parked = await desk.answered(vacancy("JT-1", closes_on="2026-01-31"))
    assert (parked["status"], parked["reason_code"]) == ("parked", "not_judged")
    monkeypatch.setattr(commands, "offered", real)
    (dead,) = await bus.records("province.dead")
    await bus.publish_raw("province.retry", dead.key, dead.value, dead.headers)

    async def judged() -> list[Event]:
        told = [each["data"] async for each in desk.wire.stream("receipt") if each["type"] == RECEIPT]
        return [each for each in told if each["status"] == "accepted"]

    (receipt,) = await until(judged)
    assert (receipt["origin_id"], receipt["offset"]) == ("JT-1", parked["offset"])


async def test_theirs_is_published_by_an_officer_with_its_origin_and_their_ending_ends_it(
    desk: Desk, city: City
) -> None:
    receipt = await desk.answered(vacancy("JT-1", closes_on="2026-01-31"))
    path = f"/vacancies/{receipt['vacancy_id']}"
    (queued,) = (await city.done("GET", "/officer/vacancies", OFFICER))["items"]
    assert (queued["number"], queued["source"]) == (receipt["vacancy_number"], "province")
    assert queued["origin"]["name"] == "Disnaker Provinsi Jawa Timur"
    assert (queued["origin"]["id"], queued["origin"]["revision"]) == ("JT-1", 1)
    await city.done("POST", f"{path}/publish", OFFICER)
    shown = (await city.ask("GET", path)).json()
    assert (shown["state"], shown["origin"]["id"]) == ("published", None)
    await desk.answered(ending("JT-1", revision=2, reason="filled"))
    assert (await city.ask("GET", path)).json()["state"] == "filled"

    async def decisions_told() -> list[tuple[str, str]]:
        told = [each async for each in desk.wire.stream("receipt") if each["type"] != RECEIPT]
        found = [(each["data"]["origin_id"], each["data"]["state"]) for each in told]
        return found if len(found) == 2 else []

    assert await until(decisions_told) == [("JT-1", "published"), ("JT-1", "filled")]


async def test_a_later_text_of_a_live_one_waits_for_an_officer_who_takes_it_or_keeps_the_old(
    desk: Desk, city: City
) -> None:
    first = await desk.answered(vacancy("JT-1", closes_on="2026-01-31"))
    path = f"/vacancies/{first['vacancy_id']}"
    await city.done("POST", f"{path}/publish", OFFICER)
    assert (await city.done("GET", "/officer/revisions", OFFICER))["items"] == []
    await desk.answered(vacancy("JT-1", revision=2, title="Kepala gudang", openings=5, closes_on="2026-01-31"))
    shown = (await city.ask("GET", path)).json()
    assert (shown["title"], shown["openings"], shown["waiting"]) == ("Operator gudang", 5, None)
    (waiting,) = (await city.done("GET", "/officer/revisions", OFFICER))["items"]
    assert (waiting["waiting"]["revision"], waiting["waiting"]["new"]) == (2, {"title": "Kepala gudang"})
    await city.done("POST", f"{path}/revision/adopt", OFFICER)
    assert (await city.ask("GET", path)).json()["title"] == "Kepala gudang"
    await desk.answered(vacancy("JT-1", revision=3, title="Bos gudang", openings=5, closes_on="2026-01-31"))
    await city.done("POST", f"{path}/revision/discard", OFFICER, {"reason": "Judulnya tidak jelas."})
    assert (await city.ask("GET", path)).json()["title"] == "Kepala gudang"
    assert (await city.ask("POST", f"{path}/revision/adopt", OFFICER)).json()["code"] == "no_revision"
    assert (await city.ask("GET", "/officer/revisions", OWNER)).status_code == 403


async def test_a_copy_of_one_of_ours_is_a_duplicate_and_one_that_only_looks_like_it_is_flagged(
    desk: Desk, city: City
) -> None:
    await city.employer("acc_owner")
    ours = await city.vacancy("acc_owner", "published")
    echo = await desk.answered(vacancy("JT-1", city_number=ours["number"], closes_on="2026-01-31"))
    assert (echo["status"], echo["reason_code"]) == ("rejected", "duplicate")
    alike = {"title": ours["title"].upper(), "employer_name": "JAHIT contoh", "closes_on": "2026-01-31"}
    near = await desk.answered(vacancy("JT-2", kelurahan_code=ours["kelurahan_code"], **alike))
    assert near["status"] == "accepted"
    flags = (await city.done("GET", f"/vacancies/{near['vacancy_id']}", OFFICER))["flags"]
    assert [(flag["rule"], flag["text"]) for flag in flags if flag["rule"] == "M10"] == [("M10", ours["number"])]


async def test_ours_goes_out_with_each_change_and_its_tombstone_and_the_books_agree(
    desk: Desk, city: City, clock: Hands
) -> None:
    await city.employer("acc_owner")
    one, two = [await city.vacancy("acc_owner", "published", title=title) for title in ("Penjahit", "Penyulam")]
    await city.done("POST", f"/vacancies/{one['id']}/pause", OWNER)
    await city.done("POST", f"/vacancies/{two['id']}/fill", OWNER)
    told = await until(lambda: _told(desk.wire, one["id"], two["id"], news=4))
    assert [(each["type"], each["data"].get("state")) for each in told[one["id"]]] == [
        ("CityVacancyOffered.v1", "published"),
        ("CityVacancyOffered.v1", "paused"),
    ]
    tombstone = told[two["id"]][-1]
    assert (tombstone["type"], tombstone["data"]["reason"], tombstone["data"]["number"]) == (
        "CityVacancyEnded.v1",
        "filled",
        two["number"],
    )
    clock.move(seconds=1)
    await desk.answered(request(everything=True))
    result = check(await until(lambda: _books(desk.wire, lines={one["id"]})))
    assert (result.agrees, result.listed, result.held) == (True, 1, 1)


async def test_books_with_a_gap_an_old_version_and_a_stranger_are_healed_by_only_those_ids(
    desk: Desk, city: City, clock: Hands
) -> None:
    await city.employer("acc_owner")
    made = [await city.vacancy("acc_owner", "published", title=f"Penjahit {number}") for number in range(4)]
    await until(lambda: _told(desk.wire, *(each["id"] for each in made), news=4))
    clock.move(seconds=1)
    await desk.answered(request(everything=True))
    books = await until(lambda: _books(desk.wire, lines={each["id"] for each in made}))
    lost, old, stranger = made[0]["id"], made[1]["id"], "vac_stranger"
    held = books.held
    held[stranger] = held[made[2]["id"]].__class__(9, NOW, datetime(2099, 1, 1, tzinfo=UTC), {})
    held[old] = held[old].__class__(1, held[old].told_at, held[old].closes_at, {})
    del held[lost]
    found = check(books).differences
    assert (found.missing, found.older, found.extra) == ((lost,), (old,), (stranger,))
    before = len([each async for each in desk.wire.stream("outbound")])
    assert (await heal(desk.wire, books)).agrees
    assert len([each async for each in desk.wire.stream("outbound")]) == before + 2


async def test_a_day_has_one_list_however_many_workers_there_are(
    desk: Desk, store: VacancyStore, clock: Hands
) -> None:
    async def lists() -> list[str]:
        return [each["subject"] async for each in desk.wire.stream("outbound") if "Listed" in each["type"]]

    await until(lists)
    others = [Feed(store, desk.feed._publisher, topic_prefix=desk.feed._prefix, clock=clock) for _ in range(3)]
    assert not any(await asyncio.gather(*(each.send_due() for each in others)))
    clock.move(days=1)
    assert sum(await asyncio.gather(*(each.send_due() for each in others))) == 1
    assert sorted(await lists()) == ["list_2026-01-05", "list_2026-01-06"]


async def test_the_worker_runs_the_exchange(
    kafka_url: str,
    prefix: str,
    make_topics: Callable[..., Awaitable[None]],
    make_settings: Callable[..., Any],
) -> None:
    """The whole worker as it is composed, at the real clock."""
    await make_topics(*TOPICS, "employer-contact", "identity-contact", "application", "vacancy.retry", "vacancy.dead")
    worker = workshop(make_settings(VacancySettings, service="vacancy", kafka_url=kafka_url))
    stopping = asyncio.Event()
    assert worker.prepare is not None
    await worker.prepare()
    parts = [asyncio.create_task(run(stopping)) for run in (*(each.run for each in worker.relays), *worker.loops)]
    async with Wire(kafka_url, prefix=prefix) as wire:
        receipt = await wire.receipt(await wire.send(vacancy("JT-1")))
        assert receipt["data"]["status"] == "accepted"
        assert check(await until(lambda: _books(wire, lines=set()))).agrees
    stopping.set()
    await asyncio.gather(*parts)
    await worker.publisher.stop()
    worker.client.close()


async def _told(wire: Wire, *ids: str, news: int) -> dict[str, list[Event]]:
    """What the stream says of each, once there is so much of it in all."""
    found: dict[str, list[Event]] = {id: [] for id in ids}
    async for each in wire.stream("outbound"):
        if each["subject"] in found:
            found[each["subject"]].append(each)
    return found if sum(map(len, found.values())) >= news else {}


async def _books(wire: Wire, *, lines: set[str]) -> Books | None:
    """The books, once a list with just these ids has come."""
    books = await read_all(wire)
    listed = books.latest()
    return books if listed is not None and set(listed.versions) == lines else None
