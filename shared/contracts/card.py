"""What happens to a jobseeker card (AK-1, kartu kuning). `subject` is the card id. Nothing of the person is here but
what statistics count by; texts for the person name the card by its number."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.codes import Education
from shared.events import Event

CardState = Literal[
    "draft", "submitted", "returned", "issued", "report_due", "lapsed", "employed", "expired", "revoked"
]
ReturnReason = Literal["photo_unclear", "photo_not_3x4", "nik_differs", "name_differs", "address_differs", "other"]
RevokeReason = Literal["false_data", "double_card", "death"]


class CardFacts(Event):
    """The public fields of a card, carried by each of its events."""

    seeker_id: str
    state: CardState
    number: str | None = Field(description="from when it is issued: 3577-2026-000123-4")
    issued_on: date | None
    valid_until: date | None = Field(description="last day on which it is good")


class JobseekerCardSubmitted(CardFacts, topic="seeker", version=1):
    """The person asked for a card."""


class JobseekerCardReturned(CardFacts, topic="seeker", version=1):
    """An officer asks for something to be mended first."""

    reason: ReturnReason


class JobseekerCardIssued(CardFacts, topic="seeker", version=1):
    """The card is good from now on. Age, sex and education stay as they were then, for the statistics."""

    first_report_on: date
    age: int = Field(ge=0, description="in years, on the day of issue")
    sex: Literal["female", "male"]
    education: Education | None


class JobseekerCardReportDue(CardFacts, topic="seeker", version=1):
    """The six-monthly question: told when it opens, on the day, and once more while nobody answered."""

    days: int = Field(description="days since the day on which it is due: -14, 0 or 14")
    due_on: date
    report_until: date = Field(description="last day on which it can be answered")
    id4: str = Field(description="what an answer by SMS names: KERJA or BELUM and this")
    report_token: str = Field(description="whoever has it can answer this one question, and do nothing else")


class JobseekerCardReported(CardFacts, topic="seeker", version=1):
    """Still looking for work: the card goes on."""

    month: int = Field(ge=6, description="which report it was: of month 6, 12 or 18")


class JobseekerCardLapsed(CardFacts, topic="seeker", version=1):
    """The question was not answered in time."""


class JobseekerCardEmployed(CardFacts, topic="seeker", version=1):
    """The person has work: the card has done its duty."""

    told_by: Literal["seeker", "officer", "placement"]


class JobseekerCardExpiring(CardFacts, topic="seeker", version=1):
    """Its two years end in a month: it can be renewed."""


class JobseekerCardExpired(CardFacts, topic="seeker", version=1):
    """Its two years are over."""


class JobseekerCardRevoked(CardFacts, topic="seeker", version=1):
    """An officer ended it."""

    reason: RevokeReason
