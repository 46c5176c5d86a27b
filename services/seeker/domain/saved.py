"""A vacancy that a person keeps, and what the person is told of it: that it closes soon, that it closed
before its time, or that it was false."""

from datetime import datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from services.seeker.domain.vacancies import KnownVacancy
from shared.clock import WIB, start_of
from shared.contracts.seeker import SavedVacancyClosed, SavedVacancyClosingSoon, SavedVacancyRecalled
from shared.events import Event

LIMIT = 200  # per person
REMINDERS = (3, 1)  # days before the end
MORNING, EVENING = time(7), time(20)  # in between nobody is woken (WIB)


class Saved(BaseModel):
    """One vacancy that one person keeps."""

    model_config = ConfigDict(frozen=True)
    id: str
    seeker_id: str
    vacancy_id: str
    saved_at: datetime
    recalled: bool = False
    told_3: datetime | None = None  # the end of which the person was told three days before
    told_1: datetime | None = None
    told_closed: datetime | None = None  # the end before which it closed, as the person was told
    version: int = 0


Decided = tuple[Saved, list[Event]]


def saved_id(seeker_id: str, vacancy_id: str) -> str:
    """The same for the same pair: a vacancy is kept once."""
    return f"{seeker_id}:{vacancy_id}"


def awake(at: datetime) -> datetime:
    """`at`, or the first morning after it where it is night."""
    local = at.astimezone(WIB)
    if MORNING <= local.time() < EVENING:
        return at
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return start_of(day) + timedelta(hours=MORNING.hour)


def reminder(vacancy: KnownVacancy, *, at: datetime) -> tuple[int, datetime] | None:
    """Which reminder is due at `at`, and since when: three days before the end, or one. The later one takes the
    place of an earlier one that was missed."""
    if vacancy.state_at(at) != "published" or vacancy.closes_at is None:
        return None
    for days in sorted(REMINDERS):
        due = awake(vacancy.closes_at - timedelta(days=days))
        if due <= at < vacancy.closes_at:
            return days, due
    return None


def closing_soon(saved: Saved, vacancy: KnownVacancy, *, days: int, due: datetime) -> Decided:
    """Tell once for each end; whoever began to keep it after that knew how little time is left."""
    told = f"told_{days}"
    if vacancy.closes_at is None or saved.saved_at > due or getattr(saved, told) == vacancy.closes_at:
        return saved, []
    event = {**_facts(saved, vacancy), "closes_at": vacancy.closes_at, "days": days}
    return saved.model_copy(update={told: vacancy.closes_at}), [SavedVacancyClosingSoon.model_validate(event)]


def closed_early(saved: Saved, vacancy: KnownVacancy, *, ended_at: datetime) -> Decided:
    """Tell once for each end that it did not live to; whoever began to keep it afterwards saw that it was closed."""
    if vacancy.closes_at is None or saved.saved_at > ended_at or saved.told_closed == vacancy.closes_at:
        return saved, []
    event = {**_facts(saved, vacancy), "vacancy_state": vacancy.state}
    return saved.model_copy(update={"told_closed": vacancy.closes_at}), [SavedVacancyClosed.model_validate(event)]


def vacancy_recalled(saved: Saved, vacancy: KnownVacancy) -> Decided:
    """Warn once; a recall is final."""
    if saved.recalled:
        return saved, []
    event = {**_facts(saved, vacancy), "reason": vacancy.reason or ""}
    return saved.model_copy(update={"recalled": True}), [SavedVacancyRecalled.model_validate(event)]


def _facts(saved: Saved, vacancy: KnownVacancy) -> dict[str, object]:
    return {
        "seeker_id": saved.seeker_id,
        "vacancy_id": vacancy.id,
        "vacancy_number": vacancy.number,
        "vacancy_title": vacancy.title,
        "employer_name": vacancy.employer_name,
    }
