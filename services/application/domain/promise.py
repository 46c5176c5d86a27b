"""The answer promise (janji kabar) and the other clocks of an application: the next instant at which the system has
something to do, and what it does then. By this nobody waits for ever."""

from datetime import UTC, date, datetime, time, timedelta

from services.application.domain.deciding import Words, decide
from services.application.domain.model import Application, Decided
from services.application.domain.states import WAITING, Command
from services.application.domain.telling import facts
from shared.clock import WIB, end_of, today
from shared.contracts.application import ApplicationInterviewSoon

GRACE = timedelta(days=3)  # after the promised day, and after the time to reply
AFTER_INTERVIEW = timedelta(days=14)
REMIND_AT = time(17)  # WIB, the day before
SYSTEM = "system"


def due_at(application: Application) -> datetime | None:
    """When the system acts next; None: never."""
    interview, offer = application.interview, application.offer
    if application.state in WAITING:
        return _unanswered_at(application)
    if application.state == "interview_offered" and interview:
        return interview.reply_by + GRACE
    if application.state == "offered" and offer:
        return offer.reply_by + GRACE
    if application.state == "interview_accepted" and interview:
        remind = remind_at(interview.starts_at)
        soon = not application.reminded and application.updated_at < remind
        return remind if soon else interview.starts_at + AFTER_INTERVIEW
    return None


def run_due(application: Application, *, at: datetime) -> Decided:
    """What is due at `at`; nothing where nothing is."""
    due = due_at(application)
    if due is None or due > at:
        return application, []
    interview = application.interview
    if application.state == "interview_accepted" and interview and due < interview.starts_at:
        reminded = application.model_copy(update={"reminded": True})
        known = {**facts(reminded), "starts_at": interview.starts_at, "remote": interview.remote}
        return reminded, [ApplicationInterviewSoon.model_validate(known)]
    command: Command = "decline" if application.state in ("interview_offered", "offered") else "close"
    return decide(application, command, actor="system", by=SYSTEM, at=at, words=Words())


def remind_at(starts_at: datetime) -> datetime:
    """17.00 WIB of the day before."""
    return datetime.combine(today(starts_at) - timedelta(days=1), REMIND_AT, WIB).astimezone(UTC)


def closes_at(answer_by: date) -> datetime:
    """When what is not answered by that day closes: as its third day of grace ends."""
    return end_of(answer_by) + GRACE


def _unanswered_at(application: Application) -> datetime | None:
    """Three days after the promised day. Where the seeker had to answer first, the employer has three days more."""
    if application.answer_by is None:
        return None
    due = closes_at(application.answer_by)
    if application.state in ("interview_rescheduled", "interview_declined"):
        return max(due, closes_at(today(application.updated_at)))
    return due
