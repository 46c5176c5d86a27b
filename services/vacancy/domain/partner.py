"""A vacancy that another job board published first: shown here by name, without an account behind it."""

import hashlib
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.review import draft, publish, submit
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Actor, Card, Origin
from shared.clock import today
from shared.contracts.codes import Code, Education
from shared.contracts.vacancy import Contract, Hours, Kind, Wage, Workplace

OPEN_DAYS = 30  # where the partner names no closing date
UNNAMED = "Pemberi kerja tidak disebutkan"
SYSTEM = Actor(kind="system")


class Imported(BaseModel):
    """One cleaned vacancy of a partner; (source, source_id) says for ever which one it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    source: str = Field(min_length=1, max_length=60, description="name of the partner's list")
    source_id: str = Field(min_length=1, max_length=200)
    employer_name: str | None = Field(None, max_length=120)
    title: str = Field(min_length=3, max_length=80)
    kind: Kind = "full_time"
    contract: Contract | None = None
    occupation: Code | None = None
    openings: int = Field(1, ge=1, le=999)
    workplace: Workplace = "onsite"
    kelurahan_code: str | None = None
    location_text: str | None = Field(None, max_length=200)
    hours: Hours | None = None
    wage: Wage | None = None
    description: str = Field("", max_length=4000)
    conditions: str = Field("", max_length=4000)
    education_min: Education | None = None
    experience_months: int | None = Field(None, ge=0, le=600)
    skills: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    closes_on: date | None = Field(None, description="1-60 days ahead; 30 days from today where unknown")

    @property
    def vacancy_id(self) -> str:
        """Always the same for the same advert, so that a repeated import finds it."""
        origin = f"{self.source}\n{self.source_id}"
        return f"vac_{_hash(origin)}"


class RefusedItem(BaseModel):
    """An item that the domain refused, and the code of the refusal."""

    model_config = ConfigDict(frozen=True)
    source: str
    source_id: str
    code: str


class ImportOutcome(BaseModel):
    """What became of a batch."""

    model_config = ConfigDict(frozen=True)
    new: int
    known: int
    refused: tuple[RefusedItem, ...] = ()


def bring_in(item: Imported, *, number: str, at: datetime) -> Decided:
    """The vacancy, drafted, submitted and published by the system, with the event of each step."""
    drafted, born = draft(
        _terms(item, at),
        id=item.vacancy_id,
        number=number,
        employer=_employer(item),
        origin=Origin(name=item.source, id=item.source_id),
        by=SYSTEM,
        at=at,
    )
    submitted, sent = submit(drafted, by=SYSTEM, at=at)
    published, shown = publish(submitted, by=SYSTEM, at=at)
    return published, [*born, *sent, *shown]


def _employer(item: Imported) -> Card:
    """A name and nothing behind it: never verified here, and its address is as public as the partner made it."""
    name = (item.employer_name or "").strip() or UNNAMED
    id = f"emp_partner_{_hash(name.casefold())[:24]}"
    return Card(id=id, name=name, owner_id=None, verified=False, address_public=True)


def _terms(item: Imported, at: datetime) -> Terms:
    fields = {name: getattr(item, name) for name in Terms.model_fields if name in Imported.model_fields}
    fields["closes_on"] = item.closes_on or today(at) + timedelta(days=OPEN_DAYS)
    return Terms.model_construct(**fields)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
