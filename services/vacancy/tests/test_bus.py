"""On real Kafka: what the worker hears of accounts, and what it tells of employers and vacancies."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from services.vacancy.main import workshop
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City
from shared.contracts.identity import AccountContactChanged
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import Bus, envelope

TOPICS = (
    *("vacancy", "employer", "employer-contact", "identity-contact", "vacancy.retry", "vacancy.dead"),
    "province.35.outbound",
)


async def test_the_worker_tells_every_step_in_order_and_the_contact_that_it_heard(
    city: City,
    store: VacancyStore,
    client: Client,
    bus: Bus,
    kafka_url: str,
    make_topics: Callable[..., Awaitable[None]],
    make_settings: Callable[..., Any],
) -> None:
    await make_topics(*TOPICS)
    settings: VacancySettings = make_settings(VacancySettings, service="vacancy", kafka_url=kafka_url)
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    account = {"name": "Siti Contoh", "email": "siti@example.com"}
    heard = AccountContactChanged(role="employer", sealed=await vault.seal("acc_owner", "contact", account))
    employer = await city.employer("acc_owner")
    vacancy = await city.vacancy("acc_owner", "published")
    await bus.publish(envelope(heard, subject="acc_owner"))

    worker, stopping = workshop(settings), asyncio.Event()
    assert worker.consumer is not None
    runs = [*(relay.run for relay in worker.relays), worker.consumer.run]
    parts = [asyncio.create_task(run(stopping)) for run in runs]
    async with asyncio.timeout(60):
        while not (contacts := await bus.events("employer-contact")) or await _waiting(store):
            await asyncio.sleep(0.1)
    stopping.set()
    await asyncio.gather(*parts)
    await worker.publisher.stop()
    worker.client.close()

    told = [(event.type, event.subject, event.sequence) for event in await bus.events("vacancy")]
    steps = ("VacancyDrafted.v1", "VacancySubmitted.v1", "VacancyPublished.v1")
    assert told == [(step, vacancy["id"], number) for number, step in enumerate(steps, start=1)]
    assert [event.type for event in await bus.events("employer")] == ["EmployerRegistered.v1", "EmployerVerified.v1"]
    assert [(event.subject, event.data.owner_id) for event in contacts] == [(employer["id"], "acc_owner")]
    assert await vault.open("acc_owner", "employer-contact", contacts[0].data.sealed) == account


async def _waiting(store: VacancyStore) -> int:
    """Documents with events that are not on the bus yet."""
    unsent = {"relay_at": {"$exists": True}}
    return sum([await each.collection.count_documents(unsent) for each in (store.vacancies, store.employers)])
