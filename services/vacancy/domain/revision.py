"""Decisions of an officer on a later text of a province's live vacancy: shown from now on, or the old one stays."""

from datetime import datetime

from services.vacancy.domain.lifecycle import Decided, noted, require
from services.vacancy.domain.province import AT_ONCE
from services.vacancy.domain.refusals import FairnessUnjustified, NothingWaits
from services.vacancy.domain.review import FAIRNESS
from services.vacancy.domain.vacancy import Actor, Revision, Vacancy, facts
from shared.contracts.vacancy import VacancyChanged


def adopt(vacancy: Vacancy, *, by: Actor, at: datetime, justification: str | None = None) -> Decided:
    """An officer has seen the later text: it is shown from now on. Its dates and openings are as they stand."""
    require(vacancy, "adopt", by=by, at=at)
    waiting = _waiting(vacancy)
    if justification is None and any(flag.rule == FAIRNESS for flag in waiting.flags):
        raise FairnessUnjustified
    terms = waiting.terms.model_copy(update={name: getattr(vacancy.terms, name) for name in AT_ONCE})
    card = vacancy.employer.model_copy(update={"name": waiting.employer_name})
    said = justification or "Perubahan dari pengirim ditayangkan."
    made = noted(vacancy, by=by, at=at, reason=said)
    made = made.model_copy(update={"terms": terms, "employer": card, "flags": waiting.flags, "waiting": None})
    return made, [VacancyChanged(**facts(made))]


def discard(vacancy: Vacancy, *, reason: str, by: Actor, at: datetime) -> Decided:
    """The old text stays."""
    require(vacancy, "discard", by=by, at=at)
    _waiting(vacancy)
    made = noted(vacancy, by=by, at=at, reason=reason).model_copy(update={"waiting": None})
    return made, [VacancyChanged(**facts(made))]


def _waiting(vacancy: Vacancy) -> Revision:
    if vacancy.waiting is None:
        raise NothingWaits
    return vacancy.waiting
