"""The account's contact in the profile: full and least, twice, late, in both orders, and over the bus."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.seeker.commands import Commands
from services.seeker.domain import Draft, Wishes
from services.seeker.main import build_worker
from services.seeker.settings import SeekerSettings
from services.seeker.store import SeekerStore
from services.seeker.tests.conftest import SITI
from services.seeker.tests.telling import House
from shared.contracts.identity import AccountContactChanged
from shared.effects import Reaction
from shared.events import Envelope
from shared.mongo import Document
from shared.relay import Relay
from shared.sealed import Vault
from shared.testing import Bus, envelope

FULL = {"name": "Siti", "phone": "+6283900000001", "email": "siti@contoh.id"}
LEAST = {"name": "Siti"}
MINE = Draft(
    name="Siti Aminah",
    email=None,
    nik=None,
    wishes=Wishes(),
    kelurahan_code=None,
    education=None,
    graduation_year=None,
    skills=(),
)


@pytest.fixture
def react(house: House) -> Reaction:
    effect = house.reactions[AccountContactChanged]
    assert callable(effect)
    return effect


@pytest.fixture
def contact(vault: Vault) -> Callable[..., Awaitable[Envelope[Any]]]:
    async def make(data: dict[str, str], *, sequence: int = 1, role: Any = "seeker") -> Envelope[Any]:
        sealed = await vault.seal(SITI, "contact", data)
        return envelope(AccountContactChanged(role=role, sealed=sealed), subject=SITI, sequence=sequence)

    return make


async def row(store: SeekerStore) -> Document | None:
    return await store.seekers.find_one({"_id": SITI})


@pytest.mark.parametrize("data", [FULL, LEAST])
async def test_a_contact_makes_a_profile_once(
    data: dict[str, str], react: Reaction, contact: Any, store: SeekerStore
) -> None:
    event = await contact(data)
    await react(event)
    once = await row(store)
    await react(event)
    assert await row(store) == once
    seeker = await store.load(SITI)
    assert seeker is not None
    assert seeker.personal.contact == data
    assert once is not None
    assert [entry["topic"] for entry in once["outbox"]] == ["seeker", "seeker-contact"]


async def test_a_later_contact_is_taken_and_an_earlier_one_that_comes_late_is_not(
    react: Reaction, contact: Any, store: SeekerStore
) -> None:
    for sequence, phone in ((1, "+621"), (3, "+623"), (2, "+622")):
        await react(await contact({"name": "Siti", "phone": phone}, sequence=sequence))
    seeker, stored = await store.load(SITI), await row(store)
    assert seeker is not None
    assert stored is not None
    assert seeker.personal.phone == "+623"
    assert [entry["topic"] for entry in stored["outbox"]] == ["seeker", "seeker-contact", "seeker-contact"]


async def test_the_phone_arrives_after_the_person_wrote_the_profile(
    react: Reaction, contact: Any, commands: Commands, store: SeekerStore
) -> None:
    await commands.save(SITI, MINE, if_match=None)
    await react(await contact(FULL))
    seeker = await store.load(SITI)
    assert seeker is not None
    assert seeker.personal.contact == {"name": "Siti Aminah", "phone": FULL["phone"]}


async def test_a_save_and_a_contact_at_once_both_stand(
    react: Reaction, contact: Any, commands: Commands, store: SeekerStore
) -> None:
    event = await contact(FULL)
    await asyncio.gather(commands.save(SITI, MINE, if_match=None), react(event))
    seeker = await store.load(SITI)
    assert seeker is not None
    assert seeker.personal.contact == {"name": "Siti Aminah", "phone": FULL["phone"]}


@pytest.mark.parametrize("role", ["employer", "officer", "admin"])
async def test_other_accounts_get_no_profile(role: str, react: Reaction, contact: Any, store: SeekerStore) -> None:
    await react(await contact(FULL, role=role))
    assert await row(store) is None


async def test_the_contact_of_an_erased_person_makes_nothing(
    react: Reaction, contact: Any, store: SeekerStore, vault: Vault
) -> None:
    event = await contact(FULL)
    await vault.destroy(SITI)
    await react(event)
    assert await row(store) is None


async def test_over_the_bus_an_account_becomes_a_profile_and_its_events(
    bus: Bus,
    make_topics: Callable[..., Awaitable[None]],
    settings: SeekerSettings,
    store: SeekerStore,
    contact: Any,
    kafka_url: str,
) -> None:
    await make_topics("identity-contact", "vacancy", "seeker", "seeker-contact", "seeker.retry", "seeker.dead")
    worker = build_worker(settings.model_copy(update={"kafka_url": kafka_url}))
    assert worker.consumer is not None
    stopping = asyncio.Event()
    await bus.publish(await contact(FULL))
    consuming = asyncio.create_task(worker.consumer.run(stopping))
    async with asyncio.timeout(60):
        while await row(store) is None:
            await asyncio.sleep(0.05)
    relay: Relay = worker.relays[0]
    assert await relay.relay_batch() == 1
    assert [event.type for event in await bus.events("seeker")] == ["SeekerRegistered.v1"]
    assert [event.type for event in await bus.events("seeker-contact")] == ["SeekerContactChanged.v1"]
    stopping.set()
    await consuming
    await worker.publisher.stop()
    worker.client.close()
