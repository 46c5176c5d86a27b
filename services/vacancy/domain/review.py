"""Decisions on a vacancy until it is public: written, sent in, taken back, returned, refused, published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.vacancy.domain.completeness import check_complete, check_partner
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.lifecycle import Decided, moved, require
from services.vacancy.domain.refusals import (
    ClosingPassed,
    EmployerNotVerified,
    FairnessUnjustified,
    OwesAnswers,
    SameOfficer,
)
from services.vacancy.domain.terms import Terms, changed, check, settled
from services.vacancy.domain.vacancy import Actor, Card, Entry, Origin, Vacancy, facts
from shared.clock import today
from shared.contracts.vacancy import (
    VacancyChanged,
    VacancyDrafted,
    VacancyPublished,
    VacancyRefused,
    VacancyReturned,
    VacancySubmitted,
    VacancyWithdrawn,
)

FAIRNESS = "M6"


def draft(
    terms: Terms, *, id: str, number: str, employer: Card, by: Actor, at: datetime, origin: Origin | None = None
) -> Decided:
    terms = settled(terms)
    check(terms)
    made = Vacancy(
        id=id,
        number=number,
        terms=terms,
        employer=employer,
        origin=origin,
        state="draft",
        history=(Entry(state="draft", at=at, actor=by.kind, actor_id=by.id),),
        typed_by=_typists((), by),
        created_at=at,
        since=at,
    )
    return made, [VacancyDrafted(**facts(made))]


def change(vacancy: Vacancy, changes: dict[str, Any], *, by: Actor, at: datetime) -> Decided:
    """Other terms; the state stays. Changes that change nothing are no event."""
    require(vacancy, "change", by=by, at=at)
    terms = changed(vacancy.terms, changes)
    if terms == vacancy.terms:
        return vacancy, []
    made = vacancy.model_copy(update={"terms": terms, "typed_by": _typists(vacancy.typed_by, by)})
    return made, [VacancyChanged(**facts(made))]


def submit(
    vacancy: Vacancy,
    *,
    by: Actor,
    at: datetime,
    employer: Card | None = None,
    flags: Sequence[Finding] = (),
    owes_answers: bool = False,
) -> Decided:
    """Ask an officer to look at it; raises `Incomplete` with every missing field. `employer` is its employer as
    it is now, `flags` what the rules found. Who owes answers to others does not ask for more people."""
    require(vacancy, "submit", by=by, at=at)
    if owes_answers:
        raise OwesAnswers
    complete = check_partner if vacancy.origin else check_complete  # the contract says what a province must give
    complete(vacancy.terms, today=today(at))
    made = moved(vacancy, "submit", by=by, at=at, employer=employer or vacancy.employer, flags=tuple(flags))
    return made, [VacancySubmitted(**facts(made))]


def take_back(vacancy: Vacancy, *, by: Actor, at: datetime) -> Decided:
    """Its author wants to go on writing; no officer has decided yet."""
    require(vacancy, "take_back", by=by, at=at)
    made = moved(vacancy, "take_back", by=by, at=at, flags=())
    return made, [VacancyWithdrawn(**facts(made))]


def publish(
    vacancy: Vacancy, *, by: Actor, at: datetime, employer: Card | None = None, justification: str | None = None
) -> Decided:
    """Show it to everybody: four eyes, a verified employer, time left to apply, and where it asks for an age, a sex
    or looks a `justification` that stays in its history."""
    require(vacancy, "publish", by=by, at=at)
    if by.kind == "officer" and by.id in vacancy.typed_by:
        raise SameOfficer
    if not (vacancy.origin or (employer or vacancy.employer).verified):
        raise EmployerNotVerified
    if vacancy.closes_at is None or vacancy.closes_at <= at:
        raise ClosingPassed
    if by.kind == "officer" and justification is None and any(flag.rule == FAIRNESS for flag in vacancy.flags):
        raise FairnessUnjustified
    made = moved(
        vacancy,
        "publish",
        by=by,
        at=at,
        reason=justification,
        employer=employer or vacancy.employer,
        published_at=at,
    )
    made = made.model_copy(update={"reason": None})  # the justification stays in the history
    return made, [VacancyPublished(**facts(made))]


def send_back(vacancy: Vacancy, *, reason: str, by: Actor, at: datetime, code: str | None = None) -> Decided:
    require(vacancy, "return", by=by, at=at)
    made = moved(vacancy, "return", by=by, at=at, reason=reason, code=code)
    return made, [VacancyReturned(**facts(made), reason=reason)]


def refuse(vacancy: Vacancy, *, reason: str, by: Actor, at: datetime, code: str | None = None) -> Decided:
    """For good: what may be repaired is returned instead."""
    require(vacancy, "refuse", by=by, at=at)
    made = moved(vacancy, "refuse", by=by, at=at, reason=reason, code=code)
    return made, [VacancyRefused(**facts(made), reason=reason, reason_code=code)]


def _typists(known: tuple[str, ...], by: Actor) -> tuple[str, ...]:
    if by.kind != "officer" or by.id is None or by.id in known:
        return known
    return (*known, by.id)
