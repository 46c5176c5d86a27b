"""The life of a vacancy: draft -> submitted -> returned | published -> closed | expired. A decision returns the
vacancy as it is afterwards and the events that tell of it, or raises why not."""

from datetime import datetime
from typing import Any

from services.vacancy.domain.completeness import check_complete, check_partner
from services.vacancy.domain.refusals import ClosingPassed, EmployerNotVerified, SameOfficer
from services.vacancy.domain.terms import Terms, changed, check
from services.vacancy.domain.vacancy import Actor, Card, Entry, Origin, Vacancy, facts
from shared.clock import today
from shared.contracts.vacancy import (
    VacancyChanged,
    VacancyClosed,
    VacancyDrafted,
    VacancyExpired,
    VacancyPublished,
    VacancyReturned,
    VacancyState,
    VacancySubmitted,
)
from shared.errors import WrongState
from shared.events import Event

Decided = tuple[Vacancy, list[Event]]

# What may be done in which state, as people see the state.
ALLOWED: dict[str, frozenset[VacancyState]] = {
    "change": frozenset({"draft", "returned"}),
    "submit": frozenset({"draft", "returned"}),
    "publish": frozenset({"submitted"}),
    "return": frozenset({"submitted"}),
    "close": frozenset({"published"}),
}

CLOSED_BECAUSE = {
    "employer": "Ditutup oleh pemberi kerja.",
    "officer": "Ditutup oleh petugas Disnaker.",
    "system": "Ditutup oleh sistem.",
}


def draft(
    terms: Terms, *, id: str, number: str, employer: Card, by: Actor, at: datetime, origin: Origin | None = None
) -> Decided:
    check(terms)
    made = Vacancy(
        id=id,
        number=number,
        terms=terms,
        employer=employer,
        origin=origin,
        state="draft",
        history=(_entry("draft", by, at),),
        typed_by=_typists((), by),
        created_at=at,
        since=at,
    )
    return made, [VacancyDrafted(**facts(made))]


def change(vacancy: Vacancy, changes: dict[str, Any], *, by: Actor, at: datetime) -> Decided:
    """Other terms; the state stays. Changes that change nothing are no event."""
    _require(vacancy, "change", at)
    terms = changed(vacancy.terms, changes)
    if terms == vacancy.terms:
        return vacancy, []
    made = vacancy.model_copy(update={"terms": terms, "typed_by": _typists(vacancy.typed_by, by)})
    return made, [VacancyChanged(**facts(made))]


def submit(vacancy: Vacancy, *, by: Actor, at: datetime, employer: Card | None = None) -> Decided:
    """Ask an officer to look at it; raises `Incomplete` with every missing field. `employer` is its employer as
    it is now."""
    _require(vacancy, "submit", at)
    complete = check_partner if vacancy.origin else check_complete
    complete(vacancy.terms, today=today(at))
    made = _moved(vacancy, "submitted", by, at, employer=employer)
    return made, [VacancySubmitted(**facts(made))]


def publish(vacancy: Vacancy, *, by: Actor, at: datetime, employer: Card | None = None) -> Decided:
    """Show it to everybody: four eyes, a verified employer, and time left to apply."""
    _require(vacancy, "publish", at)
    if by.kind == "officer" and by.id in vacancy.typed_by:
        raise SameOfficer
    if not (vacancy.origin or (employer or vacancy.employer).verified):
        raise EmployerNotVerified
    if vacancy.closes_at is None or vacancy.closes_at <= at:
        raise ClosingPassed
    made = _moved(vacancy, "published", by, at, employer=employer, published_at=at)
    return made, [VacancyPublished(**facts(made))]


def send_back(vacancy: Vacancy, *, reason: str, by: Actor, at: datetime) -> Decided:
    _require(vacancy, "return", at)
    made = _moved(vacancy, "returned", by, at, reason=reason)
    return made, [VacancyReturned(**facts(made), reason=reason)]


def close(vacancy: Vacancy, *, reason: str | None, by: Actor, at: datetime) -> Decided:
    _require(vacancy, "close", at)
    told = reason or CLOSED_BECAUSE[by.kind]
    made = _moved(vacancy, "closed", by, at, reason=told)
    return made, [VacancyClosed(**facts(made), reason=told)]


def expire(vacancy: Vacancy, *, by: Actor, at: datetime) -> Decided:
    """Write down that its time is over, as of that time; no event where it is not so, or already written."""
    if vacancy.state != "published" or vacancy.closes_at is None or vacancy.state_at(at) != "expired":
        return vacancy, []
    made = _moved(vacancy, "expired", by, vacancy.closes_at)
    return made, [VacancyExpired(**facts(made))]


def _require(vacancy: Vacancy, action: str, at: datetime) -> None:
    state = vacancy.state_at(at)
    if state not in ALLOWED[action]:
        raise WrongState(state=state)


def _moved(
    vacancy: Vacancy,
    state: VacancyState,
    by: Actor,
    at: datetime,
    *,
    reason: str | None = None,
    employer: Card | None = None,
    published_at: datetime | None = None,
) -> Vacancy:
    return vacancy.model_copy(
        update={
            "state": state,
            "reason": reason,
            "since": at,
            "history": (*vacancy.history, _entry(state, by, at, reason)),
            "employer": employer or vacancy.employer,
            "published_at": published_at or vacancy.published_at,
        }
    )


def _entry(state: VacancyState, by: Actor, at: datetime, reason: str | None = None) -> Entry:
    return Entry(state=state, at=at, actor=by.kind, actor_id=by.id, reason=reason)


def _typists(known: tuple[str, ...], by: Actor) -> tuple[str, ...]:
    if by.kind != "officer" or by.id is None or by.id in known:
        return known
    return (*known, by.id)
