"""Vacancies and employers on the real store: kept whole, saved once, numbered once, listed in order."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.vacancy.commands.expiry import Expiry
from services.vacancy.domain import review
from services.vacancy.domain.employer import Details, Reach, register
from services.vacancy.domain.refusals import EmployerExists
from services.vacancy.domain.vacancy import Origin, facts
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.keyset import page
from services.vacancy.tests.conftest import Hands
from services.vacancy.tests.making import NOW, OFFICER, OVER, OWNER, drafted, standing, terms
from shared.clock import today
from shared.contracts.codes import Code, Education
from shared.contracts.vacancy import VacancyDrafted
from shared.cursors import BadCursor
from shared.errors import NotFound, StaleVersion
from shared.events import Event
from shared.numbers import Numbers

REACH = Reach(contact="v1.x", contact_given=None, contact_waits=True)
FULL = terms(
    contract="piece",
    occupation=Code(scheme="KBJI", version="2014", code="7533.02"),
    education_min=Education(form="rinci", code="3107"),
    experience_months=12,
    benefits=("makan siang",),
    may_bring_child=True,
    answer_by=(NOW + timedelta(days=40)).date(),
)


def born(vacancy: Any) -> list[Event]:
    return [VacancyDrafted(**facts(vacancy))]


async def test_a_vacancy_comes_back_from_the_store_as_it_went_in(store: VacancyStore) -> None:
    for made in (standing("published", of=FULL), drafted(id="vac_2", number="2", origin=Origin(name="x", id="1"))):
        await store.vacancies.create(made, born(made))
        assert await store.vacancies.load(made.id) == made.model_copy(update={"version": 1})


async def test_an_employer_comes_back_from_the_store_as_it_went_in(store: VacancyStore) -> None:
    details = Details(name="Jahit Contoh", industry=Code(scheme="KBLI", version="2020", code="14111"))
    made, events = register(details, id="emp_1", owner_id="acc_1", reach=REACH, at=NOW)
    await store.employers.create(made, events)
    assert await store.employers.of_owner("acc_1") == made.model_copy(update={"version": 2})


async def test_an_account_has_one_employer_even_when_it_asks_twice_at_once(store: VacancyStore) -> None:
    async def attempt(number: int) -> None:
        made, events = register(Details(name="Jahit"), id=f"emp_{number}", owner_id="acc_1", reach=REACH, at=NOW)
        await store.employers.create(made, events)

    ended = await asyncio.gather(*map(attempt, range(5)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["EmployerExists"] * 4 + ["NoneType"]
    assert EmployerExists.status == 409


async def test_each_save_adds_its_event_with_the_version_it_makes(store: VacancyStore) -> None:
    made = await store.vacancies.create(drafted(), born(drafted()))
    after, events = review.submit(made, by=OWNER, at=NOW)
    saved = await store.vacancies.save(made, after, events, at=NOW)
    row = await store.vacancies.collection.find_one({"_id": "vac_1"})
    assert row is not None
    told = [json.loads(entry["value"]) for entry in row["outbox"]]
    assert [(event["type"], event["sequence"]) for event in told] == [
        ("VacancyDrafted.v1", 1),
        ("VacancySubmitted.v1", 2),
    ]
    assert (saved.version, row["version"], row["state"], row["changed_at"]) == (2, 2, "submitted", NOW)


async def test_of_two_decisions_on_one_version_one_is_saved(store: VacancyStore) -> None:
    made = await store.vacancies.create(standing("submitted"), born(drafted()))
    decided = [
        review.publish(made, by=OFFICER, at=NOW),
        review.send_back(made, reason="Upahnya belum jelas.", by=OFFICER, at=NOW),
    ]
    saves = (store.vacancies.save(made, after, events, at=NOW) for after, events in decided)
    ended = await asyncio.gather(*saves, return_exceptions=True)
    assert sum(isinstance(each, StaleVersion) for each in ended) == 1
    assert (await store.vacancies.load("vac_1")).version == 2


async def test_anothers_vacancy_is_not_there(store: VacancyStore) -> None:
    await store.vacancies.create(drafted(), born(drafted()))
    assert (await store.vacancies.load("LWK-2026-000001", owner_id="acc_owner")).id == "vac_1"
    with pytest.raises(NotFound):
        await store.vacancies.load("vac_1", owner_id="acc_stranger")


async def test_processes_never_give_one_number_twice_and_a_year_begins_with_one(store: VacancyStore) -> None:
    counters = store.vacancies.collection.database.counters
    processes = [Numbers(counters, "LWK", block=10) for _ in range(3)]
    numbers = await asyncio.gather(*(process.take(2026) for process in processes for _ in range(15)))
    many = [number for process in processes for number in await process.take_many(2026, 12)]
    assert len({*numbers, *many}) == 45 + 36
    assert min(numbers) == "LWK-2026-000001"
    new_year_in_madiun = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert await processes[0].take(today(new_year_in_madiun).year) == "LWK-2027-000001"


async def test_two_sweeps_at_once_expire_every_due_vacancy_exactly_once(store: VacancyStore, clock: Hands) -> None:
    for number in range(250):
        made = standing("published", id=f"vac_{number}", number=str(number))
        await store.vacancies.create(made, born(made))
    later = standing("published", of=terms(closes_on=OVER.date() + timedelta(days=1)), id="vac_later", number="later")
    await store.vacancies.create(later, born(later))
    clock.now = OVER
    sweeps = [Expiry(store, clock=clock), Expiry(store, clock=clock)]
    assert sum(await asyncio.gather(*(sweep.expire_due() for sweep in sweeps))) <= 250
    while await sweeps[0].expire_due():
        pass
    rows = [row async for row in store.vacancies.collection.find({}, {"state": 1, "version": 1})]
    assert {(row["state"], row["version"]) for row in rows if row["_id"] != "vac_later"} == {("expired", 2)}
    assert (await store.vacancies.load("vac_later")).state == "published"


@pytest.mark.parametrize("newest_first", [True, False])
async def test_pages_show_each_once_in_order_even_at_one_instant_and_with_newcomers(
    store: VacancyStore, newest_first: bool
) -> None:
    things = store.vacancies.collection.database.things
    at = [NOW, NOW, NOW, NOW + timedelta(milliseconds=1), NOW + timedelta(seconds=1)]
    await things.insert_many([{"_id": f"v{n}", "at": at[n // 3], "kind": "a"} for n in range(15)])
    seen: list[str] = []
    cursor: str | None = None
    while len(seen) < 20:
        rows, cursor = await page(things, {"kind": "a"}, by="at", newest_first=newest_first, limit=4, cursor=cursor)
        seen += [row["_id"] for row in rows]
        await things.insert_one({"_id": f"x{len(seen)}", "at": at[0 if not newest_first else 4], "kind": "b"})
        if cursor is None:
            break
    expected = sorted((f"v{n}" for n in range(15)), key=lambda id: (at[int(id[1:]) // 3], id), reverse=newest_first)
    assert seen == expected


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwgImIiXQ", "WzFlOTksICJiIl0", "WzksIDld"])
async def test_a_made_up_cursor_is_refused(store: VacancyStore, cursor: str) -> None:
    with pytest.raises(BadCursor):
        await page(store.vacancies.collection, {}, by="since", newest_first=True, limit=4, cursor=cursor)
