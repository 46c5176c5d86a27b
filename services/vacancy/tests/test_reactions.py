"""What identity tells us of an employer's contact: used once, followed, never stepped back."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from services.vacancy.commands.contacts import Contacts
from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.running import RunningCommands
from services.vacancy.domain.employer import Details
from services.vacancy.reactions import table
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import Hands
from shared.consumer import Consumer
from shared.contracts.identity import AccountContactChanged
from shared.events import Envelope, encode
from shared.kafka import Publisher
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import envelope

FULL = {"name": "Siti Contoh", "phone": "+628390012345", "email": "siti@example.com"}
LEAST = {"name": "Siti Contoh", "email": "siti@example.com"}


@dataclass
class Record:
    """A record as the consumer polls it."""

    value: bytes
    topic: str = "identity-contact"
    partition: int = 0
    offset: int = 0
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()


@dataclass
class Desk:
    """The service's reactions and commands, with the vault to look into what was sealed."""

    store: VacancyStore
    vault: Vault
    employers: EmployerCommands
    consumer: Consumer

    async def told(self, contact: dict[str, str], *, sequence: int = 1, role: str = "employer") -> Envelope[Any]:
        sealed = await self.vault.seal("acc_1", "contact", contact)
        event = AccountContactChanged.model_validate({"role": role, "sealed": sealed})
        return envelope(event, subject="acc_1", sequence=sequence)

    async def hear(self, *events: Envelope[Any]) -> None:
        await self.consumer.handle([Record(encode(event).encode()) for event in events])

    async def register(self, given: dict[str, str] | None = None) -> None:
        await self.employers.register(Details(name="Jahit Contoh"), given=given or {}, owner_id="acc_1")

    async def published(self) -> list[dict[str, Any]]:
        """The contacts told to others so far, opened."""
        row = await self.store.employers.collection.find_one({"owner_id": "acc_1"})
        assert row is not None
        events = [json.loads(entry["value"]) for entry in row["outbox"]]
        sealed = [event["data"]["sealed"] for event in events if event["type"] == "EmployerContactChanged.v1"]
        return [await self.vault.open("acc_1", "employer-contact", seal) for seal in sealed]


@pytest.fixture
def desk(store: VacancyStore, client: Client, settings: VacancySettings, clock: Hands) -> Desk:
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    employers = EmployerCommands(store, Contacts(store, vault), clock=clock)
    bus = Publisher("127.0.0.1:1", client_id="test")
    consumer = Consumer(
        url="127.0.0.1:1",
        group="vacancy",
        reactions=table(store, employers, RunningCommands(store, clock=clock)),
        publisher=bus,
    )
    return Desk(store, vault, employers, consumer)


@pytest.mark.parametrize("contact", [FULL, LEAST])
@pytest.mark.parametrize("first", ["account", "employer"])
async def test_the_accounts_contact_is_used_whichever_arrives_first_and_told_once(
    desk: Desk, contact: dict[str, str], first: str
) -> None:
    event = await desk.told(contact)
    steps: list[Callable[[], Any]] = [lambda: desk.hear(event), desk.register]
    for step in steps if first == "account" else reversed(steps):
        await step()
    assert await desk.published() == [contact]
    await desk.hear(event)
    await desk.hear(event, event)
    assert await desk.published() == [contact]


async def test_the_parts_that_the_employer_chose_stay_and_the_rest_follows_the_account(desk: Desk) -> None:
    await desk.register({"phone": "+628390099999"})
    await desk.hear(await desk.told(FULL))
    await desk.hear(await desk.told({**FULL, "email": "baru@example.com"}, sequence=2))
    assert await desk.published() == [
        {"name": "Jahit Contoh", "phone": "+628390099999"},
        {**FULL, "phone": "+628390099999"},
        {**FULL, "phone": "+628390099999", "email": "baru@example.com"},
    ]


async def test_an_older_contact_that_comes_late_changes_nothing(desk: Desk) -> None:
    old, new = await desk.told(LEAST, sequence=1), await desk.told(FULL, sequence=2)
    await desk.register()
    await desk.hear(new)
    await desk.hear(old)
    await desk.hear(old, new)
    assert await desk.published() == [FULL]


async def test_a_seekers_contact_is_not_kept(desk: Desk) -> None:
    await desk.hear(await desk.told(FULL, role="seeker"))
    assert await desk.store.account_contacts.count_documents({}) == 0


async def test_an_account_without_an_employer_is_remembered_and_nothing_more(desk: Desk) -> None:
    await desk.hear(await desk.told(LEAST))
    kept = await desk.store.account_contacts.find_one({"_id": "acc_1"})
    assert kept is not None
    assert (kept["seq"], "siti" in str(kept)) == (1, False)


async def test_a_contact_that_arrived_in_the_moment_of_registration_is_filled_in_by_the_sweep(desk: Desk) -> None:
    await desk.register()
    sealed = (await desk.told(FULL)).data.sealed
    await desk.store.account_contacts.insert_one({"_id": "acc_1", "sealed": sealed, "seq": 1})
    await asyncio.gather(desk.employers.fill_contacts(), desk.employers.fill_contacts())
    await desk.employers.fill_contacts()
    assert await desk.published() == [FULL]


async def test_a_contact_of_somebody_who_was_erased_reaches_nobody(desk: Desk) -> None:
    event = await desk.told(FULL)
    await desk.vault.destroy("acc_1")
    await desk.register()
    await desk.hear(event)
    assert await desk.published() == []
