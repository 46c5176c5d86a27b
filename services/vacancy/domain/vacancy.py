"""A vacancy (lowongan): what is offered, by whom, in which state, and how it came there."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.vacancy.domain.finding import Finding
from services.vacancy.domain.terms import Terms, slug
from shared.clock import end_of
from shared.contracts.vacancy import VacancyState

_FROZEN = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

# What everybody may read; the others are between the employer and the officers.
PUBLIC_STATES: frozenset[VacancyState] = frozenset({"published", "paused", "filled", "closed", "expired"})
# Shown to the public, or only not for the moment; its time runs.
LIVE: frozenset[VacancyState] = frozenset({"published", "paused"})


class Actor(BaseModel):
    """Who does something. The account id stays inside: only the kind is ever shown."""

    model_config = _FROZEN
    kind: Literal["employer", "officer", "system"]
    id: str | None = None


class Entry(BaseModel):
    """One step of a history."""

    model_config = _FROZEN
    state: str
    at: datetime
    actor: Literal["employer", "officer", "system"]
    actor_id: str | None = None
    reason: str | None = None


class Card(BaseModel):
    """What a vacancy remembers of its employer."""

    model_config = _FROZEN
    id: str
    name: str
    owner_id: str | None = Field(description="account that acts for the employer; null for a partner's")
    verified: bool
    address_public: bool


class Origin(BaseModel):
    """Where a partner's or a province's vacancy comes from. Of a province's `revision` is the newest that was seen,
    and `url` where people apply, unless they do it here."""

    model_config = _FROZEN
    name: str
    id: str
    province: str | None = Field(None, description="code of the province, such as 35")
    revision: int = 0
    url: str | None = None


class Revision(BaseModel):
    """A later text of a vacancy that is live: the old one stays until an officer has seen it."""

    model_config = _FROZEN
    number: int
    terms: Terms
    employer_name: str
    flags: tuple[Finding, ...] = ()
    since: datetime


class Vacancy(BaseModel):
    """`since` is when the present state began; `typed_by` are the officers who wrote any of its text; `flags` are
    what the rules found in it when it was submitted."""

    model_config = _FROZEN
    id: str
    number: str
    terms: Terms
    employer: Card
    origin: Origin | None = None
    state: VacancyState
    reason: str | None = None
    reason_code: str | None = Field(None, description="stock reason of the present state")
    filled_count: int = Field(0, description="how many of the openings are taken")
    extensions: int = Field(0, description="how often it was extended since it was published or re-opened")
    flags: tuple[Finding, ...] = ()
    history: tuple[Entry, ...] = ()
    typed_by: tuple[str, ...] = ()
    waiting: Revision | None = None
    created_at: datetime
    since: datetime
    published_at: datetime | None = None
    version: int = 0

    @property
    def source(self) -> Literal["city", "partner", "province"]:
        if self.origin is None:
            return "city"
        return "province" if self.origin.province else "partner"

    @property
    def slug(self) -> str:
        return slug(self.terms.title)

    @property
    def closes_at(self) -> datetime | None:
        """First instant at which it is no longer open."""
        return end_of(self.terms.closes_on) if self.terms.closes_on else None

    def state_at(self, at: datetime) -> VacancyState:
        """The state as people see it: a live vacancy has expired at `closes_at`, swept or not."""
        over = self.state in LIVE and self.closes_at is not None and self.closes_at <= at
        return "expired" if over else self.state


def facts(vacancy: Vacancy) -> dict[str, Any]:
    """The current value of every public field, as each event carries it."""
    terms = vacancy.terms
    return {
        "number": vacancy.number,
        "title": terms.title,
        "state": vacancy.state,
        "employer_id": vacancy.employer.id,
        "employer_name": vacancy.employer.name,
        "owner_id": vacancy.employer.owner_id,
        "source": vacancy.source,
        "kind": terms.kind,
        "contract": terms.contract,
        "occupation": terms.occupation,
        "openings": terms.openings,
        "workplace": terms.workplace,
        "kelurahan_code": terms.kelurahan_code,
        "location_text": terms.location_text,
        "hours": terms.hours,
        "wage": terms.wage,
        "description": terms.description,
        "conditions": terms.conditions,
        "education_min": terms.education_min,
        "experience_months": terms.experience_months,
        "skills": terms.skills,
        "benefits": terms.benefits,
        "may_bring_child": terms.may_bring_child,
        "closes_at": vacancy.closes_at,
        "answer_by": terms.promised_answer(),
        "published_at": vacancy.published_at,
        "filled_count": vacancy.filled_count,
        "piecework": terms.piecework,
        "licences": terms.licences,
        "questions": terms.questions,
        "documents_asked": terms.documents_asked,
        "apply_url": vacancy.origin.url if vacancy.origin else None,
    }
