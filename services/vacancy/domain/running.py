"""Decisions on a vacancy that is or was public: paused, filled, extended, ended, re-opened, recalled."""

import itertools
from datetime import date, datetime, timedelta

from services.vacancy.domain.completeness import wrong_dates
from services.vacancy.domain.lifecycle import Decided, moved, noted, require
from services.vacancy.domain.refusals import (
    EmployerNotVerified,
    ExtendedTwice,
    Flaw,
    Flawed,
    OfficerDecides,
    ReopenTooLate,
)
from services.vacancy.domain.terms import LONGEST_ANSWER, Terms
from services.vacancy.domain.vacancy import Actor, Card, Vacancy, facts
from shared.clock import today
from shared.contracts.vacancy import (
    VacancyChanged,
    VacancyClosed,
    VacancyExpired,
    VacancyExtended,
    VacancyFilled,
    VacancyPaused,
    VacancyRecalled,
    VacancyReopened,
    VacancyResumed,
)

EXTENSIONS = 2
LONGEST_IN_ALL, REOPEN_WITHIN = timedelta(days=120), timedelta(days=30)
CLOSED_BECAUSE = {
    "employer": "Ditutup oleh pemberi kerja.",
    "officer": "Ditutup oleh petugas Disnaker.",
    "system": "Ditutup oleh sistem.",
}
PAUSED_BECAUSE = {
    "employer": "Dijeda oleh pemberi kerja.",
    "officer": "Dijeda oleh petugas Disnaker.",
    "system": "Sedang diperiksa petugas Disnaker.",
}
UNDER_REVIEW = "under_review"

_TOO_MANY = Flaw("/filled_count", "Tidak boleh lebih dari jumlah lowongan.", "Not more than there are openings.")
_NOT_LATER = Flaw("/closes_on", "Pilih tanggal sesudah tanggal tutup yang sekarang.", "Choose a later closing date.")
_TOO_LONG = Flaw(
    "/closes_on", "Lowongan tayang paling lama 120 hari.", "A vacancy stays open for 120 days at the longest."
)
_MORE_OPENINGS = Flaw(
    "/openings", "Isi jumlah lowongan yang lebih dari yang sudah terisi.", "Give more openings than are filled."
)


def pause(vacancy: Vacancy, *, reason: str | None, by: Actor, at: datetime, code: str | None = None) -> Decided:
    """No new applications for now; the clock runs on."""
    require(vacancy, "pause", by=by, at=at)
    told = reason or PAUSED_BECAUSE[by.kind]
    made = moved(vacancy, "pause", by=by, at=at, reason=told, code=code)
    return made, [VacancyPaused(**facts(made), reason=told, reason_code=code)]


def resume(vacancy: Vacancy, *, by: Actor, at: datetime) -> Decided:
    require(vacancy, "resume", by=by, at=at)
    _require_own_step(vacancy, by)
    made = moved(vacancy, "resume", by=by, at=at)
    return made, [VacancyResumed(**facts(made))]


def fill(vacancy: Vacancy, *, count: int | None, by: Actor, at: datetime) -> Decided:
    """So many openings are taken (None: all of them). With the last one the vacancy ends."""
    require(vacancy, "fill", by=by, at=at)
    openings = vacancy.terms.openings
    filled = openings if count is None else count
    if filled > openings:
        raise Flawed([_TOO_MANY])
    if filled == openings:
        made = moved(vacancy, "fill", by=by, at=at, filled_count=filled)
        return made, [VacancyFilled(**facts(made))]
    if filled == vacancy.filled_count:
        return vacancy, []
    made = noted(vacancy, by=by, at=at, reason=f"Terisi {filled} dari {openings}.")
    made = made.model_copy(update={"filled_count": filled})
    return made, [VacancyChanged(**facts(made))]


def close(vacancy: Vacancy, *, reason: str | None, by: Actor, at: datetime, code: str | None = None) -> Decided:
    require(vacancy, "close", by=by, at=at)
    told = reason or CLOSED_BECAUSE[by.kind]
    made = moved(vacancy, "close", by=by, at=at, reason=told, code=code)
    return made, [VacancyClosed(**facts(made), reason=told, reason_code=code)]


def expire(vacancy: Vacancy, *, by: Actor, at: datetime) -> Decided:
    """Write down that its time is over, as of that time; no event where it is not so, or already written."""
    if vacancy.closes_at is None or vacancy.state == "expired" or vacancy.state_at(at) != "expired":
        return vacancy, []
    made = moved(vacancy, "expire", by=by, at=vacancy.closes_at)
    return made, [VacancyExpired(**facts(made))]


def extend(vacancy: Vacancy, *, closes_on: date, answer_by: date | None, by: Actor, at: datetime) -> Decided:
    """Open until a later day: twice at most, and not for ever."""
    require(vacancy, "extend", by=by, at=at)
    if vacancy.extensions >= EXTENSIONS:
        raise ExtendedTwice
    terms = _dated(vacancy.terms, closes_on, answer_by)
    flaws = wrong_dates(terms, today(at))
    if vacancy.terms.closes_on is not None and closes_on <= vacancy.terms.closes_on:
        flaws = [_NOT_LATER]
    elif vacancy.published_at and closes_on - today(vacancy.published_at) > LONGEST_IN_ALL:
        flaws = [_TOO_LONG]
    if flaws:
        raise Flawed(flaws)
    said = f"Diperpanjang sampai {closes_on.isoformat()}."
    made = moved(vacancy, "extend", by=by, at=at, reason=said, terms=terms, extensions=vacancy.extensions + 1)
    return made, [VacancyExtended(**facts(made))]


def reopen(
    vacancy: Vacancy,
    *,
    closes_on: date,
    answer_by: date | None,
    openings: int | None,
    by: Actor,
    at: datetime,
    employer: Card | None = None,
) -> Decided:
    """Open once more, with the text that an officer saw and new dates; what was filled needs more openings."""
    require(vacancy, "reopen", by=by, at=at)
    _require_own_step(vacancy, by)
    if at - _ended_at(vacancy, at) > REOPEN_WITHIN:
        raise ReopenTooLate
    if not (vacancy.origin or (employer or vacancy.employer).verified):
        raise EmployerNotVerified
    terms = _dated(vacancy.terms, closes_on, answer_by)
    terms = terms.model_copy(update={"openings": openings or terms.openings})
    flaws = wrong_dates(terms, today(at))
    if terms.openings <= vacancy.filled_count:
        flaws.append(_MORE_OPENINGS)
    if flaws:
        raise Flawed(flaws)
    card = employer or vacancy.employer
    made = moved(vacancy, "reopen", by=by, at=at, terms=terms, employer=card, published_at=at, extensions=0)
    return made, [VacancyReopened(**facts(made))]


def recall(vacancy: Vacancy, *, reason: str, by: Actor, at: datetime, code: str | None = None) -> Decided:
    """It was false or unlawful: gone for good, and whoever applied is warned."""
    require(vacancy, "recall", by=by, at=at)
    made = moved(vacancy, "recall", by=by, at=at, reason=reason, code=code)
    return made, [VacancyRecalled(**facts(made), reason=reason, reason_code=code)]


def _require_own_step(vacancy: Vacancy, by: Actor) -> None:
    """What an officer (or the public's reports) stopped, an employer does not start again."""
    # The first of the entries of the present state is the step into it; others tell of an extension.
    *_, into = itertools.takewhile(lambda entry: entry.state == vacancy.state, reversed(vacancy.history))
    stopped = vacancy.state in ("paused", "closed") and into.actor != "employer"
    if by.kind == "employer" and stopped:
        raise OfficerDecides


def _ended_at(vacancy: Vacancy, at: datetime) -> datetime:
    """When it ended, written down or not."""
    unwritten = vacancy.state != vacancy.state_at(at)
    return vacancy.closes_at if unwritten and vacancy.closes_at else vacancy.since


def _dated(terms: Terms, closes_on: date, answer_by: date | None) -> Terms:
    """New dates; the promised answer stays where it still fits, else it is a week after closing."""
    kept = terms.answer_by
    if kept is not None and not timedelta(days=1) <= kept - closes_on <= timedelta(days=LONGEST_ANSWER):
        kept = None
    return terms.model_copy(update={"closes_on": closes_on, "answer_by": answer_by or kept})
