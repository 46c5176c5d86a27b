"""The outbox and its relay on the real store: saved with the state, published in order, cleared exactly."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from shared import relay as module
from shared.claims import DUE, Claims
from shared.contracts.identity import AccountRegistered, RegistrationRepeated
from shared.errors import StaleVersion
from shared.events import decode
from shared.kafka import Undelivered
from shared.mongo import Client, Collection, ensure_indexes
from shared.outbox import INDEXES, Outbox
from shared.relay import Relay

BORN = AccountRegistered(role="seeker", registered_at=datetime.now(UTC))
AGAIN = RegistrationRepeated(role="seeker")


class Bus:
    """Stands where the broker is, to fail on demand; the journeys run on the real one."""

    def __init__(self, *, fail_after: int = 10**9) -> None:
        self.sent: list[tuple[str, int]] = []
        self._fail_after = fail_after

    async def send(self, topic: str, *, key: str | None, value: bytes | None, headers: Sequence[Any] = ()) -> None:
        if len(self.sent) >= self._fail_after:
            raise Undelivered
        event = decode(value, headers)
        assert event is not None
        self.sent.append((event.subject, event.sequence))


@pytest.fixture
async def things(client: Client, prefix: str) -> Collection:
    collection = client[f"{prefix}_things"].things
    await ensure_indexes(collection, INDEXES)
    return collection


def relay_to(things: Collection, bus: Bus) -> Relay:
    return Relay(things, bus)  # type: ignore[arg-type]


async def test_each_event_is_published_once_in_order_and_then_cleared(things: Collection) -> None:
    outbox, bus = Outbox(things, source="test"), Bus()
    await outbox.create("a", {"n": 1}, [BORN, AGAIN])
    assert await outbox.save("a", version=2, changes={"n": 2}, events=[AGAIN]) == 3
    await relay_to(things, bus).relay_batch()
    assert bus.sent == [("a", 1), ("a", 2), ("a", 3)]
    left = await things.find_one({"_id": "a"})
    assert left == {"_id": "a", "n": 2, "version": 3, "outbox": []}


async def test_a_stale_save_changes_nothing(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {"n": 1}, [BORN])
    with pytest.raises(StaleVersion):
        await outbox.save("a", version=7, changes={"n": 9}, events=[AGAIN])
    left = await things.find_one({"_id": "a"})
    assert left is not None
    assert (left["n"], left["version"], len(left["outbox"])) == (1, 1, 1)


async def test_of_many_saves_of_one_version_exactly_one_wins(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {"n": 0}, [BORN])
    tries = [outbox.save("a", version=1, changes={"n": n}, events=[AGAIN]) for n in range(20)]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(map(str, (e for e in ended if not isinstance(e, StaleVersion)))) == ["2"]


async def test_what_was_not_acknowledged_stays_and_follows_in_order(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {}, [BORN, AGAIN, AGAIN])
    failing, healthy = Bus(fail_after=1), Bus()
    with pytest.raises(Undelivered):
        await relay_to(things, failing).relay_batch()
    await relay_to(things, healthy).relay_batch()
    assert failing.sent + healthy.sent == [("a", 1), ("a", 2), ("a", 3)]


async def test_no_event_is_begun_where_the_lease_may_end_before_it(
    things: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Outbox(things, source="test").create("a", {}, [BORN, AGAIN])
    bus = Bus()
    with monkeypatch.context() as late:
        late.setattr(module, "PUBLISH_SECONDS", -1.0)
        await relay_to(things, bus).relay_batch()
    assert bus.sent == []
    await relay_to(things, bus).relay_batch()
    assert bus.sent == [("a", 1), ("a", 2)]


async def test_an_event_pushed_while_the_relay_works_is_not_forgotten(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {}, [BORN])

    class Busy(Bus):
        async def send(
            self, topic: str, *, key: str | None, value: bytes | None, headers: Sequence[Any] = ()
        ) -> None:
            await super().send(topic, key=key, value=value, headers=headers)
            if len(self.sent) == 1:
                await outbox.save("a", version=1, changes={}, events=[AGAIN])

    bus = Busy()
    relay = relay_to(things, bus)
    await relay.relay_batch()
    await relay.relay_batch()
    assert bus.sent == [("a", 1), ("a", 2)]


async def test_two_relays_share_the_work_without_sending_anything_twice(things: Collection) -> None:
    outbox, one, two = Outbox(things, source="test"), Bus(), Bus()
    await things.insert_many([outbox.document(f"d{n}", {}, [BORN]) for n in range(300)])
    first, second = relay_to(things, one), relay_to(things, two)
    while sum(await asyncio.gather(first.relay_batch(), second.relay_batch())):
        pass
    assert sorted(one.sent + two.sent) == sorted((f"d{n}", 1) for n in range(300))


async def test_a_lease_that_ran_out_is_taken_over_and_the_late_holder_marks_nothing(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {}, [BORN])
    short = Claims(collection=things, field="relay_at", lease_seconds=0.0, filter={})
    lost = await short.take(10)
    held = await Claims(collection=things, field="relay_at", lease_seconds=30.0, filter={}).take(10)
    assert [row["_id"] for row in held.documents] == ["a"]
    assert await short.renew(lost, ["a"]) == set()
    assert (await short.take(10)).documents == []


async def test_writing_under_a_lease_does_not_end_it(things: Collection) -> None:
    outbox = Outbox(things, source="test")
    await outbox.create("a", {}, [BORN])
    claims = Claims(collection=things, field="relay_at", lease_seconds=30.0, filter={})
    claim = await claims.take(10)
    await outbox.save("a", version=1, changes={}, events=[AGAIN])
    assert await claims.renew(claim, ["a"]) == {"a"}
    left = await things.find_one({"_id": "a"})
    assert left is not None
    assert left["relay_at"] > DUE
