"""What the service learns of applications: openings that are filled by hires, and answers that an employer owes."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.vacancy.commands.contacts import Contacts
from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.running import RunningCommands
from services.vacancy.reactions import ANSWERS, STEPS, table
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City, Hands
from services.vacancy.tests.test_reactions import Record
from shared.consumer import Consumer
from shared.contracts.application import (
    ApplicationClosedWithoutReply,
    ApplicationFacts,
    ApplicationHired,
    ApplicationInterviewOffered,
    ApplicationRejected,
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyRecalled,
    ApplicationWithdrawn,
)
from shared.events import encode
from shared.kafka import Publisher
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import envelope
from tests.contracts.samples import full, least

OWNER = ("acc_owner", "employer")
Hear = Callable[..., Any]


@pytest.fixture
def hear(store: VacancyStore, client: Client, settings: VacancySettings, clock: Hands) -> Hear:
    """Hand events of the application `app_<n>` to the service's own loop."""
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    employers = EmployerCommands(store, Contacts(store, vault), clock=clock)
    bus = Publisher("127.0.0.1:1", client_id="test")
    reactions = table(store, employers, RunningCommands(store, clock=clock))
    consumer = Consumer(url="127.0.0.1:1", group="vacancy", reactions=reactions, publisher=bus)

    async def hear(kind: type[ApplicationFacts], number: int, *, sequence: int, **given: Any) -> None:
        data = {**(least if given.pop("sparse", False) else full)(kind), **given}
        event = kind.model_validate(data, strict=False)
        told = envelope(event, subject=f"app_{number}", sequence=sequence)
        await consumer.handle([Record(encode(told).encode(), topic="application")])

    return hear


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("kind", [*STEPS, *ANSWERS, ApplicationHired])
async def test_every_event_takes_effect_once(
    hear: Hear, store: VacancyStore, kind: type[ApplicationFacts], sparse: bool
) -> None:
    for _ in range(2):
        await hear(kind, 1, sequence=3, vacancy_id="vac_x", employer_id="emp_x", sparse=sparse)
    rows = [row async for row in store.applications.collection.find({})]
    assert [(row["_id"], row["seq"], row["vacancy_id"]) for row in rows] == [("app_1", 3, "vac_x")]
    assert "seeker" not in str(rows)


async def test_each_hire_fills_an_opening_and_the_last_one_ends_the_vacancy(city: City, hear: Hear) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "published", openings=2)
    path = f"/vacancies/{made['id']}"
    for number in (1, 1, 1):
        await hear(ApplicationHired, number, sequence=4, vacancy_id=made["id"], state="hired")
    one = await city.done("GET", path, OWNER)
    assert (one["state"], one["filled_count"], one["version"]) == ("published", 1, 4)
    await hear(ApplicationHired, 2, sequence=4, vacancy_id=made["id"], state="hired")
    two = await city.done("GET", path, OWNER)
    assert (two["state"], two["filled_count"], two["history"][-1]["actor"]) == ("filled", 2, "system")
    await hear(ApplicationHired, 3, sequence=4, vacancy_id=made["id"], state="hired")
    assert await city.done("GET", path, OWNER) == two


async def test_what_the_employer_counted_itself_is_not_counted_down(city: City, hear: Hear) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "published", openings=5)
    path = f"/vacancies/{made['id']}"
    await city.done("POST", f"{path}/fill", OWNER, {"filled_count": 3})
    await hear(ApplicationHired, 1, sequence=4, vacancy_id=made["id"], state="hired")
    assert (await city.done("GET", path, OWNER))["filled_count"] == 3


@pytest.mark.parametrize(
    ("kind", "state", "answer_by", "owes"),
    [
        (ApplicationSubmitted, "submitted", date(2026, 1, 4), True),
        (ApplicationSubmitted, "submitted", date(2026, 1, 5), False),
        (ApplicationSubmitted, "submitted", None, False),
        (ApplicationRejected, "rejected", date(2026, 1, 4), False),
        (ApplicationWithdrawn, "withdrawn", date(2026, 1, 4), False),
        (ApplicationVacancyRecalled, "submitted", date(2026, 1, 4), False),
    ],
)
async def test_an_employer_that_owes_answers_sends_in_nothing_new(
    city: City, hear: Hear, kind: type[ApplicationFacts], state: str, answer_by: date | None, owes: bool
) -> None:
    employer = await city.employer("acc_owner")
    made = await city.vacancy("acc_owner")
    await hear(kind, 1, sequence=2, employer_id=employer["id"], state=state, answer_by=answer_by)
    await hear(kind, 2, sequence=2, employer_id="emp_other", state=state, answer_by=date(2026, 1, 1))
    answer = await city.ask("POST", f"/vacancies/{made['id']}/submit", OWNER)
    assert answer.status_code == (409 if owes else 200)
    if owes:
        assert answer.json()["code"] == "owes_answers"
        await hear(ApplicationRejected, 1, sequence=3, employer_id=employer["id"], state="rejected")
        assert (await city.ask("POST", f"/vacancies/{made['id']}/submit", OWNER)).status_code == 200


UNTIL = datetime(2026, 2, 1, tzinfo=UTC)


async def test_what_was_closed_without_a_reply_is_owed_until_it_is_answered_or_can_no_longer_be(
    city: City, hear: Hear, clock: Hands
) -> None:
    employer = await city.employer("acc_owner")
    made = await city.vacancy("acc_owner")
    known = {"employer_id": employer["id"], "answer_by": date(2026, 1, 2)}
    for number in (1, 2):
        await hear(
            ApplicationClosedWithoutReply,
            number,
            sequence=2,
            state="closed_without_reply",
            answer_until=UNTIL if number == 1 else clock.now,
            **known,
        )
    answer = await city.ask("POST", f"/vacancies/{made['id']}/submit", OWNER)
    assert (answer.status_code, answer.json()["code"]) == (409, "owes_answers")
    again = {**known, "answer_by": date(2026, 2, 20)}
    await hear(ApplicationShortlisted, 1, sequence=3, state="shortlisted", **again)
    assert (await city.ask("POST", f"/vacancies/{made['id']}/submit", OWNER)).status_code == 200


async def test_how_an_employer_answers_is_told_from_five_applications_on_and_a_late_answer_stays_late(
    city: City, hear: Hear
) -> None:
    employer = await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'published'))['id']}"
    mine = {"employer_id": employer["id"]}

    async def rate() -> Any:
        return (await city.ask("GET", path)).json()["answer_rate"]

    for number in (1, 2):
        await hear(ApplicationRejected, number, sequence=2, state="rejected", **mine)
    await hear(ApplicationInterviewOffered, 3, sequence=2, state="interview_offered", **mine)
    await hear(ApplicationSubmitted, 4, sequence=1, state="submitted", **mine)
    await hear(ApplicationWithdrawn, 5, sequence=2, state="withdrawn", **mine)
    late = {"state": "closed_without_reply", "answer_until": UNTIL, **mine}
    await hear(ApplicationClosedWithoutReply, 6, sequence=2, **late)
    assert await rate() is None, "four are too few"
    await hear(ApplicationClosedWithoutReply, 7, sequence=2, **late)
    assert await rate() == {"percent": 60, "applications": 5}
    await hear(ApplicationRejected, 7, sequence=3, state="rejected", **mine)
    await hear(ApplicationRejected, 4, sequence=2, state="rejected", **mine)
    for _ in range(2):
        await hear(ApplicationRejected, 8, sequence=2, state="rejected", **mine)
    assert await rate() == {"percent": 71, "applications": 7}


async def test_a_vacancy_without_a_job_says_so_in_its_event(city: City, store: VacancyStore) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'published'))['id']}"
    refused = await city.ask("POST", f"{path}/close", OWNER, {"reason_code": "asks_nothing"})
    assert refused.status_code == 422
    await city.done("POST", f"{path}/close", OWNER, {"reason_code": "cancelled_job"})
    row = await store.vacancies.collection.find_one({"_id": path.rsplit("/", 1)[1]})
    assert row is not None
    told = [json.loads(entry["value"]) for entry in row["outbox"]]
    (closed,) = [event["data"] for event in told if event["type"] == "VacancyClosed.v1"]
    assert closed["reason_code"] == "cancelled_job"
