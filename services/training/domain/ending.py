"""Attendance, how a place ends once the training is over, and what became of it afterwards."""

import calendar
from datetime import date, datetime, timedelta

from services.training.domain.enrolments import Answer, Decided, Enrolment, facts, left, moved, told_of
from services.training.domain.trainings import Training
from services.training.problems import SessionNotBegun, SessionUnknown
from shared import clock
from shared.contracts import training as told
from shared.contracts.training import Outcome
from shared.errors import WrongState

ASKED_AFTER = (3, 6, 12)  # months
EARLY = timedelta(minutes=30)  # people sign in before a session begins
HOUR_OF_ASKING = timedelta(hours=9)  # in Madiun


def begun(training: Training, number: int, *, at: datetime) -> None:
    """Raises where session `number`, counted from one, cannot be noted yet."""
    if not 1 <= number <= len(training.terms.sessions):
        raise SessionUnknown
    if at < training.terms.sessions[number - 1].starts_at - EARLY:
        raise SessionNotBegun


def attend(enrolment: Enrolment, session: int, *, present: bool, at: datetime) -> Decided:
    """Note whether the person came; the same again changes nothing."""
    if enrolment.state != "confirmed":
        raise WrongState(state=enrolment.state)
    if (session in enrolment.attended) == present:
        return enrolment, []
    sessions = {*enrolment.attended, session} if present else {*enrolment.attended} - {session}
    after = enrolment.model_copy(update={"attended": tuple(sorted(sessions)), "updated_at": at})
    return after, [told.AttendanceRecorded.model_validate({**facts(after), "sessions_attended": len(sessions)})]


def deserves(enrolment: Enrolment, training: Training) -> bool:
    return enrolment.state == "confirmed" and len(enrolment.attended) >= training.terms.attendance_needed


def complete(enrolment: Enrolment, *, number: str, at: datetime) -> Decided:
    """The person attended: a certificate, and questions afterwards for whoever agreed."""
    after = moved(enrolment, "complete", actor="system", by="system", at=at)
    asked = asking_at(at, ASKED_AFTER[0]) if enrolment.follow_up else None
    after = after.model_copy(update={"certificate_number": number, "ended_at": at, "follow_up_at": asked})
    return after, [told_of(after, certificate_number=number)]


def end(enrolment: Enrolment, *, at: datetime) -> Decided:
    """Whoever came too little, or never had a seat."""
    if enrolment.state == "confirmed":
        after = moved(enrolment, "miss", actor="system", by="system", at=at).model_copy(update={"ended_at": at})
        return after, [told_of(after)]
    return left(moved(enrolment, "unplace", actor="system", by="system", at=at))


def ask(enrolment: Enrolment, *, at: datetime, token: str) -> Decided:
    """It is time for the next question. What was slept through is asked once."""
    if enrolment.follow_up_at is None or at < enrolment.follow_up_at:
        return enrolment, []
    months = months_due(enrolment, at=at)
    later = [asking_at(_ended(enrolment), number) for number in ASKED_AFTER if number > months]
    after = enrolment.model_copy(update={"follow_up_at": later[0] if later else None})
    question = {"months": months, "answer_token": token}
    return after, [told.FollowUpDue.model_validate({**facts(after), **question})]


def months_due(enrolment: Enrolment, *, at: datetime) -> int:
    """The question whose time has come last."""
    return max(number for number in ASKED_AFTER if asking_at(_ended(enrolment), number) <= at)


def answer(enrolment: Enrolment, outcome: Outcome, *, months: int | None, at: datetime) -> Decided:
    """What became of it; another answer to the same question takes the place of the first."""
    if enrolment.state != "completed":
        raise WrongState(state=enrolment.state)
    known = next((one for one in enrolment.answers if one.months == months), None)
    if known is not None and known.outcome == outcome:
        return enrolment, []
    answers = (*(one for one in enrolment.answers if one is not known), Answer(outcome=outcome, months=months, at=at))
    after = enrolment.model_copy(update={"answers": answers, "updated_at": at})
    news = {"outcome": outcome, "months": months}
    return after, [told.OutcomeRecorded.model_validate({**facts(after), **news})]


def stop_asking(enrolment: Enrolment, *, at: datetime) -> Decided:
    """The consent is withdrawn: nobody is asked any more."""
    if enrolment.consent is None or enrolment.consent.withdrawn_at is not None:
        return enrolment, []
    consent = enrolment.consent.model_copy(update={"withdrawn_at": at})
    after = enrolment.model_copy(update={"consent": consent, "follow_up_at": None, "updated_at": at})
    return after, [told.FollowUpDeclined.model_validate(facts(after))]


def asking_at(ended: datetime, months: int) -> datetime:
    """In the morning of the day so many months later: 31 August and 6 months is 28 or 29 February."""
    day = clock.today(ended)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return clock.start_of(date(year, month + 1, min(day.day, last))) + HOUR_OF_ASKING


def _ended(enrolment: Enrolment) -> datetime:
    return enrolment.ended_at or enrolment.updated_at
