"""What is due by the clock, on the real store: closed once, told once, however many look at the clock."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.application import overdue
from services.application.commands import Commands
from services.application.domain import Application
from services.application.domain.promise import closes_at
from services.application.settings import ApplicationSettings
from services.application.tests.conftest import OWNER, SITI, VACANCY, Http, World
from shared.clock import start_of
from shared.contracts import vacancy

ANSWER_BY = date(2026, 12, 24)
CLOSES = closes_at(ANSWER_BY)
BEFORE = CLOSES - timedelta(milliseconds=1)


async def apply(commands: Commands, *people: str, to: str = VACANCY) -> list[Application]:
    return [(await commands.submit(seeker_id=who, vacancy_id=to, note=None))[0] for who in people]


async def test_whoever_was_not_answered_is_told_three_days_after_the_promised_day(
    world: World, commands: Commands
) -> None:
    people = [f"acc_{number}" for number in range(5)]
    made = await apply(commands, *people)
    assert await commands.run_due(at=BEFORE) == 0
    counts = await asyncio.gather(*(commands.run_due(at=CLOSES) for _ in range(3)))
    assert sum(counts) == 5, "each closes for one of those who look"
    assert await commands.run_due(at=CLOSES) == 0
    for one in made:
        assert await world.told(one.id) == ["ApplicationSubmitted", "ApplicationClosedWithoutReply"]
        assert (await world.row(_id=one.id))["state"] == "closed_without_reply"


async def test_more_than_a_batch_is_closed_in_one_go(
    world: World, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.application.commands.overdue.DUE_BATCH", 3)
    await apply(commands, *(f"acc_{number}" for number in range(8)))
    assert await commands.run_due(at=CLOSES) == 8


async def test_a_late_answer_and_the_clock_at_once_leave_one_of_the_two(
    http: Http, world: World, commands: Commands
) -> None:
    for number in range(8):
        await world.vacancy(f"vac_{number}")
        (made,) = await apply(commands, SITI, to=f"vac_{number}")
        answer, _ = await asyncio.gather(http.act(made.id, "reject"), commands.run_due(at=CLOSES))
        told = await world.told(made.id)
        assert answer.status_code == 200
        assert told[-1] == "ApplicationRejected"
        assert told[1:-1] in ([], ["ApplicationClosedWithoutReply"])


async def test_the_employer_still_answers_what_was_closed_and_sees_until_when(
    http: Http, world: World, commands: Commands
) -> None:
    (made,) = await apply(commands, SITI)
    await commands.run_due(at=CLOSES)
    seen = (await http.get(f"/{made.id}", OWNER, "employer")).json()
    assert (seen["state"], seen["commands"]) == ("closed_without_reply", ["shortlist", "reject"])
    assert datetime.fromisoformat(seen["answer_until"]) == CLOSES + timedelta(days=30)
    assert (await http.act(made.id, "shortlist")).json()["state"] == "shortlisted"


async def test_an_employer_is_reminded_once_before_the_day_and_once_on_it_with_how_many_wait(
    world: World, commands: Commands
) -> None:
    await apply(commands, "acc_1", "acc_2", "acc_3")
    morning = start_of(ANSWER_BY) + timedelta(hours=7)
    counts = [
        await commands.remind_employers(at=morning - timedelta(days=3, minutes=1)),
        *await asyncio.gather(*(commands.remind_employers(at=morning - timedelta(days=3)) for _ in range(3))),
        await commands.remind_employers(at=morning - timedelta(days=1)),
        await commands.remind_employers(at=morning),
        await commands.remind_employers(at=morning + timedelta(days=1)),
    ]
    assert (counts[0], sum(counts[1:4]), counts[4:]) == (0, 1, [0, 1, 0])
    rows = [row async for row in world.store.reminders.find({}).sort("_id", 1)]
    told: list[Any] = [row["outbox"][0]["value"] for row in rows]
    assert ['"occasion":"soon"' in value for value in told] == [True, False]
    assert all('"waiting":3' in value and '"employer_id":"emp_1"' in value for value in told)
    assert all("acc_" not in value for value in told), "who waits is not told"


async def test_an_employer_whom_nobody_waits_for_is_not_reminded(
    http: Http, world: World, commands: Commands
) -> None:
    (made,) = await apply(commands, SITI)
    await http.act(made.id, "reject")
    assert await commands.remind_employers(at=start_of(ANSWER_BY) + timedelta(hours=8)) == 0


async def test_documents_from_before_there_was_a_due_time_get_theirs(world: World, commands: Commands) -> None:
    made = await apply(commands, "acc_1", "acc_2", "acc_3")
    await world.store.applications.update_many({}, {"$unset": {"due_at": "", "promise": "", "interview": ""}})
    assert await commands.run_due(at=CLOSES) == 0
    assert [await world.store.fill_due(limit=2), await world.store.fill_due(limit=2)] == [2, 1]
    assert await commands.run_due(at=CLOSES) == len(made)


@pytest.mark.parametrize(
    ("reason_code", "told"),
    [
        ("cancelled_job", "ApplicationCancelled"),
        ("employer_revoked", "ApplicationCancelled"),
        (None, "ApplicationVacancyEnded"),
    ],
)
async def test_a_vacancy_without_a_job_cancels_open_applications_and_another_lets_them_stand(
    world: World, commands: Commands, reason_code: str | None, told: str
) -> None:
    first, second = await apply(commands, "acc_1", "acc_2")
    for _ in range(2):
        await world.vacancy(kind=vacancy.VacancyClosed, state="closed", reason_code=reason_code)
    await commands.tell_again()
    for one in (first, second):
        assert await world.told(one.id) == ["ApplicationSubmitted", told]
    assert (await world.row(_id=first.id))["state"] == ("cancelled" if reason_code else "submitted")


def test_a_moment_says_its_time_zone() -> None:
    assert overdue.moment("2027-01-31T00:00Z").isoformat() == "2027-01-31T00:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        overdue.moment("2027-01-31T00:00")


async def test_the_command_does_what_is_due_of_one_vacancy_as_of_a_moment(
    settings: ApplicationSettings, world: World, commands: Commands
) -> None:
    await world.vacancy("vac_2")
    (mine,), (other,) = await apply(commands, SITI), await apply(commands, SITI, to="vac_2")
    assert await overdue.run(settings, at=CLOSES, vacancy_id=VACANCY) == 1
    assert (await world.row(_id=mine.id))["state"] == "closed_without_reply"
    assert (await world.row(_id=other.id))["state"] == "submitted"
