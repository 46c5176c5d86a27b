"""When an invitation and an offer make sense, and until when they wait for an answer."""

from datetime import date, datetime, timedelta

from services.application.domain.model import Interview, Offer
from services.application.problems import BadTime, Flaw
from shared.clock import today
from shared.contracts.vacancy import Wage

REPLY_WITHIN = timedelta(days=3)  # where the employer says nothing else
LATEST_INTERVIEW, LATEST_START, LONGEST_REPLY = timedelta(days=90), timedelta(days=180), timedelta(days=30)
HOUR = timedelta(hours=1)

_MEETS = (
    "/starts_at",
    Flaw(
        "Pilih waktu wawancara yang belum lewat, paling lama 90 hari lagi.",
        "Choose a time for the interview that is still to come, at most 90 days ahead.",
    ),
)
_REPLY_BEFORE = (
    "/reply_by",
    Flaw(
        "Batas jawaban harus sesudah sekarang dan sebelum wawancara.",
        "The time to answer must be after now and before the interview.",
    ),
)
_REPLY = (
    "/reply_by",
    Flaw("Batas jawaban harus dalam 30 hari ke depan.", "The time to answer must be within the next 30 days."),
)
_STARTS = (
    "/start_date",
    Flaw(
        "Pilih hari mulai kerja dari hari ini, paling lama 180 hari lagi.",
        "Choose a first day of work from today, at most 180 days ahead.",
    ),
)


def invite(
    *, starts_at: datetime, remote: bool, reply_by: datetime | None, at: datetime, sealed: str | None = None
) -> Interview:
    """An interview, with a time to answer it: three days where none is given, and never after it has begun."""
    if not at < starts_at <= at + LATEST_INTERVIEW:
        raise BadTime(*_MEETS)
    until = reply_by or min(at + REPLY_WITHIN, max(starts_at - HOUR, at + (starts_at - at) / 2))
    if not at < until <= starts_at:
        raise BadTime(*_REPLY_BEFORE)
    return Interview(starts_at=starts_at, remote=remote, reply_by=until, sealed=sealed)


def offer(*, wage: Wage, hours: str, start_date: date, reply_by: datetime | None, at: datetime) -> Offer:
    if not today(at) <= start_date <= today(at) + LATEST_START:
        raise BadTime(*_STARTS)
    until = reply_by or at + REPLY_WITHIN
    if not at < until <= at + LONGEST_REPLY:
        raise BadTime(*_REPLY)
    return Offer(wage=wage, hours=hours, start_date=start_date, reply_by=until)
