"""A person's place in a training: waiting, offered, confirmed, and how it ends. The order is the order of arrival."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts import training as told
from shared.contracts.training import EnrolmentState, Outcome
from shared.errors import WrongState
from shared.events import Event

Command = Literal["enrol", "seat", "offer", "accept", "lapse", "cancel", "call_off", "complete", "miss", "unplace"]
Actor = Literal["seeker", "officer", "system"]

# From a state, by a command, to a state; to the same state: done already. A pair that is not here is refused.
TABLE: Mapping[tuple[EnrolmentState, Command], EnrolmentState] = {
    ("waiting", "enrol"): "waiting",
    ("waiting", "seat"): "confirmed",
    ("waiting", "offer"): "offered",
    ("waiting", "cancel"): "cancelled",
    ("waiting", "call_off"): "called_off",
    ("waiting", "unplace"): "unplaced",
    ("offered", "enrol"): "offered",
    ("offered", "accept"): "confirmed",
    ("offered", "lapse"): "lapsed",
    ("offered", "cancel"): "cancelled",
    ("offered", "call_off"): "called_off",
    ("offered", "unplace"): "unplaced",
    ("confirmed", "enrol"): "confirmed",
    ("confirmed", "accept"): "confirmed",
    ("confirmed", "cancel"): "cancelled",
    ("confirmed", "call_off"): "called_off",
    ("confirmed", "complete"): "completed",
    ("confirmed", "miss"): "missed",
    ("cancelled", "enrol"): "waiting",  # again, at the end of the line
    ("cancelled", "cancel"): "cancelled",
    ("lapsed", "enrol"): "waiting",
    ("called_off", "call_off"): "called_off",
}
OPEN: tuple[EnrolmentState, ...] = ("waiting", "offered", "confirmed")
AGAIN: tuple[EnrolmentState, ...] = ("cancelled", "lapsed")
HISTORY = 50  # steps kept: who comes and goes for ever does not make the document grow for ever


class OfTraining(BaseModel):
    """The training as the enrolment keeps it: these stay once it is published."""

    model_config = ConfigDict(frozen=True)
    id: str
    number: str
    title: str
    starts_at: datetime
    ends_at: datetime


class Step(BaseModel):
    """One entry of the history. `by` is the actor's account: kept for inspection, never shown."""

    model_config = ConfigDict(frozen=True)
    state: EnrolmentState
    at: datetime
    actor: Actor
    by: str


class Consent(BaseModel):
    """Agreed to be asked afterwards how it went on (training_followup)."""

    model_config = ConfigDict(frozen=True)
    kind: Literal["training_followup"] = "training_followup"
    text_version: str
    given_at: datetime
    channel: Literal["portal"] = "portal"
    withdrawn_at: datetime | None = None


class Answer(BaseModel):
    """What became of it. `months` is the question that it answers; none: told without being asked."""

    model_config = ConfigDict(frozen=True)
    outcome: Outcome
    months: int | None
    at: datetime


class Enrolment(BaseModel):
    """`ticket` is the person's place in the order of arrival, `seat` the number of a seat that nobody else has."""

    model_config = ConfigDict(frozen=True)
    id: str
    training: OfTraining
    seeker_id: str
    state: EnrolmentState
    ticket: int
    seat: int | None = None
    reply_by: datetime | None = None
    consent: Consent | None = None
    attended: tuple[int, ...] = Field((), description="sessions, counted from one")
    ended_at: datetime | None = Field(None, description="when the training was over")
    certificate_number: str | None = None
    follow_up_at: datetime | None = Field(None, description="when the person is asked next")
    answers: tuple[Answer, ...] = ()
    enrolled_at: datetime
    updated_at: datetime
    history: tuple[Step, ...]
    version: int = 0

    @property
    def follow_up(self) -> bool:
        return self.consent is not None and self.consent.withdrawn_at is None


Decided = tuple[Enrolment, list[Event]]


def left(enrolment: Enrolment, **more: object) -> Decided:
    """Nobody's seat any more."""
    free = enrolment.model_copy(update={"seat": None, "reply_by": None})
    return free, [told_of(free, **more)]


def moved(enrolment: Enrolment, command: Command, *, actor: Actor, by: str, at: datetime) -> Enrolment:
    target = TABLE.get((enrolment.state, command))
    if target is None:
        raise WrongState(state=enrolment.state)
    if target == enrolment.state:
        return enrolment
    step = Step(state=target, at=at, actor=actor, by=by)
    return enrolment.model_copy(
        update={"state": target, "updated_at": at, "history": (*enrolment.history, step)[-HISTORY:]}
    )


def facts(enrolment: Enrolment) -> dict[str, object]:
    training = enrolment.training
    return {
        "seeker_id": enrolment.seeker_id,
        "state": enrolment.state,
        "training_id": training.id,
        "training_number": training.number,
        "training_title": training.title,
        "starts_at": training.starts_at,
        "follow_up": enrolment.follow_up,
    }


_TOLD: Mapping[EnrolmentState, type[told.EnrolmentFacts]] = {
    "waiting": told.EnrolmentWaiting,
    "offered": told.SeatOffered,
    "confirmed": told.EnrolmentConfirmed,
    "cancelled": told.EnrolmentCancelled,
    "lapsed": told.SeatLapsed,
    "called_off": told.EnrolmentCalledOff,
    "completed": told.CertificateIssued,
    "missed": told.EnrolmentMissed,
    "unplaced": told.EnrolmentUnplaced,
}


def told_of(enrolment: Enrolment, **more: object) -> Event:
    """The event of the state that was just reached."""
    kind = _TOLD[enrolment.state]
    reply = {"reply_by": enrolment.reply_by} if enrolment.state == "offered" else {}
    return kind.model_validate({**facts(enrolment), **reply, **more})
