"""The producer while no broker answers: every wait has its end, for each of many who wait at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared import kafka
from shared.kafka import Publisher, Undelivered


@pytest.fixture
async def frozen() -> AsyncIterator[str]:
    """Address of something that takes connections and never answers."""

    async def say_nothing(*_: object) -> None:
        await asyncio.Event().wait()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


async def test_many_who_wait_for_a_frozen_broker_give_up_together(
    frozen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka, "SEND_DEADLINE", 0.5)
    monkeypatch.setattr(kafka, "STOP_DEADLINE", 0.2)
    publisher = Publisher(frozen, client_id="test")
    sends = [publisher.send("t", key="k", value=b"v") for _ in range(50)]
    async with asyncio.timeout(10):  # one after the other they would take 25 s
        ended = await asyncio.gather(*sends, return_exceptions=True)
    assert {type(error) for error in ended} == {Undelivered}
    await publisher.stop()
    async with asyncio.timeout(10):
        await asyncio.gather(*kafka._DISCARDING)
