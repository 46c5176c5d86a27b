"""Whoever began to write is reminded before the vacancy closes, on the real store: once, and nobody else hears it."""

import asyncio
from datetime import timedelta

import pytest

from services.application.drafts.keeping import Drafts
from services.application.drafts.reminding import DraftReminders
from services.application.tests.conftest import CLOSES, SITI, VACANCY, Http, World
from services.application.tests.test_drafts import TYPED, save
from shared.contracts.vacancy import VacancyExtended, VacancyPaused
from shared.sealed import Vault

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def drafts(world: World, vault: Vault) -> Drafts:
    made = Drafts(world.store, vault=vault)
    await made.prepare()
    return made


async def written_long_ago(http: Http, drafts: Drafts) -> None:
    await save(http, TYPED)
    await drafts.collection.update_many({}, {"$set": {"saved_at": CLOSES - 10 * DAY}})


def reminders(world: World, *, before: timedelta) -> DraftReminders:
    return DraftReminders(world.store, now=lambda: CLOSES - before)


async def test_a_draft_is_told_of_three_days_before_the_end_and_one_day_before_it_once_each(
    http: Http, world: World, drafts: Drafts
) -> None:
    await written_long_ago(http, drafts)
    early = reminders(world, before=3 * DAY + timedelta(minutes=1))
    three, one = reminders(world, before=3 * DAY), reminders(world, before=DAY)
    assert await early.remind() == 0
    assert sum(await asyncio.gather(*(three.remind() for _ in range(3)))) == 1
    assert await one.remind() == 1
    assert await one.remind() == 0
    rows = [row async for row in world.store.reminders.find({})]
    assert len(rows) == 2
    assert not any(SITI in row["_id"] or VACANCY in row["_id"] for row in rows)


async def test_whoever_sent_it_or_began_when_little_time_was_left_is_not_reminded(
    http: Http, world: World, drafts: Drafts
) -> None:
    await save(http, TYPED)
    await drafts.collection.update_many({}, {"$set": {"saved_at": CLOSES - 2 * DAY}})
    assert await reminders(world, before=2 * DAY).remind() == 0
    await http.apply()
    assert await reminders(world, before=DAY).remind() == 0


async def test_a_vacancy_that_rests_or_was_extended_is_no_reason_to_hurry(
    http: Http, world: World, drafts: Drafts
) -> None:
    await written_long_ago(http, drafts)
    await world.vacancy(kind=VacancyPaused, state="paused")
    assert await reminders(world, before=DAY).remind() == 0
    await world.vacancy(kind=VacancyExtended, closes_at=CLOSES + 9 * DAY)
    assert await reminders(world, before=DAY).remind() == 0
