"""A person's place in a training: waiting, offered, confirmed, and how it ends. The order is the order of arrival."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.trainings import Training
from services.training.problems import OfferOver
from shared.contracts import training as told
from shared.contracts.training import EnrolmentState
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
REPLY_WITHIN = timedelta(hours=24)
PRESENT = timedelta(minutes=2)  # whoever asked so lately need not be asked back


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
    enrolled_at: datetime
    updated_at: datetime
    history: tuple[Step, ...]
    version: int = 0

    @property
    def follow_up(self) -> bool:
        return self.consent is not None and self.consent.withdrawn_at is None


Decided = tuple[Enrolment, list[Event]]


def enrol(
    training: Training,
    *,
    id: str,
    seeker_id: str,
    ticket: int,
    seat: int | None,
    consent: Consent | None,
    at: datetime,
) -> Decided:
    """A first enrolment: with a seat where the arrival has one, else in the line."""
    state: EnrolmentState = "waiting" if seat is None else "confirmed"
    kept = OfTraining(
        id=training.id,
        number=training.number,
        title=training.terms.title,
        starts_at=training.starts_at,
        ends_at=training.ends_at,
    )
    made = Enrolment(
        id=id,
        training=kept,
        seeker_id=seeker_id,
        state=state,
        ticket=ticket,
        seat=seat,
        consent=consent,
        enrolled_at=at,
        updated_at=at,
        history=(Step(state=state, at=at, actor="seeker", by=seeker_id),),
    )
    return made, [_event(made)]


def enrol_again(enrolment: Enrolment, *, ticket: int, consent: Consent | None, at: datetime) -> Decided:
    """After a cancellation: at the end of the line. Whoever is in it stays where he is."""
    again = _moved(enrolment, "enrol", actor="seeker", by=enrolment.seeker_id, at=at)
    if again is enrolment:
        return enrolment, []
    again = again.model_copy(update={"ticket": ticket, "consent": consent, "enrolled_at": at})
    return again, [_event(again)]


def give_seat(enrolment: Enrolment, *, seat: int, at: datetime) -> Decided:
    """A free seat for the first in line: at once where the person asked just now, else kept for an answer."""
    present = at - enrolment.enrolled_at <= PRESENT
    moved = _moved(enrolment, "seat" if present else "offer", actor="system", by="system", at=at)
    reply_by = None if present else min(at + REPLY_WITHIN, enrolment.training.starts_at)
    moved = moved.model_copy(update={"seat": seat, "reply_by": reply_by})
    return moved, [_event(moved)]


def accept(enrolment: Enrolment, *, at: datetime) -> Decided:
    if enrolment.state == "lapsed" or (enrolment.reply_by is not None and enrolment.reply_by <= at):
        raise OfferOver
    moved = _moved(enrolment, "accept", actor="seeker", by=enrolment.seeker_id, at=at)
    if moved is enrolment:
        return enrolment, []
    moved = moved.model_copy(update={"reply_by": None})
    return moved, [_event(moved)]


def lapse(enrolment: Enrolment, *, at: datetime) -> Decided:
    """No answer in time: the seat goes to the next."""
    if enrolment.reply_by is None or at < enrolment.reply_by:
        return enrolment, []
    return _left(_moved(enrolment, "lapse", actor="system", by="system", at=at))


def cancel(enrolment: Enrolment, *, at: datetime) -> Decided:
    """Given back, while somebody else can still use it."""
    if enrolment.state in OPEN and enrolment.training.starts_at <= at:
        raise WrongState(state=enrolment.state)
    moved = _moved(enrolment, "cancel", actor="seeker", by=enrolment.seeker_id, at=at)
    return (enrolment, []) if moved is enrolment else _left(moved)


def call_off(enrolment: Enrolment, *, reason: str, at: datetime) -> Decided:
    """The training does not take place."""
    if enrolment.state not in OPEN:
        return enrolment, []
    return _left(_moved(enrolment, "call_off", actor="officer", by="officer", at=at), reason=reason)


def _left(moved: Enrolment, **more: object) -> Decided:
    """Nobody's seat any more."""
    free = moved.model_copy(update={"seat": None, "reply_by": None})
    return free, [_event(free, **more)]


def _moved(enrolment: Enrolment, command: Command, *, actor: Actor, by: str, at: datetime) -> Enrolment:
    target = TABLE.get((enrolment.state, command))
    if target is None:
        raise WrongState(state=enrolment.state)
    if target == enrolment.state:
        return enrolment
    step = Step(state=target, at=at, actor=actor, by=by)
    return enrolment.model_copy(
        update={"state": target, "updated_at": at, "history": (*enrolment.history, step)[-HISTORY:]}
    )


HISTORY = 50  # steps kept: who comes and goes for ever does not make the document grow for ever


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


def _event(enrolment: Enrolment, **more: object) -> Event:
    """The event of the state that was just reached."""
    kind = _TOLD[enrolment.state]
    reply = {"reply_by": enrolment.reply_by} if enrolment.state == "offered" else {}
    return kind.model_validate({**facts(enrolment), **reply, **more})
