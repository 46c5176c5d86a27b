"""Vacancies and employers as documents. The search index reads the vacancy's fields by these names; days are ISO
text (BSON has no date), instants are BSON dates."""

from datetime import datetime
from typing import Any

from services.vacancy.domain.employer import Details, Employer
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Card, Entry, Origin, Revision, Vacancy
from shared.mongo import Document

_NESTED = ("occupation", "hours", "wage", "piecework", "education_min")
_DAYS = ("closes_on", "answer_by")
_LISTS = ("skills", "benefits", "licences", "documents_asked")
_OWN = ("number", "state", "reason", "created_at", "since", "published_at")
# Younger than the first documents: one without them has their defaults.
_LATER = ("reason_code", "filled_count", "extensions")


def vacancy_fields(vacancy: Vacancy, *, changed_at: datetime) -> Document:
    """Every field but `_id`, `version` and the outbox; `changed_at` is what the index sweeps by."""
    return {
        **_plain_terms(vacancy.terms),
        **{name: getattr(vacancy, name) for name in (*_OWN, *_LATER)},
        "employer_id": vacancy.employer.id,
        "employer_name": vacancy.employer.name,
        "owner_id": vacancy.employer.owner_id,
        "employer_verified": vacancy.employer.verified,
        "address_public": vacancy.employer.address_public,
        "source": vacancy.source,
        "origin": _dumped(vacancy.origin),
        "slug": vacancy.slug,
        "closes_at": vacancy.closes_at,
        "history": [_plain_entry(entry) for entry in vacancy.history],
        "typed_by": list(vacancy.typed_by),
        "flags": [flag.model_dump() for flag in vacancy.flags],
        "waiting_since": vacancy.waiting.since if vacancy.waiting else None,
        "waiting": _plain_revision(vacancy.waiting) if vacancy.waiting else None,
        "changed_at": changed_at,
    }


def vacancy_of(row: Document) -> Vacancy:
    card = Card(
        id=row["employer_id"],
        name=row["employer_name"],
        owner_id=row["owner_id"],
        verified=row["employer_verified"],
        address_public=row["address_public"],
    )
    return Vacancy(
        id=row["_id"],
        version=row["version"],
        terms=Terms(**{name: row[name] for name in Terms.model_fields if name in row}),
        employer=card,
        origin=Origin(**row["origin"]) if row["origin"] else None,
        history=_entries(row),
        typed_by=tuple(row["typed_by"]),
        flags=tuple(Finding(**flag) for flag in row.get("flags", ())),
        waiting=_revision(row["waiting"]) if row.get("waiting") else None,
        **{name: row[name] for name in _OWN},
        **{name: row[name] for name in _LATER if name in row},
    )


def employer_fields(employer: Employer) -> Document:
    """Every field but `_id`, `version` and the outbox."""
    return {
        **{name: _dumped(getattr(employer.details, name)) for name in Details.model_fields},
        "owner_id": employer.owner_id,
        "contact": employer.contact,
        "contact_given": employer.contact_given,
        "contact_waits": employer.contact_waits,
        "state": employer.state,
        "reason": employer.reason,
        "history": [_plain_entry(entry) for entry in employer.history],
        "created_at": employer.created_at,
        "since": employer.since,
    }


def employer_of(row: Document) -> Employer:
    return Employer(
        id=row["_id"],
        version=row["version"],
        owner_id=row["owner_id"],
        details=Details(**{name: row[name] for name in Details.model_fields}),
        contact=row["contact"],
        contact_given=row["contact_given"],
        contact_waits=row["contact_waits"],
        state=row["state"],
        reason=row["reason"],
        history=_entries(row),
        created_at=row["created_at"],
        since=row["since"],
    )


def _plain_terms(terms: Terms) -> Document:
    fields: Document = {name: getattr(terms, name) for name in Terms.model_fields}
    fields.update({name: _dumped(fields[name]) for name in _NESTED})
    fields.update({name: fields[name].isoformat() if fields[name] else None for name in _DAYS})
    fields.update({name: list(fields[name]) for name in _LISTS})
    fields["questions"] = [question.model_dump() for question in terms.questions]
    return fields


def _plain_revision(revision: Revision) -> Document:
    return {
        "number": revision.number,
        "terms": _plain_terms(revision.terms),
        "employer_name": revision.employer_name,
        "flags": [flag.model_dump() for flag in revision.flags],
        "since": revision.since,
    }


def _revision(row: Document) -> Revision:
    flags = tuple(Finding(**flag) for flag in row["flags"])
    return Revision(**{**row, "terms": Terms(**row["terms"]), "flags": flags})


def _dumped(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else value


def _plain_entry(entry: Entry) -> Document:
    return {
        "state": entry.state,
        "at": entry.at,
        "actor": entry.actor,
        "actor_id": entry.actor_id,
        "reason": entry.reason,
    }


def _entries(row: Document) -> tuple[Entry, ...]:
    return tuple(Entry(**entry) for entry in row["history"])
