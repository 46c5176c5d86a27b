"""Trips to the store that are shared."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.together import MOST, Together


class Trips:
    """Answers with ten times what was asked, when it is let go."""

    def __init__(self) -> None:
        self.made: list[list[int]] = []
        self.let_go = asyncio.Semaphore(0)

    async def __call__(self, asked: Sequence[int]) -> Sequence[int]:
        self.made.append(list(asked))
        await self.let_go.acquire()
        if 0 in asked:
            raise ConnectionError("the store is away")
        return [each * 10 for each in asked]


@pytest.fixture
def trips() -> Trips:
    return Trips()


async def begun(trips: Trips, number: int) -> None:
    async with asyncio.timeout(5):
        while len(trips.made) < number:
            await asyncio.sleep(0)


async def test_who_comes_alone_goes_at_once_and_those_that_come_meanwhile_go_as_one(trips: Trips) -> None:
    together = Together(trips)
    first = asyncio.create_task(together.ask(1))
    await begun(trips, 1)
    others = [asyncio.create_task(together.ask(number)) for number in (2, 3, 4)]
    trips.let_go.release()
    assert await first == 10
    trips.let_go.release()
    assert await asyncio.gather(*others) == [20, 30, 40]
    assert trips.made == [[1], [2, 3, 4]]


async def test_a_trip_carries_only_so_many(trips: Trips) -> None:
    together = Together(trips)
    asked = [asyncio.create_task(together.ask(number)) for number in range(1, 2 * MOST + 1)]
    for _ in range(3):
        trips.let_go.release()
    assert await asyncio.gather(*asked) == [number * 10 for number in range(1, 2 * MOST + 1)]
    assert max(map(len, trips.made)) == MOST


async def test_a_store_that_is_away_is_told_to_whoever_waits_behind_and_the_next_is_tried_anew(trips: Trips) -> None:
    together = Together(trips)
    on_it = asyncio.create_task(together.ask(0))
    await begun(trips, 1)
    behind = asyncio.create_task(together.ask(5))
    await asyncio.sleep(0)
    trips.let_go.release()
    answers = await asyncio.gather(on_it, behind, return_exceptions=True)
    assert [type(answer) for answer in answers] == [ConnectionError, ConnectionError]
    trips.let_go.release()
    assert await together.ask(6) == 60


async def test_who_stops_waiting_stops_nobody_else(trips: Trips) -> None:
    together = Together(trips)
    gone, stays = asyncio.create_task(together.ask(1)), asyncio.create_task(together.ask(2))
    await begun(trips, 1)
    gone.cancel()
    for _ in range(2):
        trips.let_go.release()
    assert await stays == 20
    assert gone.cancelled()
