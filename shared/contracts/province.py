"""What a province and the city tell each other. The province is known by the name of its topic, which an ACL
protects, never by what a record says. Names, phones and addresses of persons have no place here."""

from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from pydantic import Field

from shared.contracts.codes import Code, Education
from shared.contracts.screening import Licence
from shared.contracts.vacancy import Contract, Hours, Kind, Piecework, Wage, Workplace
from shared.events import MAX_SEQUENCE, Event

PROVINCES = {"35": "Disnaker Provinsi Jawa Timur"}
MOST_IDS = 1000  # of one request, and of one part of a list
Ending = Literal["filled", "closed", "expired", "recalled"]
Decision = Literal["published", "paused", "returned", "refused", "filled", "closed", "expired", "recalled"]
Status = Literal["accepted", "rejected", "parked"]


def topic(province: str, end: Literal["vacancy", "request", "receipt", "outbound"]) -> str:
    return f"province.{province}.{end}"


def digest(lines: list[str]) -> str:
    """SHA-256 (hex) of the sorted lines `id:version`, each ended by a line feed."""
    return sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()


class ProvinceVacancyOffered(Event, topic="province.35.vacancy", version=1):
    """In: a vacancy of the province, whole, each time that it changes. Everything in it is public."""

    origin_id: str = Field(min_length=1, max_length=100, description="the province's own id; says for ever which one")
    revision: int = Field(ge=1, le=MAX_SEQUENCE, description="rises with each change; an older one changes nothing")
    employer_name: str = Field(min_length=2, max_length=120)
    title: str = Field(min_length=3, max_length=80)
    kind: Kind
    contract: Contract | None
    occupation: Code | None = Field(description="KBJI")
    openings: int = Field(ge=1, le=999)
    workplace: Workplace
    kelurahan_code: str | None = Field(max_length=20, description="where the work is in Kota Madiun")
    location_text: str | None = Field(max_length=200, description="where it is elsewhere: one of the two is needed")
    hours: Hours | None
    wage: Wage | None
    piecework: Piecework | None
    description: str = Field(min_length=20, max_length=4000)
    conditions: str = Field(max_length=4000)
    education_min: Education | None
    experience_months: int | None = Field(ge=0, le=600)
    skills: tuple[str, ...] = Field(max_length=30)
    benefits: tuple[str, ...] = Field(max_length=30)
    licences: tuple[Licence, ...] = Field(max_length=20)
    may_bring_child: bool
    closes_on: date = Field(description="last day (WIB) to apply: 1 to 60 days ahead")
    answer_by: date | None = Field(description="1 to 30 days after it; a week where it is null")
    url: str | None = Field(max_length=500, pattern="^https://", description="where to apply; null: in Si-Caker")
    city_number: str | None = Field(max_length=30, description="LWK-… where it is a copy of one of the city's own")


class ProvinceVacancyEnded(Event, topic="province.35.vacancy", version=1):
    """In: a vacancy of the province is over. It ends the city's copy, and no later revision brings it back."""

    origin_id: str = Field(min_length=1, max_length=100)
    revision: int = Field(ge=1, le=MAX_SEQUENCE)
    reason: Ending
    ended_at: datetime


class ProvinceResendAsked(Event, topic="province.35.request", version=1):
    """In: send these of the city's vacancies once more, or all of them with a fresh list."""

    ids: tuple[str, ...] = Field(max_length=MOST_IDS)
    everything: bool


class ProvinceRecordAnswered(Event, topic="province.35.receipt", version=1):
    """Out: the receipt of one inbound record. `subject` and key are its origin_id. A record that is read
    twice is answered twice, under the same id: the first answer counts."""

    status: Status = Field(description="accepted: it stands here; rejected: mend and send again; parked: wait")
    reason_code: str | None = Field(description="a stable code; docs/integrators.md lists them")
    field: str | None = Field(description="JSON pointer into `data` of the record")
    rule: str | None = Field(description="which rule of the schema the field breaks, such as string_too_short")
    explanation: str | None = Field(description="for a person, in Indonesian")
    event_id: str | None = Field(description="`id` of the record; null where it could not be read")
    origin_id: str | None
    revision: int | None
    partition: int = Field(ge=0, description="where the record was read")
    offset: int = Field(ge=0)
    vacancy_id: str | None = Field(description="of the city's copy")
    vacancy_number: str | None
    unknown_ids: tuple[str, ...] = Field(description="of a request: what is none of the city's public vacancies")


class ProvinceVacancyDecided(Event, topic="province.35.receipt", version=1):
    """Out: what became of a vacancy of the province later on: an officer published, returned, refused or stopped it,
    or decided on its later text. `subject` and key are the id of the city's copy."""

    origin_id: str
    revision: int = Field(description="the newest that is known here")
    state: Decision
    reason: str | None
    reason_code: str | None = Field(description="one of the stock reasons")
    vacancy_number: str
    decided_at: datetime


class CityVacancyOffered(Event, topic="province.35.outbound", version=1):
    """Out: a vacancy of the city that is live. `sequence` is its version, also where it is sent again."""

    number: str
    title: str
    state: Literal["published", "paused"] = Field(description="a paused one takes no applications for now")
    employer_id: str
    employer_name: str
    kind: Kind
    contract: Contract | None
    occupation: Code | None
    openings: int
    filled_count: int
    workplace: Workplace
    kelurahan_code: str | None
    location_text: str | None
    hours: Hours | None
    wage: Wage | None
    piecework: Piecework | None
    description: str
    conditions: str
    education_min: Education | None
    experience_months: int | None
    skills: tuple[str, ...]
    benefits: tuple[str, ...]
    licences: tuple[Licence, ...]
    may_bring_child: bool
    closes_at: datetime = Field(description="first instant at which it is no longer open")
    answer_by: date | None
    published_at: datetime


class CityVacancyEnded(Event, topic="province.35.outbound", version=1):
    """Out: the tombstone of a vacancy of the city. `sequence` is the version that ended it."""

    id: str
    number: str
    reason: Ending
    ended_at: datetime


class CityVacanciesListed(Event, topic="province.35.outbound", version=1):
    """Out: one part of the daily list of what is live. `subject` is the list's id, `sequence` the part's number."""

    taken_at: datetime = Field(description="what changed after it is on its way, and no difference")
    count: int = Field(ge=0, description="of all lines of the list")
    sha256: str = Field(description="of all sorted lines `id:version`, each ended by a line feed")
    part: int = Field(ge=1)
    parts: int = Field(ge=1)
    lines: tuple[str, ...] = Field(max_length=MOST_IDS, description="`id:version`, sorted")
