"""What happens to a training (pelatihan) and to a person's place in it. `subject` is the training id, or the
enrolment id for everything from `EnrolmentFacts` on."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from shared.events import Event

TrainingState = Literal["draft", "published", "finished", "cancelled"]
EnrolmentState = Literal[
    "waiting", "offered", "confirmed", "cancelled", "lapsed", "called_off", "completed", "missed", "unplaced"
]
ProductState = Literal["shown", "withdrawn", "hidden"]
Outcome = Literal["first_sale", "own_business", "working", "seeking", "other"]


class TrainingFacts(Event):
    """Every public field of a training, carried by each of its events."""

    number: str
    title: str
    field: str = Field(description="what it is about, in a word")
    state: TrainingState
    kelurahan_code: str
    starts_at: datetime = Field(description="begin of the first session")
    ends_at: datetime = Field(description="end of the last session")
    capacity: int = Field(ge=1)
    enrolment_closes_at: datetime = Field(description="first instant at which nobody can enrol any more")


class TrainingChanged(TrainingFacts, topic="training", version=1):
    """It was drafted, or something about it is different now."""


class TrainingPublished(TrainingFacts, topic="training", version=1):
    """Everybody can see it."""


class TrainingCancelled(TrainingFacts, topic="training", version=1):
    """It does not take place."""

    reason: str


class TrainingFinished(TrainingFacts, topic="training", version=1):
    """It is over and the attendance is final."""


class EnrolmentFacts(Event):
    """Every public field of an enrolment, carried by each of its events."""

    seeker_id: str
    state: EnrolmentState
    training_id: str
    training_number: str
    training_title: str
    starts_at: datetime = Field(description="begin of the first session")
    follow_up: bool = Field(description="the person agrees to be asked afterwards (consent training_followup)")


class EnrolmentConfirmed(EnrolmentFacts, topic="training", version=1):
    """The person has a seat."""


class EnrolmentWaiting(EnrolmentFacts, topic="training", version=1):
    """All seats are taken; the person waits in the order of arrival."""


class SeatOffered(EnrolmentFacts, topic="training", version=1):
    """A seat became free for the one who waited longest."""

    reply_by: datetime = Field(description="until when it is kept for an answer")


class SeatLapsed(EnrolmentFacts, topic="training", version=1):
    """The offered seat was not taken in time and goes to the next."""


class EnrolmentCancelled(EnrolmentFacts, topic="training", version=1):
    """The person gave the place back."""


class EnrolmentCalledOff(EnrolmentFacts, topic="training", version=1):
    """The training does not take place: whoever has or awaits a seat is to be told."""

    reason: str


class EnrolmentUnplaced(EnrolmentFacts, topic="training", version=1):
    """The training is over, and no seat had become free."""


class AttendanceRecorded(EnrolmentFacts, topic="training", version=1):
    """An officer noted who came to a session."""

    sessions_attended: int = Field(ge=0)


class EnrolmentMissed(EnrolmentFacts, topic="training", version=1):
    """The training is over; the person came to too few sessions for a certificate."""


class CertificateIssued(EnrolmentFacts, topic="training", version=1):
    """The training is over and the person attended."""

    certificate_number: str


class FollowUpDue(EnrolmentFacts, topic="training", version=1):
    """It is time to ask how it went on; only for those who agreed."""

    months: int = Field(ge=1, description="since the training ended")
    answer_token: str = Field(description="whoever has it can answer this question, and do nothing else")


class OutcomeRecorded(EnrolmentFacts, topic="training", version=1):
    """What became of it, as the person says or an officer notes."""

    outcome: Outcome
    months: int | None = Field(description="which question this answers; null: told without being asked")


class FollowUpDeclined(EnrolmentFacts, topic="training", version=1):
    """The person does not want to be asked any more."""


class ProductChanged(Event, topic="training", version=1):
    """What somebody sells after a training: shown, changed, or not shown any more. `subject` is the product's id."""

    seeker_id: str
    product_name: str
    price: int | None = Field(description="rupiah")
    kelurahan_code: str
    state: ProductState


class ProductAsked(Event, topic="training", version=1):
    """Somebody asked about a product. `subject` is the question's id; its words stay in the store, sealed."""

    seeker_id: str = Field(description="who sells it")
    product_id: str
    product_name: str
    enrolment_id: str = Field(description="where the seller reads it")
