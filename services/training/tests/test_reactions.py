"""What other services tell, full and least, twice; and what this one tells, on a real topic."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.training.commands.erasure import Erasure
from services.training.main import build_worker
from services.training.reactions import table
from services.training.settings import TrainingSettings
from services.training.store import Stores
from services.training.tests.conftest import BUDI, SITI, Desk
from shared.consumer import Consumer
from shared.contracts.codes import Education
from shared.contracts.identity import AccountErased
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.events import Event, encode
from shared.kafka import Record
from shared.testing import Bus, envelope

LEAST: dict[str, Any] = {"kelurahan_code": None, "education": None, "graduation_year": None, "skills": ()}
FULL = {**LEAST, "kelurahan_code": "35.77.01.1001", "education": Education(form="rinci", code="3000")}
TOLD: list[Event] = [
    *(kind.model_validate(facts) for kind in (SeekerRegistered, SeekerProfileChanged) for facts in (FULL, LEAST)),
    SeekerContactChanged(sealed="v1.x"),
]


@pytest.mark.parametrize("event", TOLD, ids=lambda event: type(event).__name__)
async def test_a_record_that_comes_twice_or_late_changes_nothing(
    stores: Stores, erasure: Erasure, event: Event
) -> None:
    consumer = Consumer(url="", group="training", reactions=table(stores, erasure), publisher=None)  # type: ignore[arg-type]
    collection = stores.people.contacts if isinstance(event, SeekerContactChanged) else stores.people.seekers
    seen = []
    for sequence in (2, 2, 1):
        told = envelope(event, subject=SITI, sequence=sequence)
        value = encode(told).encode()
        await consumer.handle([Record(event.topic, 0, 0, 0, 0, SITI.encode(), value, None, 0, len(value), ())])
        seen.append([row async for row in collection.find()])
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0]["_id"] == SITI


async def test_the_seat_of_an_erased_person_goes_to_the_next_in_line_and_no_name_is_left(
    desk: Desk, erasure: Erasure, named: Callable[[str, str], Awaitable[None]]
) -> None:
    training = await desk.published(capacity=1)
    await named(SITI, "Siti")
    await desk.enrol(training, SITI)
    await desk.enrol(training, BUDI)
    reactions = table(desk.stores, erasure)
    for _ in range(2):
        effect = reactions[AccountErased]
        assert callable(effect)
        await effect(envelope(AccountErased(role="seeker"), subject=SITI, sequence=9))
    assert await desk.states(training) in (
        {SITI: "cancelled", BUDI: "offered"},
        {SITI: "cancelled", BUDI: "confirmed"},
    )
    assert await desk.stores.people.sealed_contacts([SITI]) == {}


async def test_a_worker_tells_what_happened_and_moves_the_line(
    desk: Desk,
    make_settings: Callable[..., TrainingSettings],
    make_topics: Callable[..., Awaitable[None]],
    kafka_url: str,
    bus: Bus,
) -> None:
    await make_topics("training", "identity", "seeker", "seeker-contact", "training.retry", "training.dead")
    training = await desk.published(capacity=1)
    mine = await desk.enrol(training, SITI)
    await desk.enrol(training, BUDI)
    worker = build_worker(make_settings(TrainingSettings, kafka_url=kafka_url))
    assert worker.prepare is not None
    await worker.prepare()
    await desk.enrolments.cancel(mine.id, seeker_id=SITI)
    try:
        for relay in worker.relays:
            async with asyncio.timeout(30):
                while await relay.relay_batch():
                    pass
    finally:
        await worker.publisher.stop()
        worker.client.close()
    types = sorted(type(event.data).__name__ for event in await bus.events("training"))
    assert types == [
        "EnrolmentCancelled",
        "EnrolmentConfirmed",
        "EnrolmentConfirmed",
        "EnrolmentWaiting",
        "TrainingChanged",
        "TrainingPublished",
    ]
