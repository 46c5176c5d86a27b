"""What other services tell, full and least, twice, late and in any order; and word to open applicants."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.application.commands import Commands
from services.application.commands.ending import BATCH
from services.application.domain import Words
from services.application.main import build_worker
from services.application.settings import ApplicationSettings
from services.application.tests.conftest import OWNER, SITI, VACANCY, World, vacancy_event
from services.application.tests.test_placements import COUNTED
from shared.callers import Caller
from shared.consumer import Consumer
from shared.contracts import vacancy
from shared.contracts.codes import Education
from shared.contracts.identity import AccountErased
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.events import Envelope, Event, encode
from shared.kafka import Record
from shared.mongo import Document
from shared.testing import Bus, envelope

LEAST_VACANCY: dict[str, Any] = {
    "owner_id": None,
    "kelurahan_code": None,
    "closes_at": None,
    "answer_by": None,
    "published_at": None,
    "employer_name": "",
}
LEAST_SEEKER = {"kelurahan_code": None, "education": None, "graduation_year": None, "skills": ()}
FULL_SEEKER = {
    "kelurahan_code": "35.77.01.1001",
    "education": Education(form="rinci", code="3000"),
    "graduation_year": 2015,
    "skills": ("las",),
}
KINDS: list[tuple[type[vacancy.VacancyFacts], str]] = [
    (vacancy.VacancyDrafted, "draft"),
    (vacancy.VacancyChanged, "draft"),
    (vacancy.VacancySubmitted, "submitted"),
    (vacancy.VacancyReturned, "returned"),
    (vacancy.VacancyPublished, "published"),
    (vacancy.VacancyClosed, "closed"),
    (vacancy.VacancyExpired, "expired"),
    (vacancy.VacancyWithdrawn, "draft"),
    (vacancy.VacancyRefused, "refused"),
    (vacancy.VacancyPaused, "paused"),
    (vacancy.VacancyResumed, "published"),
    (vacancy.VacancyFilled, "filled"),
    (vacancy.VacancyExtended, "published"),
    (vacancy.VacancyReopened, "published"),
    (vacancy.VacancyRecalled, "recalled"),
]
SAMPLES: list[tuple[str, Event]] = [
    *(
        ("vacancies", vacancy_event(kind, state=state, **given))
        for kind, state in KINDS
        for given in ({}, LEAST_VACANCY)
    ),
    *(
        ("seekers", kind.model_validate(facts))
        for kind in (SeekerRegistered, SeekerProfileChanged)
        for facts in (FULL_SEEKER, LEAST_SEEKER)
    ),
    ("seeker_contacts", SeekerContactChanged(sealed="v1.x")),
    ("applications", AccountErased(role="seeker")),
]


@pytest.fixture
def consumer(world: World) -> Consumer:
    return Consumer(url="", group="application", reactions=world.reactions, publisher=None)  # type: ignore[arg-type]


def record(event: Envelope[Any]) -> Record:
    value = encode(event).encode()
    return Record(event.data.topic, 0, 0, 0, 0, event.subject.encode(), value, None, 0, len(value), ())


async def everything(world: World) -> dict[str, list[Document]]:
    store = world.store
    kept = (store.vacancies, store.seekers, store.contacts, store.applications)
    return {one.name: [row async for row in one.find({}).sort("_id", 1)] for one in kept}


def test_every_event_that_is_reacted_to_is_tried_here(world: World) -> None:
    assert {type(event) for _, event in SAMPLES} | {type(event) for event in COUNTED} == set(world.reactions)


@pytest.mark.parametrize(
    ("collection", "event"), SAMPLES, ids=[f"{type(event).__name__}-{n}" for n, (_, event) in enumerate(SAMPLES)]
)
async def test_each_event_takes_effect_once_however_often_it_comes(
    consumer: Consumer, world: World, commands: Commands, collection: str, event: Event
) -> None:
    await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    subject = VACANCY if collection == "vacancies" else SITI
    before = await everything(world)
    told = record(envelope(event, subject=subject, sequence=50))
    await consumer.handle([told])
    once = await everything(world)
    assert once[collection] != before[collection]
    await consumer.handle([told, told])
    assert await everything(world) == once


async def test_who_is_erased_applies_for_nothing_any_more_and_leaves_no_copies(
    consumer: Consumer, world: World, commands: Commands
) -> None:
    mine, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note="Saya tetangga Bu Ratna")
    other, _ = await commands.submit(seeker_id="acc_budi", vacancy_id=VACANCY, note=None)
    await consumer.handle([record(envelope(SeekerContactChanged(sealed="v1.x"), subject=SITI, sequence=3))])
    await consumer.handle([record(envelope(AccountErased(role="seeker"), subject=SITI, sequence=9))])
    assert (await world.row(_id=mine.id))["state"] == "cancelled"
    assert (await world.row(_id=other.id))["state"] == "submitted"
    assert await world.store.contacts.find_one({"_id": SITI}) is None
    assert await world.store.seekers.find_one({"_id": SITI}) is None
    assert await world.told(mine.id) == ["ApplicationSubmitted", "ApplicationCancelled"]


async def test_what_is_late_does_not_undo_what_is_newer(consumer: Consumer, world: World) -> None:
    newer = record(envelope(vacancy_event(vacancy.VacancyClosed, state="closed"), subject="vac_9", sequence=7))
    older = record(envelope(vacancy_event(), subject="vac_9", sequence=4))
    for records in ([newer], [older], [newer, older], [older, newer]):
        await consumer.handle(records)
        known = await world.store.vacancy("vac_9")
        assert known is not None
        assert known.state == "closed"


async def test_a_vacancy_is_known_by_the_fields_that_an_application_needs(world: World) -> None:
    known = await world.store.vacancy(VACANCY, owner_id=OWNER)
    assert known is not None
    event = vacancy_event()
    for name in ("number", "title", "employer_id", "employer_name", "kelurahan_code", "closes_at", "answer_by"):
        assert getattr(known, name) == getattr(event, name)


async def test_a_closed_vacancy_is_told_to_every_open_applicant_once_and_to_nobody_else(
    consumer: Consumer, world: World, commands: Commands
) -> None:
    people = [f"acc_{number}" for number in range(BATCH + 10)]
    await asyncio.gather(*(commands.submit(seeker_id=who, vacancy_id=VACANCY, note=None) for who in people))
    withdrawn = await world.row(seeker_id="acc_3")
    await world.store.applications.update_one({"_id": withdrawn["_id"]}, {"$set": {"state": "withdrawn"}})
    closed = record(envelope(vacancy_event(vacancy.VacancyClosed, state="closed"), subject=VACANCY, sequence=9))
    await asyncio.gather(consumer.handle([closed]), commands.vacancy_ended(VACANCY))
    for who in people:
        row = await world.row(seeker_id=who)
        told = ["ApplicationSubmitted"] + ["ApplicationVacancyEnded"] * (who != "acc_3")
        assert await world.told(row["_id"]) == told
        assert row["state"] == ("withdrawn" if who == "acc_3" else "submitted")


async def test_a_recalled_vacancy_warns_every_open_applicant_once_also_where_its_closing_was_told(
    consumer: Consumer, world: World, commands: Commands
) -> None:
    people = [f"acc_{number}" for number in range(5)]
    made = [(await commands.submit(seeker_id=who, vacancy_id=VACANCY, note=None))[0] for who in people]
    await world.store.applications.update_one({"_id": made[3].id}, {"$set": {"state": "rejected"}})
    await world.store.applications.update_one({"_id": made[4].id}, {"$unset": {"vacancy_recalled": ""}})
    closed = envelope(vacancy_event(vacancy.VacancyClosed, state="closed"), subject=VACANCY, sequence=9)
    recalled = envelope(vacancy_event(vacancy.VacancyRecalled, state="recalled"), subject=VACANCY, sequence=10)
    await consumer.handle([record(closed)])
    await consumer.handle([record(recalled)])
    await consumer.handle([record(recalled)])
    await commands.tell_again()
    for application in made:
        warned = ["ApplicationVacancyEnded", "ApplicationVacancyRecalled"] if application.id != made[3].id else []
        assert await world.told(application.id) == ["ApplicationSubmitted", *warned]
    last = (await world.row(_id=made[0].id))["outbox"][-1]["value"]
    assert '"reason":"Sudah penuh."' in last


async def test_an_application_accepted_while_the_recall_was_on_its_way_is_warned_by_the_timer(
    world: World, commands: Commands
) -> None:
    await world.vacancy(kind=vacancy.VacancyRecalled, state="recalled")
    await world.store.vacancies.update_one({"_id": VACANCY}, {"$set": {"state": "published"}})
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    await world.store.vacancies.update_one({"_id": VACANCY}, {"$set": {"state": "recalled"}})
    for _ in range(2):
        await commands.tell_again()
    assert await world.told(made.id) == ["ApplicationSubmitted", "ApplicationVacancyRecalled"]


async def test_nobody_hears_of_the_closing_of_what_has_opened_again(world: World, commands: Commands) -> None:
    await world.vacancy(kind=vacancy.VacancyClosed, state="closed")
    await world.vacancy(kind=vacancy.VacancyReopened, state="published")
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    await commands.tell_again()
    assert await world.told(made.id) == ["ApplicationSubmitted"]


async def test_an_expired_vacancy_is_told_to_nobody(consumer: Consumer, world: World, commands: Commands) -> None:
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    event = vacancy_event(vacancy.VacancyExpired, state="expired")
    await consumer.handle([record(envelope(event, subject=VACANCY, sequence=9))])
    await commands.tell_again()
    assert await world.told(made.id) == ["ApplicationSubmitted"]


async def test_an_application_accepted_while_the_vacancy_closed_is_told_by_the_timer(
    world: World, commands: Commands
) -> None:
    await world.vacancy(kind=vacancy.VacancyClosed, state="closed")
    # As if it had been read as published an instant earlier, and stored an instant later.
    await world.store.vacancies.update_one({"_id": VACANCY}, {"$set": {"state": "published"}})
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id=VACANCY, note=None)
    await world.store.vacancies.update_one({"_id": VACANCY}, {"$set": {"state": "closed"}})
    await commands.tell_again()
    await commands.tell_again()
    assert await world.told(made.id) == ["ApplicationSubmitted", "ApplicationVacancyEnded"]


async def test_word_of_the_closing_and_a_decision_at_once_both_stand(world: World, commands: Commands) -> None:
    owner = Caller(account_id=OWNER, role="employer")
    for number in range(10):
        await world.vacancy(f"vac_{number}")
        made, _ = await commands.submit(seeker_id=SITI, vacancy_id=f"vac_{number}", note=None)
        await world.store.vacancies.update_one({"_id": f"vac_{number}"}, {"$set": {"state": "closed"}})
        await asyncio.gather(
            commands.vacancy_ended(f"vac_{number}"),
            commands.decide(made.id, "shortlist", caller=owner, words=Words()),
        )
        told = await world.told(made.id)
        assert sorted(told[1:]) == ["ApplicationShortlisted", "ApplicationVacancyEnded"]


async def test_over_the_bus_a_vacancy_becomes_known_and_an_application_is_told(
    bus: Bus,
    make_topics: Callable[..., Awaitable[None]],
    settings: ApplicationSettings,
    world: World,
    commands: Commands,
    kafka_url: str,
) -> None:
    topics = ("vacancy", "seeker", "seeker-contact", "application", "application.retry", "application.dead")
    await make_topics(*topics)
    worker = build_worker(settings.model_copy(update={"kafka_url": kafka_url}))
    assert worker.consumer is not None
    stopping = asyncio.Event()
    await bus.publish(envelope(vacancy_event(), subject="vac_bus"))
    consuming = asyncio.create_task(worker.consumer.run(stopping))
    async with asyncio.timeout(60):
        while await world.store.vacancy("vac_bus") is None:
            await asyncio.sleep(0.05)
    made, _ = await commands.submit(seeker_id=SITI, vacancy_id="vac_bus", note=None)
    assert await worker.relays[0].relay_batch() == 1
    (event,) = await bus.events("application")
    assert (event.type, event.subject, event.data.number) == ("ApplicationSubmitted.v1", made.id, made.number)
    stopping.set()
    await consuming
    await worker.publisher.stop()
    worker.client.close()
