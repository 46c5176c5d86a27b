"""Somebody wanted to be forgotten: nothing of the person is left here, nobody else loses anything."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from services.seeker.domain.searches import Terms
from services.seeker.main import Stores
from services.seeker.tests.conftest import BUDI, SITI
from services.seeker.tests.telling import Clock, House
from shared.contracts.identity import AccountContactChanged, AccountErased
from shared.kafka import Publisher
from shared.sealed import Vault
from shared.testing import Bus


@pytest.fixture
async def heard(
    stores: Stores, kafka_url: str, prefix: str, make_topics: Callable[..., Awaitable[None]]
) -> AsyncIterator[House]:
    """The service with a way to the bus."""
    await make_topics("seeker-contact")
    publisher = Publisher(kafka_url, client_id="test")
    yield House(stores, Clock(), publisher=publisher, topic_prefix=prefix)
    await publisher.stop()


async def everything(house: House) -> list[dict[str, Any]]:
    stores = house.stores
    collections = (stores.profiles.seekers, stores.saved.saved, stores.searches.searches)
    return [row for each in collections for row in [one async for one in each.find({})]]


async def test_an_erased_person_leaves_nothing_here_and_a_tombstone_on_the_contact_topic(
    heard: House, vault: Vault, bus: Bus
) -> None:
    await heard.vacancy("vac_1")
    contacts: dict[str, str] = {}
    for person in (SITI, BUDI):
        sealed = await vault.seal(person, "contact", {"name": "Siti", "email": "siti@contoh.id"})
        contacts[person] = sealed
        await heard.tell(AccountContactChanged(role="seeker", sealed=sealed), person, sequence=1)
        await heard.saved.keep(person, "vac_1")
        await heard.searches.create(person, Terms(q="penjahit"))
    await vault.destroy(SITI)
    for _ in range(2):
        await heard.tell(AccountErased(role="seeker"), SITI, sequence=9)
    late = AccountContactChanged(role="seeker", sealed=contacts[SITI])
    await heard.tell(late, SITI, sequence=2)
    left = await everything(heard)
    assert SITI not in str(left)
    assert [row.get("seeker_id", row["_id"]) for row in left] == [BUDI] * 3
    assert {(record.key, record.value) for record in await bus.records("seeker-contact")} == {(SITI.encode(), None)}


async def test_the_end_of_an_employers_account_changes_nothing_here(house: House, vault: Vault) -> None:
    sealed = await vault.seal(SITI, "contact", {"name": "Siti", "email": "siti@contoh.id"})
    await house.tell(AccountContactChanged(role="seeker", sealed=sealed), SITI, sequence=1)
    before = await everything(house)
    await house.tell(AccountErased(role="employer"), SITI)
    assert await everything(house) == before
