"""What only the store can keep: numbers given once, indexes that carry the rules, steps that are stored whole."""

import asyncio

import pytest

from services.application import domain
from services.application.commands import Commands
from services.application.store import ApplicationStore
from services.application.tests.conftest import SITI, VACANCY, World
from shared.errors import StaleVersion
from shared.numbers import Numbers

BLOCK = 50


async def test_numbers_are_given_once_across_processes_and_years(store: ApplicationStore) -> None:
    one, two = Numbers(store.counters, "LMR", block=BLOCK), Numbers(store.counters, "LMR", block=BLOCK)
    taken = await asyncio.gather(*(supply.take(2026) for supply in (one, two) for _ in range(3 * BLOCK)))
    assert len(set(taken)) == 6 * BLOCK
    assert await one.take(2027) == "LMR-2027-000001"


async def test_a_number_given_back_is_the_next_one(store: ApplicationStore) -> None:
    numbers = Numbers(store.counters, "LMR", block=BLOCK)
    first = await numbers.take(2026)
    numbers.give_back(first)
    assert await numbers.take(2026) == first == "LMR-2026-000001"
    await numbers.take(2027)
    numbers.give_back(first)
    assert (await numbers.take(2027)).startswith("LMR-2027-")


async def test_a_prepared_process_gives_numbers_without_asking_the_store(store: ApplicationStore) -> None:
    numbers = Numbers(store.counters, "LMR", block=BLOCK)
    await numbers.prepare(2026)
    before = await store.counters.find_one({})
    for _ in range(BLOCK // 2 - 1):
        await numbers.take(2026)
    assert await store.counters.find_one({}) == before


async def test_repeats_use_up_no_numbers(world: World, commands: Commands) -> None:
    for _ in range(10):
        await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    other, _ = await commands.submit(seeker_id="acc_2", vacancy_id=VACANCY, note=None)
    assert other.number.endswith("-000002")


async def test_an_application_reads_back_as_it_was_saved(world: World, commands: Commands) -> None:
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note="Halo")
    assert await world.store.load(made.id) == made


async def test_a_second_step_from_the_same_version_is_refused_and_stores_nothing(
    world: World, commands: Commands
) -> None:
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    words = domain.Words()
    viewed, told = domain.decide(made, "view", actor="employer", by="x", at=made.submitted_at, words=words)
    listed, also = domain.decide(made, "shortlist", actor="employer", by="x", at=made.submitted_at, words=words)
    saved = await world.store.save(made, viewed, told)
    with pytest.raises(StaleVersion):
        await world.store.save(made, listed, also)
    assert await world.store.load(made.id) == saved
    assert await world.told(made.id) == ["ApplicationSubmitted", "ApplicationViewed"]
