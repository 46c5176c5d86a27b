"""An application as the API shows it."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from services.application.answered import AnswerView
from services.application.domain import Actor, Command
from services.application.domain.matching import Match
from services.application.meeting.views import InterviewView, OfferView
from shared.contracts.application import ApplicationState
from shared.contracts.codes import Education
from shared.contracts.screening import DocumentKind
from shared.contracts.vacancy import VacancyState

_FROZEN = ConfigDict(frozen=True)


class VacancyView(BaseModel):
    """The vacancy as it was when the application was sent, with its state of now."""

    model_config = ConfigDict(frozen=True, title="AppliedVacancy")
    id: str
    number: str
    title: str
    employer_name: str
    kelurahan_code: str | None
    closes_at: datetime | None
    answer_by: date | None = Field(description="until when the employer promised an answer")
    state: VacancyState


class StepView(BaseModel):
    """One entry of the history."""

    model_config = ConfigDict(frozen=True, title="ApplicationStep")
    state: ApplicationState
    at: datetime
    actor: Actor
    reason: str | None


class Applicant(BaseModel):
    """What an employer sees of the person; how to reach it only once the two have something to agree on."""

    model_config = _FROZEN
    name: str | None = Field(description="null while it has not arrived, and after the person was erased")
    kelurahan_code: str | None
    education: Education | None
    skills: tuple[str, ...]
    licences: tuple[str, ...]
    experience_months: int | None = Field(description="of work, in all")
    phone: str | None = Field(None, description="from an invitation or an offer on, while it stands")
    email: str | None = Field(None, description="as the phone")


class ApplicationView(BaseModel):
    """An application."""

    model_config = ConfigDict(frozen=True, title="Application")
    id: str
    number: str = Field(description="LMR-2026-000123")
    vacancy: VacancyView
    state: ApplicationState
    note: str | None
    answers: tuple[AnswerView, ...] = Field(description="to the vacancy's questions")
    documents: tuple[DocumentKind, ...] = Field(description="copies that the person says to have ready")
    attachments: tuple[str, ...] = Field(description="ids of documents that the employer may read")
    submitted_at: datetime
    updated_at: datetime
    version: int = Field(description="the ETag")
    reason: str | None = Field(description="given with the last step")
    start_date: date | None = Field(description="first day of work, where hired and known")
    answer_by: date | None = Field(description="until when this person was promised an answer")
    answer_until: datetime | None = Field(description="where nobody answered: until then the employer still can")
    interview: InterviewView | None = None
    offer: OfferView | None = None
    commands: tuple[Command, ...] = Field(description="what whoever reads this may do next")
    history: list[StepView]
    applicant: Applicant | None = Field(description="only for the employer and officers")
    match: Match | None = Field(description="only for them; null where the person wants no comparison")
