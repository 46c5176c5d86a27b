"""A command on an application, decided by the table and by what comes with it."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.application.domain.model import Actor, Application, Decided, Interview, Offer
from services.application.domain.reasons import RejectCode, rejection
from services.application.domain.states import TABLE, Command
from services.application.domain.telling import ANSWER_STILL, events_of
from services.application.problems import AnswerTooLate, ReasonNeeded
from shared.clock import today
from shared.contracts.application import Why
from shared.errors import WrongState

SECOND_PROMISE = timedelta(days=14)  # for whoever is taken up again after that


class Words(BaseModel):
    """What may come with a command."""

    model_config = ConfigDict(frozen=True)
    reason: str | None = None
    reason_code: RejectCode | None = None
    start_date: date | None = None
    why: Why | None = None
    interview: Interview | None = None
    offer: Offer | None = None
    wish_sealed: str | None = None


def decide(
    application: Application, command: Command, *, actor: Actor, by: str, at: datetime, words: Words
) -> Decided:
    """The application after `command`, by the table; nothing is told where it is so already."""
    move = TABLE.get((application.state, command))
    if move is None or actor not in move.who:
        raise WrongState(state=application.state)
    if move.next == application.state:
        if _says_otherwise(application, command, words):
            raise WrongState(state=application.state)
        return application, []
    _check(application, command, at=at, words=words)
    moved = application.moved(move.next, actor=actor, by=by, at=at, reason=_reason(command, words))
    moved = moved.model_copy(update=_changes(application, command, at=at, words=words))
    return moved, events_of(moved)


def _check(application: Application, command: Command, *, at: datetime, words: Words) -> None:
    if application.state == "closed_without_reply" and at - application.updated_at >= ANSWER_STILL:
        raise AnswerTooLate(state=application.state)
    if application.state == "offered" and command == "reject" and not (words.reason or words.reason_code):
        raise ReasonNeeded


def _reason(command: Command, words: Words) -> str | None:
    return rejection(words.reason_code, words.reason) if command == "reject" else words.reason


def _changes(application: Application, command: Command, *, at: datetime, words: Words) -> dict[str, Any]:
    """What the command brings besides the state."""
    changes: dict[str, Any] = {"start_date": words.start_date, "why": words.why}
    if command == "hire":
        changes["start_date"] = words.start_date or (application.offer.start_date if application.offer else None)
    if command == "offer_interview":
        changes |= {"interview": words.interview, "wish_sealed": None, "reminded": False}
    if command == "offer_job":
        changes["offer"] = words.offer
    if command == "reschedule":
        changes["wish_sealed"] = words.wish_sealed
    if command == "shortlist" and application.state == "closed_without_reply":
        changes["promise"] = today(at) + SECOND_PROMISE
    return changes


def _says_otherwise(application: Application, command: Command, words: Words) -> bool:
    """A repeat with other words is no repeat: the first ones were told already."""
    if command in ("view", "reschedule"):
        return False
    if command == "offer_interview":
        return not _same(application.interview, words.interview, "starts_at", "remote", "reply_by")
    if command == "offer_job":
        return not _same(application.offer, words.offer, "wage", "hours", "start_date", "reply_by")
    reason = application.reason
    if command == "reject":
        said = rejection(words.reason_code, words.reason) if words.reason_code or words.reason else reason
    else:
        said = words.reason or reason
    return (said, words.start_date or application.start_date) != (reason, application.start_date)


def _same(one: BaseModel | None, other: BaseModel | None, *names: str) -> bool:
    return other is None or all(getattr(one, name, None) == getattr(other, name) for name in names)
