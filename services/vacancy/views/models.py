"""The shapes of the API's answers."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.vacancy.domain.finding import Level
from shared.contracts.codes import Code, Education
from shared.contracts.employer import EmployerState, Size
from shared.contracts.screening import DocumentKind, Licence, Question
from shared.contracts.vacancy import Contract, Hours, Kind, Piecework, VacancyState, Wage, Workplace

_FROZEN = ConfigDict(frozen=True)


class EmployerView(BaseModel):
    """An employer, as its owner and the officers see it."""

    model_config = _FROZEN
    id: str
    name: str
    size: Size
    nib: str | None = Field(description="business number (Nomor Induk Berusaha), 13 digits")
    kelurahan_code: str | None
    kelurahan: str | None = Field(description="name of the ward")
    address: str | None
    address_public: bool = Field(description="false where the address is somebody's home: people see the ward only")
    industry: Code | None = Field(description="KBLI")
    state: EmployerState
    reason: str | None = Field(description="why an officer returned it")
    version: int
    created_at: datetime


class QueuedEmployer(EmployerView):
    waiting_since: datetime = Field(description="when its present state began")


class EmployerBrief(BaseModel):
    """What everybody may know of a vacancy's employer."""

    model_config = _FROZEN
    id: str
    name: str
    verified: bool = Field(description="an officer of the city has seen its evidence")


class PublicEmployer(EmployerBrief):
    """An employer as everybody may see it: never where somebody lives, closer than the ward."""

    kelurahan_code: str | None
    kelurahan: str | None = Field(description="name of the ward")
    address: str | None = Field(description="null where it is somebody's home")
    partner: bool = Field(description="known only from another job board; nobody of the city has looked at it")


class Step(BaseModel):
    """One step of a vacancy's life."""

    model_config = _FROZEN
    state: VacancyState
    at: datetime
    actor: Literal["employer", "officer", "system"]
    reason: str | None


class FindingView(BaseModel):
    """A place in a vacancy that a rule points at."""

    model_config = _FROZEN
    rule: str = Field(description="such as M1")
    level: Level = Field(description="hold: an officer must look; warn: write it otherwise; flag: worth knowing")
    field: str = Field(description="name of the field of the vacancy")
    start: int = Field(description="place in the field's text, in characters")
    end: int
    text: str = Field(description="the words that were found")
    message: str = Field(description="in the reader's language where asked while typing, else Indonesian")
    suggestion: str | None = Field(description="neutral words to use instead")
    law: str | None


class AnswerRateView(BaseModel):
    """How an employer keeps its answer promise (janji kabar); told from five applications on."""

    model_config = ConfigDict(frozen=True, title="AnswerRate")
    percent: int = Field(ge=0, le=100, description="answered in time")
    applications: int = Field(description="of how many")


class OriginView(BaseModel):
    """Who offered a province's vacancy."""

    model_config = _FROZEN
    name: str = Field(description="such as Disnaker Provinsi Jawa Timur")
    province: str = Field(description="code of the province")
    url: str | None = Field(description="where to apply; null: here")
    id: str | None = Field(description="its id there; only for the officers")
    revision: int | None = Field(description="the newest that was seen; only for the officers")


class WaitingView(BaseModel):
    """A later text of a live vacancy that an officer has not seen yet; the old one is shown meanwhile."""

    model_config = _FROZEN
    revision: int
    since: datetime
    employer_name: str
    flags: tuple[FindingView, ...] = Field(description="what the rules found in it")
    new: dict[str, JsonValue] = Field(description="the fields that differ, named as in the vacancy")


class VacancyView(BaseModel):
    """A vacancy. Outsiders see only its public steps, and no address that is somebody's home."""

    model_config = _FROZEN
    id: str
    number: str = Field(description="such as LWK-2026-000123")
    slug: str = Field(description="the title as it stands in an address")
    state: VacancyState
    reason: str | None = Field(description="why it was returned, paused or ended")
    reason_code: str | None = Field(description="stock reason, or `under_review`")
    employer: EmployerBrief
    title: str
    kind: Kind
    contract: Contract | None
    occupation: Code | None = Field(description="KBJI")
    openings: int
    filled_count: int = Field(description="how many of the openings are taken")
    workplace: Workplace
    kelurahan_code: str | None
    kelurahan: str | None = Field(description="name of the ward")
    location_text: str | None
    address: str | None
    hours: Hours | None
    wage: Wage | None
    piecework: Piecework | None
    hourly_pay: int | None = Field(description="rupiah an hour that the piecework comes to")
    hourly_yardstick: int | None = Field(description="beside it: the city's minimum wage an hour (UMK / 173)")
    description: str
    conditions: str
    education_min: Education | None
    experience_months: int | None
    skills: tuple[str, ...]
    benefits: tuple[str, ...]
    may_bring_child: bool
    licences: tuple[Licence, ...]
    questions: tuple[Question, ...] = Field(description="what everybody who applies is asked")
    documents_asked: tuple[DocumentKind, ...] = Field(description="copies, never originals")
    closes_on: date | None = Field(description="last day (WIB) to apply")
    closes_at: datetime | None = Field(description="first instant at which it is no longer open")
    answer_by: date | None = Field(description="until when the employer promises an answer")
    published_at: datetime | None
    created_at: datetime
    version: int
    answer_rate: AnswerRateView | None = Field(None, description="only where one vacancy is read")
    source: Literal["city", "partner", "province"]
    origin: OriginView | None = Field(None, description="of a province's")
    waiting: WaitingView | None = Field(None, description="only for the officers")
    extensions: int = Field(description="how often it was extended; twice is the most")
    flags: tuple[FindingView, ...] = Field(description="what the rules found; only for its owner and the officers")
    history: tuple[Step, ...]


class QueuedVacancy(VacancyView):
    waiting_since: datetime = Field(description="when its present state began")


class VacancySummary(BaseModel):
    """A vacancy in a list of results."""

    model_config = _FROZEN
    id: str
    number: str
    slug: str
    title: str
    employer: EmployerBrief
    kind: Kind
    workplace: Workplace
    kelurahan_code: str | None
    kelurahan: str | None
    location_text: str | None
    wage: Wage | None
    openings: int
    closes_at: datetime
    published_at: datetime


class FacetValue(BaseModel):
    """A value of a filter and how many results have it."""

    model_config = _FROZEN
    value: str
    count: int


class Facets(BaseModel):
    model_config = _FROZEN
    kelurahan: list[FacetValue]
    kind: list[FacetValue]


class SearchPage(BaseModel):
    """A page of results."""

    items: list[VacancySummary]
    next: str | None = Field(None, description="pass it as `cursor` to get the next page")
    facets: Facets = Field(description="over all results, not only this page")
    total: int = Field(description="how many results in all")
    relaxed: bool = Field(False, description="nothing has all the words; these have most of them")
