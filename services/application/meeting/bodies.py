"""What comes with an invitation, an offer, and the answers to them."""

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from services.application.meeting.commands import Invitation, JobOffer
from shared.clock import whole
from shared.contracts.application import Why
from shared.contracts.vacancy import Wage

_INPUT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class InterviewInput(BaseModel):
    """An invitation. Interviews are free: there is no field for money."""

    model_config = _INPUT
    starts_at: AwareDatetime
    remote: StrictBool = Field(False, description="by telephone or video")
    place: str | None = Field(None, min_length=3, max_length=200, description="where, or how one joins from afar")
    contact: str = Field(min_length=2, max_length=80, description="whom the person will meet")
    reply_by: AwareDatetime | None = Field(None, description="until when to answer; three days where not given")

    @model_validator(mode="after")
    def _somewhere(self) -> "InterviewInput":
        if not self.remote and not self.place:
            raise ValueError("Tulis tempatnya. / Say where.")
        return self

    def given(self) -> Invitation:
        return Invitation(
            starts_at=whole(self.starts_at),
            remote=self.remote,
            place=self.place,
            contact=self.contact,
            reply_by=_whole(self.reply_by),
        )


class OfferWage(BaseModel):
    model_config = _INPUT
    amount: StrictInt = Field(ge=1, le=1_000_000_000, description="rupiah")
    per: str = Field("month", pattern="^(hour|day|week|month|piece)$")


class OfferInput(BaseModel):
    """The job, as it is offered."""

    model_config = _INPUT
    wage: OfferWage
    hours: str = Field(min_length=3, max_length=120, description="days and hours of work, in words")
    start_date: date
    reply_by: AwareDatetime | None = Field(None, description="until when to answer; three days where not given")

    def given(self) -> JobOffer:
        wage = Wage.model_validate({"min": self.wage.amount, "per": self.wage.per})
        return JobOffer(wage=wage, hours=self.hours, start_date=self.start_date, reply_by=_whole(self.reply_by))


class RefusalInput(BaseModel):
    """Why not: `why` in one word, only ever counted; `reason` is told to the employer."""

    model_config = _INPUT
    why: Why | None = None
    reason: str | None = Field(None, max_length=500, description="told to the employer")


class WishInput(BaseModel):
    """Another time."""

    model_config = _INPUT
    wish: str | None = Field(None, max_length=300, description="when it would suit; the employer reads it")


def _whole(at: datetime | None) -> datetime | None:
    return whole(at) if at else None
