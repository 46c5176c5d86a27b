"""An application (lamaran): its states, who may move it where, and what is told about each step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, field_validator

from services.application.problems import VacancyNotKnownYet, VacancyNotOpen
from shared.contracts import application as told
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import VacancyState
from shared.errors import WrongState
from shared.events import Event

Command = Literal["withdraw", "view", "shortlist", "reject", "hire"]
Actor = Literal["seeker", "employer", "officer", "system"]
STATES: tuple[ApplicationState, ...] = get_args(ApplicationState)
COMMANDS: tuple[Command, ...] = get_args(Command)

# From a state, by a command, to a state; to the same state: done already, nothing changes and nothing is told.
# A pair that is not here is refused.
TABLE: Mapping[tuple[ApplicationState, Command], ApplicationState] = {
    ("submitted", "view"): "viewed",
    ("submitted", "shortlist"): "shortlisted",
    ("submitted", "reject"): "rejected",
    ("submitted", "hire"): "hired",
    ("submitted", "withdraw"): "withdrawn",
    ("viewed", "view"): "viewed",
    ("viewed", "shortlist"): "shortlisted",
    ("viewed", "reject"): "rejected",
    ("viewed", "hire"): "hired",
    ("viewed", "withdraw"): "withdrawn",
    ("shortlisted", "view"): "shortlisted",
    ("shortlisted", "shortlist"): "shortlisted",
    ("shortlisted", "reject"): "rejected",
    ("shortlisted", "hire"): "hired",
    ("shortlisted", "withdraw"): "withdrawn",
    ("rejected", "view"): "rejected",
    ("rejected", "reject"): "rejected",
    ("hired", "view"): "hired",
    ("hired", "hire"): "hired",
    ("withdrawn", "view"): "withdrawn",
    ("withdrawn", "withdraw"): "withdrawn",
}
OPEN: tuple[ApplicationState, ...] = ("submitted", "viewed", "shortlisted")
SUBMISSIONS = 2  # the first, and one more after a withdrawal
KIND_REJECTION = "Terima kasih sudah melamar. Kali ini kami memilih pelamar lain. Tetap semangat, ya."

Day = Annotated[date, PlainSerializer(date.isoformat)]  # the store has no type for a date without a time
_FROZEN = ConfigDict(frozen=True)


class Vacancy(BaseModel):
    """What is known here of a vacancy, from its events."""

    model_config = _FROZEN
    id: str
    number: str
    title: str
    employer_id: str
    employer_name: str
    kelurahan_code: str | None
    closes_at: datetime | None
    answer_by: Day | None


def known_state(state: str) -> VacancyState:
    """A newer vacancy service may have states that we do not know yet: whatever they mean, nobody applies in them."""
    return cast(VacancyState, state) if state in get_args(VacancyState) else "closed"


class KnownVacancy(Vacancy):
    """The vacancy as it stands now."""

    state: VacancyState
    owner_id: str | None
    reason: str | None = None

    @field_validator("state", mode="before")
    @classmethod
    def _known(cls, state: str) -> str:
        return known_state(state)


class Step(BaseModel):
    """One entry of the history. `by` is the actor's account: kept for inspection, never shown."""

    model_config = _FROZEN
    state: ApplicationState
    at: datetime
    actor: Actor
    by: str
    reason: str | None = None


class Application(BaseModel):
    """One seeker's application for one vacancy."""

    model_config = _FROZEN
    id: str
    number: str
    seeker_id: str
    vacancy: Vacancy = Field(description="as it was when the application was sent")
    state: ApplicationState
    note_sealed: str | None
    submitted_at: datetime
    updated_at: datetime
    reason: str | None = None
    start_date: Day | None = None
    vacancy_ended: bool = Field(False, description="the seeker was told that the vacancy closed early")
    vacancy_recalled: bool = Field(False, description="the seeker was warned that the vacancy was recalled")
    history: tuple[Step, ...]
    version: int = 0


class Words(BaseModel):
    """What may come with a command."""

    model_config = _FROZEN
    reason: str | None = None
    start_date: date | None = None


Decided = tuple[Application, list[Event]]


def accept(vacancy: KnownVacancy | None, *, at: datetime) -> Vacancy:
    """The vacancy as an application keeps it; raises where it takes none at this instant."""
    if vacancy is None or vacancy.state in ("draft", "submitted", "returned", "refused"):
        raise VacancyNotKnownYet  # its publication may be on the way to us: worth another try
    ended = vacancy.closes_at is not None and vacancy.closes_at <= at
    if vacancy.state != "published" or ended:
        live = vacancy.state in ("published", "paused")
        raise VacancyNotOpen(state="expired" if ended and live else vacancy.state)
    return Vacancy.model_validate(vacancy.model_dump())


def submit(
    vacancy: Vacancy, *, id: str, number: str, seeker_id: str, note_sealed: str | None, at: datetime
) -> Decided:
    """A first application."""
    application = Application(
        id=id,
        number=number,
        seeker_id=seeker_id,
        vacancy=vacancy,
        state="submitted",
        note_sealed=note_sealed,
        submitted_at=at,
        updated_at=at,
        history=(Step(state="submitted", at=at, actor="seeker", by=seeker_id),),
    )
    return application, [_event(application)]


def submit_again(application: Application, vacancy: Vacancy, *, note_sealed: str | None, at: datetime) -> Decided:
    """A repeat finds the application as it is; after a withdrawal it is sent once more, under the same number."""
    if application.state != "withdrawn":
        return application, []
    if sum(step.state == "submitted" for step in application.history) >= SUBMISSIONS:
        raise WrongState(state=application.state)
    again = _moved(application, "submitted", actor="seeker", by=application.seeker_id, at=at, reason=None)
    fresh = {
        "vacancy": vacancy,
        "note_sealed": note_sealed,
        "submitted_at": at,
        "vacancy_ended": False,
        "vacancy_recalled": False,
    }
    again = again.model_copy(update=fresh)
    return again, [_event(again)]


def decide(
    application: Application, command: Command, *, actor: Actor, by: str, at: datetime, words: Words
) -> Decided:
    """The application after `command`, by the table; nothing is told where it is so already."""
    target = TABLE.get((application.state, command))
    if target is None or (target == application.state and _says_otherwise(application, command, words)):
        raise WrongState(state=application.state)
    if target == application.state:
        return application, []
    reason = words.reason or (KIND_REJECTION if command == "reject" else None)
    moved = _moved(application, target, actor=actor, by=by, at=at, reason=reason)
    moved = moved.model_copy(update={"start_date": words.start_date})
    return moved, [_event(moved)]


def vacancy_closed(application: Application) -> Decided:
    """The vacancy was closed early: an open application stands, and its seeker is told once."""
    if application.state not in OPEN or application.vacancy_ended:
        return application, []
    marked = application.model_copy(update={"vacancy_ended": True})
    return marked, [told.ApplicationVacancyEnded.model_validate({**_facts(marked), "vacancy_state": "closed"})]


def vacancy_recalled(application: Application, *, reason: str) -> Decided:
    """The vacancy was false or unlawful: the seeker of an open application is warned once, also where the closing
    was told before."""
    if application.state not in OPEN or application.vacancy_recalled:
        return application, []
    marked = application.model_copy(update={"vacancy_recalled": True})
    return marked, [told.ApplicationVacancyRecalled.model_validate({**_facts(marked), "reason": reason})]


def _says_otherwise(application: Application, command: Command, words: Words) -> bool:
    """A repeat with other words is no repeat: the first ones were told already."""
    if command == "view":
        return False
    return (words.reason or application.reason, words.start_date or application.start_date) != (
        application.reason,
        application.start_date,
    )


def _moved(
    application: Application, state: ApplicationState, *, actor: Actor, by: str, at: datetime, reason: str | None
) -> Application:
    step = Step(state=state, at=at, actor=actor, by=by, reason=reason)
    return application.model_copy(
        update={"state": state, "updated_at": at, "reason": reason, "history": (*application.history, step)}
    )


def _facts(application: Application) -> dict[str, object]:
    vacancy = application.vacancy
    return {
        "number": application.number,
        "state": application.state,
        "seeker_id": application.seeker_id,
        "vacancy_id": vacancy.id,
        "vacancy_number": vacancy.number,
        "vacancy_title": vacancy.title,
        "employer_id": vacancy.employer_id,
        "employer_name": vacancy.employer_name,
        "submitted_at": application.submitted_at,
        "answer_by": vacancy.answer_by,
    }


def _event(application: Application) -> Event:
    """The event of the state that was just reached."""
    facts, reason = _facts(application), application.reason or ""
    match application.state:
        case "viewed":
            return told.ApplicationViewed.model_validate(facts)
        case "shortlisted":
            return told.ApplicationShortlisted.model_validate(facts)
        case "rejected":
            return told.ApplicationRejected.model_validate({**facts, "reason": reason})
        case "hired":
            return told.ApplicationHired.model_validate({**facts, "start_date": application.start_date})
        case "withdrawn":
            return told.ApplicationWithdrawn.model_validate({**facts, "reason": reason})
        case "submitted":
            return told.ApplicationSubmitted.model_validate(facts)
