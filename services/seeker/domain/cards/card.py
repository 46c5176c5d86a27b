"""A card and what stands on it. What names the person is stored only under the person's key."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain.lines import Line
from services.seeker.domain.profile import Seeker
from shared.contracts.card import CardFacts, CardState, ReturnReason, RevokeReason
from shared.contracts.codes import Education

PENDING: frozenset[CardState] = frozenset({"draft", "submitted", "returned"})
VALID: frozenset[CardState] = frozenset({"issued", "report_due"})
FINAL: frozenset[CardState] = frozenset({"lapsed", "employed", "expired", "revoked"})
USUAL_AGE = 18

Sex = Literal["female", "male"]
Religion = Literal["islam", "protestant", "catholic", "hindu", "buddhist", "confucian", "belief"]
MaritalStatus = Literal["single", "married", "divorced", "widowed"]


class Details(BaseModel):
    """What the person writes for the card besides the profile. Religion and marital status are printed on it, and
    used for nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    birth_place: Annotated[Line, Field(min_length=2, max_length=60)] = Field(repr=False)
    birth_date: date = Field(repr=False, description="as on the KTP")
    sex: Sex = Field(repr=False, description="as on the KTP")
    address: Annotated[Line, Field(min_length=5, max_length=120)] = Field(
        repr=False, description="street, number, RT and RW of the KTP"
    )
    kelurahan_code: str = Field(max_length=20, description="of the KTP: a card is for who lives in Kota Madiun")
    religion: Religion = Field(repr=False)
    marital_status: MaritalStatus = Field(repr=False)


class Holder(BaseModel):
    """Who the card is about, as the profile said when it was asked for."""

    model_config = ConfigDict(frozen=True)
    name: str = Field(repr=False)
    nik: str = Field(repr=False)
    nik_needs_check: bool = Field(False, description="another account has it, too")
    education: Education | None = None
    graduation_year: int | None = None
    skills: tuple[str, ...] = ()

    @classmethod
    def of(cls, seeker: Seeker) -> "Holder":
        assert seeker.personal.nik is not None
        return cls(
            name=seeker.personal.name,
            nik=seeker.personal.nik,
            **seeker.model_dump(include={"nik_needs_check", "education", "graduation_year", "skills"}),
        )


class Card(BaseModel):
    """A card, from its first draft to its end."""

    model_config = ConfigDict(frozen=True)
    id: str
    seeker_id: str
    state: CardState = "draft"
    details: Details | None = Field(None, repr=False)
    holder: Holder | None = Field(None, repr=False)
    photo_id: str | None = None
    note: str | None = Field(None, repr=False, description="the officer's words about what to mend")
    created_at: datetime
    submitted_at: datetime | None = None
    return_reason: ReturnReason | None = None
    revoke_reason: RevokeReason | None = None
    number: str | None = None
    issued_on: date | None = None
    issued_at: datetime | None = None
    issued_by: str | None = Field(None, description="account of the officer")
    valid_until: date | None = None
    reports: tuple[date, ...] = Field((), description="the days on which the six-monthly question was answered")
    reminders: int = Field(0, description="how often the open question was told")
    expiry_told: bool = False
    ended_on: date | None = None
    version: int = 0

    @property
    def ready(self) -> bool:
        """Nothing is missing that an officer needs."""
        return self.details is not None and self.photo_id is not None

    def facts(self) -> dict[str, Any]:
        """What each of its events says."""
        return self.model_dump(include=set(CardFacts.model_fields))


def id4_of(card: Card) -> str:
    """The last four digits of the serial: what tells two cards on one phone apart."""
    assert card.number is not None
    return card.number.split("-")[2][-4:]


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_warnings(born: date, day: date) -> tuple[Literal["under_18"], ...]:
    """For an officer to look at, never a refusal: 18 is usual."""
    return ("under_18",) if age_on(born, day) < USUAL_AGE else ()


def may_begin(latest: Card | None, *, today: date, renewable_days: int) -> bool:
    """A first card, one after an end, or the renewal of one whose two years end soon."""
    if latest is None or latest.state in FINAL:
        return True
    left = (latest.valid_until - today).days if latest.valid_until else None
    return latest.state in VALID and left is not None and left <= renewable_days
