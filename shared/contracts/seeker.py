"""What is public of a job seeker (never a name, NIK, phone or e-mail) and, sealed, how to reach the person.
`subject` is the seeker id, which is the account id, unless the event says otherwise."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.codes import Education
from shared.contracts.screening import Licence
from shared.contracts.vacancy import Kind, Wage, Workplace
from shared.events import Event


class SeekerFacts(Event):
    """The fields of a profile that are not personal by themselves."""

    kelurahan_code: str | None
    education: Education | None
    graduation_year: int | None
    skills: tuple[str, ...]
    licences: tuple[Licence, ...] = ()
    experience_months: int | None = Field(None, ge=0, le=720, description="of work, in all; null where not said")
    match_hints: bool = Field(True, description="false: the person wants no comparison with what a vacancy asks")


class SeekerRegistered(SeekerFacts, topic="seeker", version=1):
    """A profile exists."""


class SeekerProfileChanged(SeekerFacts, topic="seeker", version=1):
    """The person changed the profile."""


ConsentKind = Literal["job_alerts", "match_hints", "searchable", "province_share", "register_link"]


class SeekerConsentChanged(Event, topic="seeker", version=1):
    """The person agreed to something, or took it back."""

    kind: ConsentKind
    given: bool
    text_version: str | None = Field(description="of the words agreed to; null where it was taken back")


class SeekerContactChanged(Event, topic="seeker-contact", version=1):
    """How to reach a seeker. Internal, compacted."""

    sealed: str = Field(description='under the seeker\'s key, purpose "seeker-contact": {name, phone?, email?}')


class NikRepeated(Event, topic="seeker", version=1):
    """Somebody gave this person's NIK for another account: nobody but the person is told."""

    seeker_id: str


class DocumentRefused(Event, topic="seeker", version=1):
    """A document of this person was not found clean, and none of it is kept. `subject` is the document's id."""

    seeker_id: str
    kind: str = Field(description="such as `diploma`")
    state: Literal["infected", "unreadable"]
    sent_at: datetime


class MatchedVacancy(BaseModel):
    """A vacancy as a message about it may name it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
    id: str
    number: str
    title: str
    employer_name: str
    kind: Kind
    workplace: Workplace
    kelurahan_code: str | None
    wage: Wage | None


class VacanciesMatched(Event, topic="seeker", version=1):
    """Vacancies appeared that a saved search looks for. `subject` is the saved search."""

    seeker_id: str
    saved_search_id: str
    channel: Literal["email", "sms"] = Field(description="how the person wants to hear of it")
    vacancies: tuple[MatchedVacancy, ...] = Field(max_length=10, description="the newest of them")
    total: int = Field(ge=1, description="how many there are")
    stop_token: str = Field(description="whoever has it can stop this search's messages, and do nothing else")


class SavedVacancyEvent(Event):
    """Something happened to a vacancy that somebody keeps. `subject` is the kept thing."""

    seeker_id: str
    vacancy_id: str
    vacancy_number: str
    vacancy_title: str
    employer_name: str


class VacancySaved(Event, topic="seeker", version=1):
    """Somebody keeps a vacancy, for its employer's figures. `subject` is the kept thing."""

    vacancy_id: str


class SavedVacancyClosingSoon(SavedVacancyEvent, topic="seeker", version=1):
    """A kept vacancy closes in three days, or in one."""

    closes_at: datetime = Field(description="first instant at which it is no longer open")
    days: int = Field(ge=1, description="how many are left: three, or one")


class SavedVacancyClosed(SavedVacancyEvent, topic="seeker", version=1):
    """A kept vacancy ended before its time."""

    vacancy_state: Literal["closed", "filled"]


class SavedVacancyRecalled(SavedVacancyEvent, topic="seeker", version=1):
    """A kept vacancy was false or unlawful: whoever keeps it is to be warned."""

    reason: str
