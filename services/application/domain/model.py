"""What an application is made of. Days are ISO text in the store, which has no type for a date without a time."""

from datetime import date, datetime
from typing import Annotated, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, field_validator

from services.application.domain.answers import known_questions
from services.application.domain.matching import Needed
from services.application.domain.states import Actor
from shared.contracts.application import ApplicationState, Why
from shared.contracts.codes import Code, Education
from shared.contracts.screening import Question
from shared.contracts.vacancy import VacancyState, Wage
from shared.events import Event

__all__ = ["Actor", "Application", "Decided", "Interview", "KnownVacancy", "Offer", "Step", "Vacancy", "known_state"]

Day = Annotated[date, PlainSerializer(date.isoformat)]
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
    occupation: Code | None = None
    abroad: bool = False
    questions: tuple[Question, ...] = Field((), description="what it asks of whoever applies")

    @field_validator("questions", mode="before")
    @classmethod
    def _known_questions(cls, found: object) -> object:
        return known_questions(found)


def known_state(state: str) -> VacancyState:
    """A newer vacancy service may have states that we do not know yet: whatever they mean, nobody applies in them."""
    return cast(VacancyState, state) if state in get_args(VacancyState) else "closed"


class KnownVacancy(Vacancy):
    """The vacancy as it stands now."""

    state: VacancyState
    owner_id: str | None
    reason: str | None = None
    reason_code: str | None = None
    apply_url: str | None = None
    education_min: Education | None = None
    experience_months: int | None = None
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()

    @property
    def needed(self) -> Needed:
        """What a person is compared with."""
        return Needed(**{name: getattr(self, name) for name in Needed.model_fields})

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


class Interview(BaseModel):
    """An invitation. `sealed` holds {place, contact}: a home may be the workplace, and a name is somebody's."""

    model_config = _FROZEN
    starts_at: datetime
    remote: bool
    reply_by: datetime
    sealed: str | None = Field(None, repr=False, description='purpose "interview", under the seeker\'s key')


class Offer(BaseModel):
    """The job, as it is offered."""

    model_config = _FROZEN
    wage: Wage
    hours: str
    start_date: Day
    reply_by: datetime


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
    interview: Interview | None = None
    wish_sealed: str | None = Field(None, repr=False, description="when the seeker could come instead")
    offer: Offer | None = None
    why: Why | None = Field(None, description="why the seeker said no, in one word; only ever counted")
    promise: Day | None = Field(None, description="a later day than the vacancy's, by which an answer is promised")
    reminded: bool = Field(False, description="the reminder of the interview was sent")
    vacancy_ended: bool = Field(False, description="the seeker was told that the vacancy closed early")
    vacancy_recalled: bool = Field(False, description="the seeker was warned that the vacancy was recalled")
    history: tuple[Step, ...]
    version: int = 0

    @property
    def answer_by(self) -> date | None:
        """By when the employer promised an answer to this person."""
        return self.promise or self.vacancy.answer_by

    def moved(
        self, state: ApplicationState, *, actor: Actor, by: str, at: datetime, reason: str | None = None
    ) -> "Application":
        """The next state, with one more entry in the history."""
        step = Step(state=state, at=at, actor=actor, by=by, reason=reason)
        return self.model_copy(
            update={"state": state, "updated_at": at, "reason": reason, "history": (*self.history, step)}
        )


Decided = tuple[Application, list[Event]]
