"""What is public of a vacancy. `subject` is the vacancy id."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.codes import Code, Education
from shared.contracts.screening import DocumentKind, Licence, Question
from shared.events import Event

Kind = Literal["full_time", "part_time", "daily", "internship", "piecework_home", "training", "overseas"]
Contract = Literal["permanent", "fixed_term", "daily", "piece", "apprentice"]
Workplace = Literal["onsite", "hybrid", "home", "travelling", "abroad"]
VacancyState = Literal[
    "draft",
    "submitted",
    "returned",
    "refused",
    "published",
    "paused",
    "filled",
    "closed",
    "expired",
    "recalled",
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_PART = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Wage(BaseModel):
    """Pay in whole rupiah; `max` is absent where there is one figure."""

    model_config = _PART
    min: int = Field(ge=1, le=1_000_000_000)
    max: int | None = Field(None, ge=1, le=1_000_000_000)
    per: Literal["hour", "day", "week", "month", "piece"] = "month"


class Hours(BaseModel):
    """When the work is done (WIB)."""

    model_config = _PART
    days: tuple[Day, ...] = Field((), max_length=7)
    start: str | None = Field(None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    end: str | None = Field(None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    flexible: bool = False
    per_week: int | None = Field(None, ge=1, le=84)
    shift: bool = False
    night: bool = False


class Piecework(BaseModel):
    """Paid by the piece at home (borongan). There is no place for a deposit, a materials fee or a machine to buy."""

    model_config = _PART
    rate: int = Field(ge=1, le=100_000_000, description="rupiah a piece")
    minutes_per_piece: int = Field(ge=1, le=6000)
    sample_tested: bool = Field(False, description="somebody has made one and looked at the clock")
    materials_by: Literal["employer", "worker"] = Field(description="who brings the materials to the house")
    collected_by: Literal["employer", "worker"] = Field(description="who brings the finished pieces back")
    pay_day: Literal["on_delivery", "weekly", "fortnightly", "monthly"]
    defect_rule: str = Field("", max_length=300, description="what happens with a piece that is not good")


class VacancyFacts(Event):
    """Every public field of a vacancy, carried by each of its events."""

    number: str
    title: str
    state: VacancyState
    employer_id: str
    employer_name: str
    owner_id: str | None = Field(description="account that manages the vacancy; null for a partner's")
    source: Literal["city", "partner", "province"]
    kind: Kind
    contract: Contract | None
    occupation: Code | None
    openings: int
    workplace: Workplace
    kelurahan_code: str | None
    location_text: str | None
    hours: Hours | None
    wage: Wage | None
    description: str
    conditions: str
    education_min: Education | None
    experience_months: int | None
    skills: tuple[str, ...]
    benefits: tuple[str, ...]
    may_bring_child: bool
    closes_at: datetime | None = Field(description="first instant at which it is no longer open")
    answer_by: date | None
    published_at: datetime | None
    filled_count: int = Field(0, description="how many of the openings are taken")
    piecework: Piecework | None = None
    licences: tuple[Licence, ...] = ()
    questions: tuple[Question, ...] = Field((), description="what everybody who applies is asked")
    documents_asked: tuple[DocumentKind, ...] = Field((), description="copies, never originals")
    apply_url: str | None = Field(None, description="where people apply, unless they do it here")


class VacancyDrafted(VacancyFacts, topic="vacancy", version=1):
    """Somebody began to write it."""


class VacancyChanged(VacancyFacts, topic="vacancy", version=1):
    """Its text or terms changed."""


class VacancySubmitted(VacancyFacts, topic="vacancy", version=1):
    """It waits for an officer."""


class VacancyReturned(VacancyFacts, topic="vacancy", version=1):
    """An officer sent it back with a reason."""

    reason: str


class VacancyPublished(VacancyFacts, topic="vacancy", version=1):
    """Open for applications until `closes_at`."""


class VacancyClosed(VacancyFacts, topic="vacancy", version=1):
    """Closed by its employer or an officer before its time."""

    reason: str
    reason_code: str | None = Field(None, description="`cancelled_job` where nobody will get the job")


class VacancyExpired(VacancyFacts, topic="vacancy", version=1):
    """Its closing time has passed."""


class VacancyWithdrawn(VacancyFacts, topic="vacancy", version=1):
    """Its employer took it back before an officer decided: a draft again."""


class VacancyRefused(VacancyFacts, topic="vacancy", version=1):
    """An officer refused it for good."""

    reason: str
    reason_code: str | None = Field(None, description="one of the stock reasons")


class VacancyPaused(VacancyFacts, topic="vacancy", version=1):
    """It takes no new applications for now; its time runs on."""

    reason: str
    reason_code: str | None = Field(None, description="`under_review` while an officer looks at reports")


class VacancyResumed(VacancyFacts, topic="vacancy", version=1):
    """It takes applications again, until `closes_at`."""


class VacancyFilled(VacancyFacts, topic="vacancy", version=1):
    """Its openings are taken."""


class VacancyExtended(VacancyFacts, topic="vacancy", version=1):
    """It stays open longer: `closes_at` and `answer_by` are later than before."""


class VacancyReopened(VacancyFacts, topic="vacancy", version=1):
    """It had ended, and is open again with the same text and new dates."""


class VacancyRecalled(VacancyFacts, topic="vacancy", version=1):
    """An officer took it away because it is false or unlawful; whoever applied is to be warned."""

    reason: str
    reason_code: str | None = Field(None, description="one of the stock reasons")
