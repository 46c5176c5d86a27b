"""The vacancy ended, and what that means to whoever applied."""

from datetime import datetime

from services.application.domain.model import Application, Decided
from services.application.domain.states import OPEN
from services.application.domain.telling import events_of, facts
from shared.contracts import application as told
from shared.contracts.application import CancelCause

SYSTEM = "system"


def vacancy_closed(application: Application) -> Decided:
    """The vacancy was closed early: an open application stands, and its seeker is told once."""
    if application.state not in OPEN or application.vacancy_ended:
        return application, []
    marked = application.model_copy(update={"vacancy_ended": True})
    return marked, [told.ApplicationVacancyEnded.model_validate({**facts(marked), "vacancy_state": "closed"})]


def vacancy_recalled(application: Application, *, reason: str, at: datetime) -> Decided:
    """The vacancy was false or unlawful: an open application ends, and its seeker is warned, once and by nothing
    else."""
    if application.state not in OPEN:
        return application, []
    if application.vacancy_recalled:  # warned before applications were cancelled by a recall
        return cancelled(application, cause="recalled", reason=reason, at=at)
    marked = application.moved("cancelled", actor="system", by=SYSTEM, at=at, reason=reason)
    marked = marked.model_copy(update={"vacancy_recalled": True})
    return marked, [told.ApplicationVacancyRecalled.model_validate({**facts(marked), "reason": reason})]


def cancelled(application: Application, *, cause: CancelCause, reason: str, at: datetime) -> Decided:
    """There is no job any more: an open application ends."""
    if application.state not in OPEN:
        return application, []
    ended = application.moved("cancelled", actor="system", by=SYSTEM, at=at, reason=reason)
    return ended, events_of(ended, cause=cause)
