"""Jobseeker cards as the API shows them: to their owner, to officers, and to whoever holds a printed one."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain.cards import Details
from services.seeker.nik import Warning
from shared.contracts.card import CardState, ReturnReason, RevokeReason
from shared.contracts.codes import Education

ReadableState = Literal["valid", "lapsed", "employed", "expired", "revoked"]
OfficerWarning = Warning | Literal["under_18", "birth_date_differs", "sex_differs"]


class CardView(BaseModel):
    """A card, for its owner."""

    model_config = ConfigDict(frozen=True, title="JobseekerCard")
    id: str
    state: CardState
    details: Details | None
    has_photo: bool
    note: str | None = Field(description="the officer's words about what to mend")
    return_reason: ReturnReason | None
    number: str | None
    submitted_at: datetime | None
    issued_on: date | None
    valid_until: date | None
    report_on: date | None = Field(description="the day of the next six-monthly question; null where none is left")
    report_until: date | None = Field(description="the last day on which it can be answered")
    reports: tuple[date, ...] = Field(description="when the questions before were answered")
    renewable: bool = Field(description="a new card can be asked for")
    ended_on: date | None


class OfficerCardView(CardView):
    """The same for an officer, with what is to be compared with the KTP."""

    model_config = ConfigDict(frozen=True, title="JobseekerCardForOfficer")
    seeker_id: str
    name: str | None
    nik: str | None
    nik_birth_date: date | None = Field(description="as the NIK says")
    nik_sex: Literal["female", "male"] | None = Field(description="as the NIK says")
    education: Education | None
    graduation_year: int | None
    skills: tuple[str, ...]
    warnings: tuple[OfficerWarning, ...] = Field(description="to look at, never a reason to refuse")
    revoke_reason: RevokeReason | None
    issued_by: str | None = Field(description="account of the officer")


class QueuedCard(BaseModel):
    """A card that waits for an officer."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str
    kelurahan_code: str
    submitted_at: datetime


class PaperStatus(BaseModel):
    """What anybody may know who has the printed card in hand."""

    model_config = ConfigDict(frozen=True)
    type: str
    number: str
    initials: str
    issued: date
    valid_until: date | None
    state: ReadableState = Field(description="as it is now; only `valid` is good")
