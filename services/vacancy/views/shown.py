"""Domain objects as the API shows them, to insiders (owner, officer) and to everybody else."""

from datetime import datetime
from typing import Any

from services.vacancy.domain.employer import Employer
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.province import AT_ONCE
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import PUBLIC_STATES, Card, Entry, Origin, Vacancy
from services.vacancy.domain.wages import hourly_pay
from services.vacancy.store.applications import AnswerRate
from services.vacancy.views.models import (
    AnswerRateView,
    EmployerBrief,
    EmployerView,
    FindingView,
    OriginView,
    PublicEmployer,
    QueuedEmployer,
    Step,
    VacancySummary,
    VacancyView,
    WaitingView,
)
from shared.mongo import Document
from shared.reference.tables import kelurahan

TOLD_FROM = 5  # applications
# Everything that `show_summary` reads.
SUMMARY_FIELDS = [
    *("number", "slug", "title", "employer_id", "employer_name", "employer_verified", "kind", "workplace"),
    *("kelurahan_code", "location_text", "wage", "openings", "closes_at", "published_at"),
]


def show_employer(employer: Employer) -> EmployerView:
    return EmployerView(**_employer(employer))


def show_queued_employer(employer: Employer) -> QueuedEmployer:
    return QueuedEmployer(**_employer(employer), waiting_since=employer.since)


def show_public(employer: Employer) -> PublicEmployer:
    details = employer.details
    return PublicEmployer(
        id=employer.id,
        name=details.name,
        verified=employer.state == "verified",
        kelurahan_code=details.kelurahan_code,
        kelurahan=ward(details.kelurahan_code),
        address=details.address if employer.address_public else None,
        partner=False,
    )


def show_partner(card: Card) -> PublicEmployer:
    return PublicEmployer(
        id=card.id, name=card.name, verified=False, kelurahan_code=None, kelurahan=None, address=None, partner=True
    )


def _employer(employer: Employer) -> dict[str, Any]:
    details = employer.details
    return {
        **{name: getattr(details, name) for name in type(details).model_fields},
        "id": employer.id,
        "kelurahan": ward(details.kelurahan_code),
        "address_public": employer.address_public,
        "state": employer.state,
        "reason": employer.reason,
        "version": employer.version,
        "created_at": employer.created_at,
    }


def show_vacancy(
    vacancy: Vacancy, *, inside: bool, card: Card | None, at: datetime, yardstick: int | None = None
) -> VacancyView:
    """`card` is the employer as it is now, None for a partner's; `yardstick` what to compare piecework with."""
    return VacancyView(**vacancy_values(vacancy, inside=inside, card=card, at=at, yardstick=yardstick))


def vacancy_values(
    vacancy: Vacancy, *, inside: bool, card: Card | None, at: datetime, yardstick: int | None
) -> dict[str, Any]:
    terms, employer = vacancy.terms, vacancy.employer
    # Once published, what counts is whether the name that people read was verified then.
    verified = employer.verified if vacancy.published_at or not card else card.verified
    at_home = not (employer.address_public and (card is None or card.address_public))
    state = vacancy.state_at(at)
    return {
        **{name: getattr(terms, name) for name in Terms.model_fields},
        "id": vacancy.id,
        "number": vacancy.number,
        "slug": vacancy.slug,
        "state": state,
        **{name: getattr(vacancy, name) for name in ("reason", "reason_code", "filled_count", "extensions")},
        "employer": EmployerBrief(id=employer.id, name=employer.name, verified=verified),
        "kelurahan": ward(terms.kelurahan_code),
        "address": None if at_home and not inside else terms.address,
        "answer_by": terms.promised_answer(),
        "closes_at": vacancy.closes_at,
        "published_at": vacancy.published_at,
        "created_at": vacancy.created_at,
        "version": vacancy.version,
        "source": vacancy.source,
        "origin": show_origin(vacancy.origin, inside=inside),
        "waiting": show_waiting(vacancy) if inside else None,
        "hourly_pay": hourly_pay(terms.piecework),
        "hourly_yardstick": yardstick if terms.piecework else None,
        "flags": tuple(show_finding(flag) for flag in vacancy.flags) if inside else (),
        "history": tuple(_steps(vacancy, state, inside=inside)),
    }


def show_origin(origin: Origin | None, *, inside: bool) -> OriginView | None:
    if origin is None or origin.province is None:
        return None
    seen = {"id": origin.id, "revision": origin.revision} if inside else {"id": None, "revision": None}
    return OriginView(name=origin.name, province=origin.province, url=origin.url, **seen)


def show_waiting(vacancy: Vacancy) -> WaitingView | None:
    waiting = vacancy.waiting
    if waiting is None:
        return None
    old, new = vacancy.terms.model_dump(mode="json"), waiting.terms.model_dump(mode="json")
    return WaitingView(
        revision=waiting.number,
        since=waiting.since,
        employer_name=waiting.employer_name,
        flags=tuple(show_finding(flag) for flag in waiting.flags),
        new={name: value for name, value in new.items() if value != old[name] and name not in AT_ONCE},
    )


def _steps(vacancy: Vacancy, state: str, *, inside: bool) -> list[Step]:
    steps = [_step(entry) for entry in vacancy.history if inside or entry.state in PUBLIC_STATES]
    if state == "expired" and vacancy.state != "expired" and vacancy.closes_at:
        steps.append(Step(state="expired", at=vacancy.closes_at, actor="system", reason=None))
    return steps


def show_finding(finding: Finding, language: str = "id") -> FindingView:
    same = finding.model_dump(exclude={"message", "message_en"})
    return FindingView(**same, message=finding.message_en if language == "en" else finding.message)


def _step(entry: Entry) -> Step:
    return Step.model_validate(entry.model_dump(include={"state", "at", "actor", "reason"}))


def show_summary(row: Document) -> VacancySummary:
    """A result straight from its document."""
    employer = EmployerBrief(id=row["employer_id"], name=row["employer_name"], verified=row["employer_verified"])
    same = {name: row[name] for name in SUMMARY_FIELDS if not name.startswith("employer_")}
    return VacancySummary(**same, id=row["_id"], employer=employer, kelurahan=ward(row["kelurahan_code"]))


def show_rate(rate: AnswerRate | None) -> AnswerRateView | None:
    """Of too few applications it would say more about chance than about the employer."""
    if rate is None or rate.of < TOLD_FROM:
        return None
    return AnswerRateView(percent=rate.answered * 100 // rate.of, applications=rate.of)


def ward(code: str | None) -> str | None:
    """Name of the kelurahan."""
    found = kelurahan().get(code) if code else None
    return found.name if found else None
