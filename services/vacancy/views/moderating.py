"""What the API answers about moderation: findings, wages, reports, stock reasons."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.vacancy.domain.reasons import For
from services.vacancy.domain.report import Category
from services.vacancy.domain.wages import Floors
from services.vacancy.views.models import FindingView
from shared.contracts.vacancy import VacancyState

_FROZEN = ConfigDict(frozen=True)


class Checked(BaseModel):
    """What the rules find in a draft."""

    findings: list[FindingView]


class WageRow(BaseModel):
    """What a decree set for a region."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)
    region: str = Field(description="such as 35.77")
    since: date = Field(alias="from", description="first day on which it holds")
    amount: int = Field(description="rupiah a month")
    decree: str
    confirmed: bool = Field(description="read from the decree itself; only then does it count")


class WageTable(BaseModel):
    items: list[WageRow] = Field(description="the newest first")
    current: WageRow | None = Field(description="what holds in the city today")
    floors: Floors | None = Field(description="what follows from it")


class ReportReceived(BaseModel):
    """The same for everybody, however often."""

    received: Literal[True] = True


class ReportedVacancy(BaseModel):
    model_config = _FROZEN
    id: str
    number: str
    title: str
    state: VacancyState


class ReportView(BaseModel):
    """A report by somebody who is not named."""

    model_config = _FROZEN
    id: str
    vacancy: ReportedVacancy
    category: Category
    text: str | None
    at: datetime
    reporters: int = Field(description="how many different people have reported this vacancy")


class ReasonView(BaseModel):
    """A stock reason."""

    model_config = _FROZEN
    code: str
    steps: tuple[For, ...] = Field(description="the steps that it is for")
    indonesian: str
    english: str


class ReasonList(BaseModel):
    items: list[ReasonView]
