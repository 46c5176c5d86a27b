"""The timers with a clock that the test holds: what appeared is told once to whoever looks for it, and nothing is
lost, whoever else writes meanwhile."""

import asyncio
import json
from typing import Any

import pytest

from services.seeker.commands.alerts import Alerts
from services.seeker.domain.searches import SavedSearch, Terms
from services.seeker.main import build_stores, build_worker
from services.seeker.settings import SeekerSettings
from services.seeker.tests.conftest import BUDI, SITI
from services.seeker.tests.telling import MONDAY, House
from shared.contracts.identity import AccountContactChanged
from shared.contracts.vacancy import VacancyClosed, VacancyExtended, VacancyPaused, VacancyRecalled, VacancyReopened
from shared.mongo import Client, Document
from shared.sealed import Vault
from shared.testing import Bus

PEOPLE = (SITI, BUDI)


@pytest.fixture(autouse=True)
async def people(house: House, vault: Vault) -> None:
    """Two people who can be reached both ways."""
    for person in PEOPLE:
        contact = {"name": "Siti", "phone": "+6283900000001", "email": "siti@contoh.id"}
        sealed = await vault.seal(person, "contact", contact)
        await house.tell(AccountContactChanged(role="seeker", sealed=sealed), person)


async def search(house: House, person: str = SITI, **terms: Any) -> SavedSearch:
    """Saved a minute ago."""
    made, _ = await house.searches.create(person, Terms(**terms))
    house.clock.forward(minutes=1)
    return made


async def row(house: House, id: str) -> Document:
    found = await house.stores.searches.searches.find_one({"_id": id})
    assert found is not None
    return found


async def test_what_appeared_is_told_at_the_hour_and_never_again(house: House) -> None:
    found = await search(house, q="penjahit")
    await search(house, BUDI, q="kasir")
    house.clock.forward(hours=1)
    await house.vacancy("vac_1")
    house.clock.forward(hours=21)  # six in the morning: not yet
    assert await house.alerts.look() == 0
    house.clock.forward(hours=2)
    assert [await house.alerts.look() for _ in range(2)] == [1, 0]
    for _ in range(3):
        house.clock.forward(days=1)
        assert await house.alerts.look() == 0
    (told,) = await house.matched()
    assert told == {
        "seeker_id": SITI,
        "saved_search_id": found.id,
        "channel": "email",
        "vacancies": [
            {
                "id": "vac_1",
                "number": "LWK-2025-000007",
                "title": "Penjahit Rumahan",
                "employer_name": "Konveksi Melati",
                "kind": "full_time",
                "workplace": "onsite",
                "kelurahan_code": "35.77.03.1005",
                "wage": {"min": 2_500_000, "max": None, "per": "month"},
            }
        ],
        "total": 1,
        "stop_token": house.tokens.make(found.id),
    }


async def test_the_news_and_the_mark_are_one_save(house: House) -> None:
    found = await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    before = await row(house, found.id)
    await house.alerts.look()
    after = await row(house, found.id)
    assert (after["version"], len(after["outbox"])) == (before["version"] + 1, 1)
    assert after["seen_until"] > before["seen_until"]
    assert after["due_at"] == after["next_at"] > house.clock()


async def test_without_news_there_is_no_event_and_only_the_next_time_moves_on(house: House) -> None:
    found = await search(house, q="kasir")
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    await house.alerts.look()
    after = await row(house, found.id)
    assert (after["version"], after["outbox"]) == (0, [])
    assert after["next_at"] > house.clock()


async def test_what_was_published_long_ago_and_heard_of_late_is_told(house: House) -> None:
    await search(house)
    house.clock.forward(days=1)
    await house.alerts.look()
    house.clock.forward(hours=2)
    await house.vacancy("vac_1", published_at=MONDAY)  # its event was on its way for a day
    house.clock.forward(days=1)
    assert await house.alerts.look() == 1


async def test_what_is_heard_of_during_a_look_is_for_the_next_one(house: House) -> None:
    await search(house)
    house.clock.forward(days=1)
    await house.vacancy("vac_1")
    assert await house.alerts.look() == 0
    house.clock.forward(days=1)
    assert [await house.alerts.look() for _ in range(2)] == [1, 0]


async def test_an_event_that_comes_again_or_tells_more_of_it_makes_no_second_news(house: House) -> None:
    await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    assert await house.alerts.look() == 1
    await house.vacancy("vac_1", VacancyExtended)
    house.clock.forward(days=1)
    assert await house.alerts.look() == 0


async def test_a_vacancy_that_is_open_again_is_news_again(house: House) -> None:
    await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    assert await house.alerts.look() == 1
    await house.vacancy("vac_1", VacancyClosed, state="closed")
    await house.vacancy("vac_1", VacancyReopened)
    house.clock.forward(days=1)
    assert [await house.alerts.look() for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (VacancyClosed, {"state": "closed"}),
        (VacancyPaused, {"state": "paused"}),
        (VacancyRecalled, {"state": "recalled"}),
        (VacancyExtended, {"state": "published", "closes_at": MONDAY}),
    ],
)
async def test_what_takes_no_applications_any_more_is_no_news(house: House, kind: Any, given: Any) -> None:
    await search(house)
    await house.vacancy("vac_1")
    await house.vacancy("vac_1", kind, **given)
    house.clock.forward(days=1)
    assert await house.alerts.look() == 0


async def test_a_weekly_search_tells_of_the_whole_week_at_once(house: House) -> None:
    await search(house, rhythm="weekly", hour=9)
    house.clock.forward(hours=2)
    await house.alerts.look()
    for day in range(7):
        await house.vacancy(f"vac_{day}")
        house.clock.forward(days=1)
        told = await house.alerts.look()
        assert told == (1 if day == 6 else 0)
    assert [data["total"] for data in await house.matched()] == [7]


async def test_workers_side_by_side_tell_everything_once(house: House) -> None:
    for n in range(8):
        await search(house, PEOPLE[n % 2], name=f"cari {n}")
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    stores = house.stores
    workers = [
        Alerts(stores.searches, stores.saved, stores.profiles, tokens=house.tokens, now=house.clock) for _ in range(4)
    ]
    told = await asyncio.gather(*(worker.look() for worker in workers))
    assert sum(told) == 8
    assert len({data["saved_search_id"] for data in await house.matched()}) == len(await house.matched()) == 8


async def test_a_change_during_a_look_wins_and_the_look_is_made_again(house: House) -> None:
    found = await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    claim = await house.stores.searches.claims.hold([found.id])
    await house.searches.change(found.id, seeker_id=SITI, changes={"q": "penjahit"}, active=None)
    before = await house.stores.searches.load(found.id, seeker_id=SITI)
    assert await house.stores.searches.looked(before, before, [], claim=claim) is False
    assert await house.alerts.look() == 1


async def test_a_look_during_a_change_is_not_forgotten(house: House) -> None:
    found = await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    read = await house.stores.searches.load(found.id, seeker_id=SITI)
    assert await house.alerts.look() == 1
    changed = read.model_copy(update={"terms": Terms(name="lain")})
    assert await house.stores.searches.change(read, changed) is False
    await house.searches.change(found.id, seeker_id=SITI, changes={"name": "lain"}, active=None)
    house.clock.forward(days=1)
    assert await house.alerts.look() == 0


async def test_a_search_that_was_stopped_or_deleted_is_not_looked_at(house: House) -> None:
    one, two = await search(house, q="penjahit"), await search(house, BUDI)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    await house.searches.stop(house.tokens.make(one.id))
    await house.searches.drop(two.id, seeker_id=BUDI)
    assert await house.alerts.look() == 0
    left = [one["_id"] async for one in house.stores.searches.searches.find({})]
    assert left == [one.id]


async def test_what_a_deleted_search_has_to_tell_is_told_before_it_goes(house: House) -> None:
    found = await search(house)
    await house.vacancy("vac_1")
    house.clock.forward(days=1)
    await house.alerts.look()
    await house.searches.drop(found.id, seeker_id=SITI)
    await house.alerts.look()
    assert len(await house.matched()) == 1
    await house.stores.searches.searches.update_one({"_id": found.id}, {"$set": {"outbox": []}})  # as the relay does
    await house.alerts.look()
    assert await house.stores.searches.searches.count_documents({}) == 0


async def test_the_search_of_an_erased_person_ends_unread(
    house: House, vault: Vault, client: Client, settings: SeekerSettings
) -> None:
    found = await search(house, q="kasir malam")
    stored = await row(house, found.id)
    assert "kasir" not in json.dumps(stored, default=str)
    await vault.destroy(SITI)
    house.clock.forward(days=1)
    later = House(build_stores(client, settings), house.clock)  # another process, or this one half a minute later
    assert await later.alerts.look() == 0
    assert await house.stores.searches.searches.count_documents({}) == 0


async def test_the_workers_own_timers_and_relays_bring_it_all_to_the_bus(
    house: House, settings: SeekerSettings, bus: Bus, make_topics: Any, kafka_url: str
) -> None:
    await make_topics("seeker", "seeker-contact")
    await search(house)
    for id in ("vac_1", "vac_2"):
        await house.vacancy(id, closes_at=None)
        await house.saved.keep(SITI, id)
    await house.vacancy("vac_2", VacancyRecalled, state="recalled")
    worker = build_worker(settings.model_copy(update={"kafka_url": kafka_url}))
    for timer in worker.timers:  # by their own clock, which is long past all that
        await timer.work()
    for relay in worker.relays:
        await relay.relay_batch()
    told = {event.type: event for event in await bus.events("seeker") if event.subject not in PEOPLE}
    assert set(told) == {"VacanciesMatched.v1", "VacancySaved.v1", "SavedVacancyRecalled.v1"}
    assert [vacancy.id for vacancy in told["VacanciesMatched.v1"].data.vacancies] == ["vac_1"]
    await worker.publisher.stop()
    worker.client.close()


async def test_savers_are_reminded_in_the_mornings_three_days_and_one_before_the_end(house: House) -> None:
    midnight = MONDAY.replace(hour=17)
    await house.vacancy("vac_1", closes_at=midnight.replace(day=12))
    await house.vacancy("vac_2", closes_at=midnight.replace(day=29))
    for person in PEOPLE:
        for vacancy in ("vac_1", "vac_2"):
            await house.saved.keep(person, vacancy)
    reminded = {}
    while house.clock() < midnight.replace(day=14):
        await asyncio.gather(house.saved.remind(), house.saved.remind())
        reminded[house.clock().strftime("%d %H")] = len(await house.told())
        house.clock.forward(hours=1)
    steps = [at for at, before in zip(list(reminded)[1:], reminded.values(), strict=False) if reminded[at] > before]
    assert steps == ["10 00", "12 00"]
    news = [each for each in await house.news(house.stores.saved.saved) if each["type"] != "VacancySaved.v1"]
    assert sorted((event["data"]["seeker_id"], event["data"]["days"]) for event in news) == [
        (BUDI, 1),
        (BUDI, 3),
        (SITI, 1),
        (SITI, 3),
    ]
    assert {event["data"]["vacancy_id"] for event in news} == {"vac_1"}


async def test_whoever_dropped_it_is_not_reminded_and_the_document_goes(house: House) -> None:
    await house.vacancy("vac_1", closes_at=MONDAY.replace(day=12, hour=17))
    await house.saved.keep(SITI, "vac_1")
    await house.saved.drop(SITI, "vac_1")
    house.clock.at = MONDAY.replace(day=12, hour=1)
    await house.saved.remind()
    assert await house.told() == []
    saved = house.stores.saved.saved
    await saved.update_many({}, {"$set": {"outbox": []}})  # what it had to tell is published
    await house.saved.remind()
    assert await saved.count_documents({}) == 0
