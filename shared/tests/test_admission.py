"""Who gets to the store: a bounded number at once, and nobody while it does not answer."""

import asyncio
from typing import Any

import pytest

from shared import admission
from shared.admission import AT_ONCE, Admission
from shared.mongo import Client, silent


@pytest.fixture
async def door(client: Client) -> Admission:
    await client.admin.command("ping")
    return Admission(client)


async def test_the_one_beyond_the_places_is_turned_away_while_the_store_owes_an_answer(
    door: Admission, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all([await door.enter() for _ in range(AT_ONCE)])
    monkeypatch.setattr(admission, "silent", lambda *_: True)
    assert not await door.enter()
    door.leave()
    assert await door.enter()


async def test_a_busy_process_that_asked_nothing_does_not_blame_the_store(client: Client, door: Admission) -> None:
    assert not silent(client, 0.0)
    asked = asyncio.create_task(asyncio.wait_for(client.admin.command("ping"), 5))
    await asked
    assert not silent(client, 0.0)


async def test_a_place_that_comes_free_in_time_is_taken(door: Admission) -> None:
    for _ in range(AT_ONCE):
        await door.enter()
    waiting = asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    door.leave()
    assert await waiting


async def test_while_the_store_is_silent_nobody_is_let_in_and_afterwards_everybody(
    door: Admission, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = True

    async def answer(_: Any) -> str:
        if silent:
            raise admission_away()
        return "8"

    monkeypatch.setattr(admission, "ping", answer)
    monkeypatch.setattr(admission, "PROBE_SECONDS", 0.01)
    assert door.open()
    door.failed()
    async with asyncio.timeout(5):
        while door.open():
            await asyncio.sleep(0)
    assert not await door.enter()
    silent = False
    async with asyncio.timeout(5):
        while not door.open():
            await asyncio.sleep(0.005)
    assert await door.enter()


def admission_away() -> Exception:
    from pymongo.errors import ServerSelectionTimeoutError

    return ServerSelectionTimeoutError()


async def test_a_crowd_before_a_store_that_answers_gets_in_one_after_the_other(
    client: Client, door: Admission
) -> None:
    async def visit() -> bool:
        entered = await door.enter()
        if entered:
            for _ in range(20):
                await client.admin.command("ping")
            door.leave()
        return entered

    assert all(await asyncio.gather(*(visit() for _ in range(10 * AT_ONCE))))
