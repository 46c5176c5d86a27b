"""What the store alone must guarantee: limits counted together, and nothing allowed that cannot be counted."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from services.identity.secrecy import Blind, Wrap
from services.identity.store.limits import LimitStore
from shared.mongo import Client, connect, is_unavailable
from shared.testing import TEST_KEY
from shared.visitor import network_of

AT = datetime.now(UTC)


@pytest.fixture
async def limits(client: Client, prefix: str) -> LimitStore:
    store = LimitStore(client[f"{prefix}_limits"].limits)
    await store.prepare()
    return store


async def test_of_fifty_at_once_as_many_are_counted_as_allowed(limits: LimitStore) -> None:
    waits = await asyncio.gather(*(limits.take("x", allowed=7, seconds=60, at=AT) for _ in range(50)))
    assert waits.count(0) == 7
    assert all(0 <= wait <= 60 for wait in waits)


async def test_a_window_starts_with_the_first_and_ends_for_all(limits: LimitStore) -> None:
    assert await limits.take("x", allowed=1, seconds=60, at=AT) == 0
    assert await limits.take("x", allowed=1, seconds=60, at=AT + timedelta(seconds=20)) == 40
    assert await limits.take("x", allowed=1, seconds=60, at=AT + timedelta(seconds=61)) == 0
    assert await limits.take("y", allowed=1, seconds=60, at=AT) == 0


async def test_what_is_given_back_may_be_taken_again_and_never_more(limits: LimitStore) -> None:
    await limits.take("x", allowed=1, seconds=60, at=AT)
    for _ in range(3):
        await limits.give_back("x")
    assert await limits.take("x", allowed=1, seconds=60, at=AT) == 0
    assert await limits.take("x", allowed=1, seconds=60, at=AT) > 0


async def test_without_a_store_nothing_is_allowed() -> None:
    away = connect("mongodb://127.0.0.1:9/?directConnection=true", app="test", timeout_ms=200)
    with pytest.raises(Exception) as refused:  # noqa: PT011 (the driver's error, named by is_unavailable)
        await LimitStore(away.x.limits).take("x", allowed=1, seconds=60, at=AT)
    assert is_unavailable(refused.value)
    away.close()


async def test_old_codes_sessions_and_counts_are_forgotten_by_the_store(identity: Any) -> None:
    store = identity.parts.store
    kept = {}
    for part in (store.codes, store.families, store.limits):
        indexes = await part.collection.index_information()
        kept[part.collection.name] = indexes["forget"]["expireAfterSeconds"]
    assert kept == {"codes": 86_400, "refresh_families": 0, "limits": 60}


async def test_preparing_twice_at_once_is_harmless(identity: Any) -> None:
    await asyncio.gather(*(identity.parts.prepare() for _ in range(3)))
    assert await identity.parts.store.keys.collection.count_documents({}) == 1


def test_a_wrapped_secret_opens_only_in_its_place_and_under_its_master_key() -> None:
    wrapped = Wrap(TEST_KEY).wrap(b"secret", place="a")
    assert Wrap(TEST_KEY).unwrap(wrapped, place="a") == b"secret"
    other = TEST_KEY.replace("a", "b", 1) if "a" in TEST_KEY else TEST_KEY[::-1]
    for wrap, place in ((Wrap(TEST_KEY), "b"), (Wrap(other), "a")):
        with pytest.raises(InvalidTag):
            wrap.unwrap(wrapped, place=place)


def test_one_value_hashes_differently_for_each_purpose() -> None:
    blind = Blind(TEST_KEY)
    assert len({blind("phone", "1"), blind("email", "1"), blind("phone", "2")}) == 3


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("192.0.2.7, 10.0.0.1", "unknown"),
        ("localhost", "unknown"),
    ],
)
def test_one_customer_is_one_address(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as
