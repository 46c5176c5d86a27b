"""A vacancy as this service knows it: a copy of what is public."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.seeker.domain.wishing import WorkHours
from services.seeker.problems import VacancyNotKnownYet, VacancyRecalled
from shared.contracts.vacancy import Kind, VacancyState, Workplace
from shared.reference.fields import field_of

NOT_PUBLIC = ("draft", "submitted", "returned", "refused")
# Hours, days and weeks of a month of work, as the search counts them; by the piece nobody knows.
_A_MONTH = {"hour": 173.0, "day": 25.0, "week": 4.33, "month": 1.0}


class Pay(BaseModel):
    """Rupiah per hour, day, week, month or piece."""

    model_config = ConfigDict(frozen=True)
    min: int
    max: int | None
    per: str


class KnownVacancy(BaseModel):
    """The vacancy as it stands now."""

    model_config = ConfigDict(frozen=True)
    id: str
    number: str
    slug: str
    title: str
    employer_name: str
    kelurahan_code: str | None
    kind: Kind | str  # a newer writer may know more of these than we do
    workplace: Workplace | str
    wage: Pay | None
    state: VacancyState | str
    closes_at: datetime | None
    published_at: datetime | None
    # What was heard of before these were kept has none of them.
    occupation: dict[str, Any] | None = None
    education_min: dict[str, Any] | None = None
    hours: WorkHours | None = None
    may_bring_child: bool = False
    reason: str | None = None

    @property
    def monthly(self) -> int:
        """Rupiah a month at most; 0 where it is not said."""
        if self.wage is None:
            return 0
        return int((self.wage.max or self.wage.min) * _A_MONTH.get(self.wage.per, 0.0))

    @property
    def at_home(self) -> bool:
        return self.workplace == "home" or self.kind == "piecework_home"

    @property
    def field(self) -> str | None:
        """The field of work (bidang) as the search counts it."""
        return field_of({"title": self.title, "occupation": self.occupation})

    def state_at(self, at: datetime) -> str:
        """Its own clock decides, not the news of the end."""
        ended = self.closes_at is not None and self.closes_at <= at
        return "expired" if ended and self.state in ("published", "paused") else self.state

    def ended_early(self, at: datetime) -> bool:
        """Closed or filled while people could still have counted on it."""
        return self.state in ("closed", "filled") and self.closes_at is not None and at < self.closes_at


def keepable(vacancy: KnownVacancy | None) -> KnownVacancy:
    """A vacancy that people can see; raises for one that they cannot."""
    if vacancy is None or vacancy.state in NOT_PUBLIC:
        raise VacancyNotKnownYet  # its publication may be on the way to us: worth another try
    if vacancy.state == "recalled":
        raise VacancyRecalled
    return vacancy
