"""Events as the other services send them, for the notifier's tests."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.notifier.planner import TABLE
from shared.contracts.application import (
    ApplicationCancelled,
    ApplicationClosedWithoutReply,
    ApplicationFacts,
    ApplicationHired,
    ApplicationInterviewAccepted,
    ApplicationInterviewOffered,
    ApplicationInterviewSoon,
    ApplicationOffered,
    ApplicationRejected,
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
    ApplicationWithdrawn,
)
from shared.contracts.identity import LoginCodeIssued
from shared.contracts.seeker import SavedVacancyClosingSoon, SavedVacancyRecalled, VacanciesMatched
from shared.contracts.vacancy import VacancyFacts, VacancyPublished, Wage
from shared.events import Envelope, Event
from shared.sealed import Vault
from shared.testing import envelope
from tests.contracts.samples import full, least

SEEKER, EMPLOYER, OWNER = "acc_siti", "emp_melati", "acc_ratna"
MEETS = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
EXTRA: dict[type[ApplicationFacts], dict[str, Any]] = {
    ApplicationRejected: {"reason": "lokasi terlalu jauh"},
    ApplicationHired: {"start_date": date(2026, 12, 2)},
    ApplicationWithdrawn: {"reason": ""},
    ApplicationVacancyEnded: {"vacancy_state": "closed"},
    ApplicationVacancyRecalled: {"reason": "pelamar diminta membayar"},
    ApplicationClosedWithoutReply: {"answer_until": datetime(2027, 1, 4, 17, tzinfo=UTC)},
    ApplicationCancelled: {"cause": "cancelled_job", "reason": "pekerjaannya batal"},
    ApplicationInterviewOffered: {"starts_at": MEETS, "remote": False, "reply_by": MEETS - timedelta(days=1)},
    ApplicationInterviewAccepted: {"starts_at": MEETS, "remote": False},
    ApplicationInterviewSoon: {"starts_at": MEETS, "remote": False},
    ApplicationOffered: {
        "wage": Wage(min=2_500_000),
        "hours": "08.00 sampai 16.00",
        "start_date": date(2026, 12, 2),
        "reply_by": MEETS,
    },
}
APPLICATION_EVENTS: tuple[type[ApplicationFacts], ...] = (ApplicationSubmitted, ApplicationShortlisted, *EXTRA)
SAVED_EVENTS: tuple[type[Event], ...] = (VacanciesMatched, SavedVacancyClosingSoon, SavedVacancyRecalled)
SAMPLED = [(kind, size) for kind in TABLE for size in (full, least)]


def application(kind: type[ApplicationFacts] = ApplicationSubmitted, number: int = 1, **given: Any) -> Envelope[Any]:
    """Something that happened to the application of `SEEKER` at `EMPLOYER`."""
    facts: dict[str, Any] = {
        "number": f"LMR-2026-{number:06d}",
        "state": "submitted",
        "seeker_id": SEEKER,
        "vacancy_id": "vac_1",
        "vacancy_number": "LWK-2026-000001",
        "vacancy_title": "Penjahit seragam",
        "employer_id": EMPLOYER,
        "employer_name": "Konveksi Melati",
        "submitted_at": datetime(2026, 11, 24, 3, 5, tzinfo=UTC),
        "answer_by": date(2026, 12, 1),
    }
    return envelope(kind(**{**facts, **EXTRA.get(kind, {}), **given}), subject=f"app_{number}")


def vacancy(kind: type[VacancyFacts] = VacancyPublished, **given: Any) -> Envelope[Any]:
    data = {**full(kind), "owner_id": OWNER, "employer_id": EMPLOYER, "title": "Penjahit seragam", **given}
    return envelope(parsed(kind, data), subject="vac_1")


def saved(kind: type[Event], size: Any = full, **given: Any) -> Envelope[Any]:
    """Something that happened to what `SEEKER` keeps."""
    known = {"seeker_id": SEEKER, "vacancy_title": "Penjahit seragam", "employer_name": "Konveksi Melati"}
    named = {name: value for name, value in {**known, **given}.items() if name in kind.model_fields}
    return envelope(parsed(kind, {**size(kind), **named}), subject=f"{SEEKER}:vac_1")


def match(number: int = 1, **given: Any) -> dict[str, Any]:
    """A vacancy that a saved search found."""
    facts = {
        "id": f"vac_{number}",
        "number": f"LWK-2026-{number:06d}",
        "title": "Penjahit seragam",
        "employer_name": "Konveksi Melati",
        "kind": "full_time",
        "workplace": "onsite",
        "kelurahan_code": "35.77.03.1005",
        "wage": {"min": 2_500_000, "max": 3_000_000, "per": "month"},
    }
    return {**facts, **given}


async def code(vault: Vault, *, phone: str = "+6281234567890", digits: str = "123456", seconds: float = 300) -> Any:
    """A one-time code for `SEEKER`, sealed as identity does it."""
    sealed = await vault.seal(SEEKER, "code", {"phone": phone, "code": digits})
    ends = datetime.now(UTC) + timedelta(seconds=seconds)
    return envelope(LoginCodeIssued(account_id=SEEKER, sealed=sealed, expires_at=ends), subject="req_1")


def parsed(kind: type[Event], data: dict[str, Any]) -> Event:
    return kind.model_validate_json(json.dumps(data))
