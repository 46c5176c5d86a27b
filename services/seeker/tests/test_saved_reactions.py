"""The local copy of vacancies, and the warning of a recall: full and least, twice, late, and in every order."""

import json
from datetime import timedelta
from typing import Any

import pytest

from services.seeker.reactions import VACANCY_EVENTS
from services.seeker.store.saved import SavedStore
from services.seeker.tests.conftest import BUDI, SITI
from services.seeker.tests.telling import House, vacancy_event
from shared.contracts.vacancy import (
    VacancyClosed,
    VacancyExpired,
    VacancyExtended,
    VacancyFacts,
    VacancyFilled,
    VacancyPublished,
    VacancyRecalled,
    VacancyReopened,
)
from shared.events import Event
from shared.mongo import Document
from tests.contracts.samples import full, least


async def dump(store: SavedStore) -> list[Document]:
    return [row async for row in store.vacancies.find({})] + [row async for row in store.saved.find({})]


@pytest.mark.parametrize("size", [full, least])
@pytest.mark.parametrize("kind", VACANCY_EVENTS)
async def test_every_sample_takes_effect_once_and_can_be_read_back(
    kind: type[Event], size: Any, house: House
) -> None:
    event = kind.model_validate_json(json.dumps(size(kind)))
    await house.tell(event, "vac_1", sequence=1)
    once = await dump(house.stores.saved)
    house.clock.forward(hours=1)
    await house.tell(event, "vac_1", sequence=1)
    assert await dump(house.stores.saved) == once
    read = await house.stores.saved.vacancy("vac_1")
    assert isinstance(event, VacancyFacts)
    assert read is not None
    assert (read.id, read.title, read.number) == ("vac_1", event.title, event.number)


async def test_a_later_event_stands_and_an_earlier_one_that_comes_late_does_not(house: House) -> None:
    await house.tell(vacancy_event(VacancyPublished), "vac_1", sequence=3)
    await house.tell(vacancy_event(VacancyClosed, state="closed"), "vac_1", sequence=5)
    await house.tell(vacancy_event(VacancyReopened), "vac_1", sequence=4)
    known = await house.stores.saved.vacancy("vac_1")
    assert known is not None
    assert known.state == "closed"


async def test_that_it_was_published_is_remembered_also_where_later_news_came_first(house: House) -> None:
    await house.tell(vacancy_event(VacancyExtended, title="Penjahit"), "vac_1", sequence=5)
    await house.tell(vacancy_event(VacancyPublished), "vac_1", sequence=3)
    at = house.clock()
    ((heard_at, known),) = await house.stores.saved.heard_of(after=at - timedelta(seconds=1), until=at)
    assert (heard_at, known.title) == (at, "Penjahit")


async def test_everybody_who_keeps_a_recalled_vacancy_is_warned_once(house: House) -> None:
    await house.vacancy("vac_1")
    await house.vacancy("vac_2")
    for person in (SITI, BUDI):
        await house.saved.keep(person, "vac_1")
    await house.saved.keep(SITI, "vac_2")
    await house.saved.drop(BUDI, "vac_1")
    recalled = vacancy_event(VacancyRecalled, state="recalled")
    for _ in range(2):
        await house.tell(recalled, "vac_1", sequence=9)
    news = await house.news(house.stores.saved.saved)
    (event,) = [each for each in news if each["type"] != "VacancySaved.v1"]
    assert (event["type"], event["subject"]) == ("SavedVacancyRecalled.v1", f"{SITI}:vac_1")
    assert event["data"] == {
        "seeker_id": SITI,
        "vacancy_id": "vac_1",
        "vacancy_number": "LWK-2025-000007",
        "vacancy_title": "Penjahit Rumahan",
        "employer_name": "Konveksi Melati",
        "reason": "Meminta uang.",
    }


async def test_that_somebody_began_to_keep_it_is_told_once_and_without_a_name(house: House) -> None:
    await house.vacancy("vac_1")
    for _ in range(2):
        await house.saved.keep(SITI, "vac_1")
    await house.saved.drop(SITI, "vac_1")
    await house.saved.keep(SITI, "vac_1")
    (event,) = await house.news(house.stores.saved.saved)
    assert (event["type"], event["data"]) == ("VacancySaved.v1", {"vacancy_id": "vac_1"})


async def test_more_savers_than_a_batch_are_all_warned(house: House) -> None:
    await house.vacancy("vac_1")
    for n in range(130):
        await house.saved.keep(f"acc_{n}", "vac_1")
    await house.vacancy("vac_1", VacancyRecalled, state="recalled")
    assert {who for who, _ in await house.told()} == {f"acc_{n}" for n in range(130)}


async def test_who_kept_it_while_the_recall_was_on_its_way_is_warned_by_the_timer(house: House) -> None:
    await house.vacancy("vac_1")
    await house.vacancy("vac_1", VacancyRecalled, state="recalled")
    row = {
        "seeker_id": SITI,
        "vacancy_id": "vac_1",
        "saved_at": house.clock(),
        "place": 1,
        "version": 0,
        "outbox": [],
    }
    await house.stores.saved.saved.insert_one({"_id": f"{SITI}:vac_1", **row})
    house.clock.forward(minutes=5)
    for _ in range(2):
        await house.saved.warn_again()
    assert await house.told() == [(SITI, "SavedVacancyRecalled.v1")]


@pytest.mark.parametrize(("kind", "state"), [(VacancyClosed, "closed"), (VacancyFilled, "filled")])
async def test_whoever_keeps_a_vacancy_that_ends_before_its_time_is_told_once(
    house: House, kind: type[VacancyFacts], state: str
) -> None:
    await house.vacancy("vac_1")
    await house.saved.keep(SITI, "vac_1")
    ended = vacancy_event(kind, state=state)
    for _ in range(2):
        await house.tell(ended, "vac_1", sequence=9)
    (event,) = [one for one in await house.news(house.stores.saved.saved) if one["type"] != "VacancySaved.v1"]
    assert (event["type"], event["data"]["vacancy_state"]) == ("SavedVacancyClosed.v1", state)
    assert (event["data"]["seeker_id"], event["data"]["vacancy_title"]) == (SITI, "Penjahit Rumahan")


async def test_a_vacancy_that_opened_again_and_closed_again_is_told_again(house: House) -> None:
    await house.vacancy("vac_1")
    await house.saved.keep(SITI, "vac_1")
    await house.vacancy("vac_1", VacancyClosed, state="closed")
    later = house.clock() + timedelta(days=40)
    await house.vacancy("vac_1", VacancyReopened, closes_at=later)
    await house.vacancy("vac_1", VacancyClosed, state="closed", closes_at=later)
    assert await house.told() == [(SITI, "SavedVacancyClosed.v1")] * 2


async def test_whoever_kept_what_was_closed_already_is_not_told(house: House) -> None:
    await house.vacancy("vac_1")
    ended_at = house.clock()
    await house.vacancy("vac_1", VacancyClosed, state="closed")
    house.clock.forward(minutes=1)
    await house.saved.keep(SITI, "vac_1")
    await house.saved.tell_closed("vac_1", ended_at=ended_at)
    assert await house.told() == []


async def test_an_end_that_is_heard_of_after_the_last_day_is_no_news(house: House) -> None:
    await house.vacancy("vac_1")
    await house.saved.keep(SITI, "vac_1")
    house.clock.forward(days=21)
    await house.vacancy("vac_1", VacancyClosed, state="closed")
    assert await house.told() == []


async def test_news_of_an_end_after_which_it_opened_again_is_told_to_nobody(house: House) -> None:
    await house.vacancy("vac_1")
    await house.saved.keep(SITI, "vac_1")
    await house.tell(vacancy_event(VacancyReopened), "vac_1", sequence=9)
    await house.tell(vacancy_event(VacancyClosed, state="closed"), "vac_1", sequence=8)
    assert await house.told() == []


async def test_an_end_at_its_time_is_shown_in_the_list_and_told_to_nobody(house: House) -> None:
    await house.vacancy("vac_1")
    await house.saved.keep(SITI, "vac_1")
    await house.vacancy("vac_1", VacancyExpired, state="expired")
    await house.saved.remind()
    assert await house.told() == []
