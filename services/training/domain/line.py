"""Asking for a seat and the line for it: the order is the order of arrival, and an offer waits for an answer."""

from datetime import datetime, timedelta

from services.training.domain.enrolments import (
    OPEN,
    Consent,
    Decided,
    Enrolment,
    OfTraining,
    Step,
    left,
    moved,
    told_of,
)
from services.training.domain.trainings import Training
from services.training.problems import OfferOver
from shared.contracts.training import EnrolmentState
from shared.errors import WrongState

REPLY_WITHIN = timedelta(hours=24)
PRESENT = timedelta(minutes=2)  # whoever asked so lately need not be asked back


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
    return made, [told_of(made)]


def enrol_again(enrolment: Enrolment, *, ticket: int, consent: Consent | None, at: datetime) -> Decided:
    """After a cancellation: at the end of the line. Whoever is in it stays where he is."""
    again = moved(enrolment, "enrol", actor="seeker", by=enrolment.seeker_id, at=at)
    if again is enrolment:
        return enrolment, []
    again = again.model_copy(update={"ticket": ticket, "consent": consent, "enrolled_at": at})
    return again, [told_of(again)]


def give_seat(enrolment: Enrolment, *, seat: int, at: datetime) -> Decided:
    """A free seat for the first in line: at once where the person asked just now, else kept for an answer."""
    present = at - enrolment.enrolled_at <= PRESENT
    after = moved(enrolment, "seat" if present else "offer", actor="system", by="system", at=at)
    reply_by = None if present else min(at + REPLY_WITHIN, enrolment.training.starts_at)
    after = after.model_copy(update={"seat": seat, "reply_by": reply_by})
    return after, [told_of(after)]


def accept(enrolment: Enrolment, *, at: datetime) -> Decided:
    if enrolment.state == "lapsed" or (enrolment.reply_by is not None and enrolment.reply_by <= at):
        raise OfferOver
    after = moved(enrolment, "accept", actor="seeker", by=enrolment.seeker_id, at=at)
    if after is enrolment:
        return enrolment, []
    after = after.model_copy(update={"reply_by": None})
    return after, [told_of(after)]


def lapse(enrolment: Enrolment, *, at: datetime) -> Decided:
    """No answer in time: the seat goes to the next."""
    if enrolment.reply_by is None or at < enrolment.reply_by:
        return enrolment, []
    return left(moved(enrolment, "lapse", actor="system", by="system", at=at))


def cancel(enrolment: Enrolment, *, at: datetime) -> Decided:
    """Given back, while somebody else can still use it."""
    if enrolment.state in OPEN and enrolment.training.starts_at <= at:
        raise WrongState(state=enrolment.state)
    after = moved(enrolment, "cancel", actor="seeker", by=enrolment.seeker_id, at=at)
    return (enrolment, []) if after is enrolment else left(after)


def call_off(enrolment: Enrolment, *, reason: str, at: datetime) -> Decided:
    """The training does not take place."""
    if enrolment.state not in OPEN:
        return enrolment, []
    return left(moved(enrolment, "call_off", actor="officer", by="officer", at=at), reason=reason)
