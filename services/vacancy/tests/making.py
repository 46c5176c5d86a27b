"""Vacancies and employers for tests: complete ones, in any state, at one known time."""

from datetime import UTC, date, datetime
from typing import Any

from services.vacancy.domain import lifecycle
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Actor, Card, Vacancy
from shared.contracts.vacancy import Hours, VacancyState, Wage

NOW = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)  # 10.00 WIB on Monday
OVER = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)  # when COMPLETE is no longer open
OWNER = Actor(kind="employer", id="acc_owner")
OFFICER = Actor(kind="officer", id="acc_officer")
SYSTEM = Actor(kind="system")
CARD = Card(id="emp_1", name="Jahit Contoh", owner_id="acc_owner", verified=True, address_public=True)

COMPLETE = Terms(
    title="Penjahit Rumahan (Kebaya)",
    kelurahan_code="35.77.01.1001",
    address="Jl. Contoh 1",
    hours=Hours(days=("mon", "tue"), start="08:00", end="15:00"),
    wage=Wage(min=2_000_000, max=2_600_000),
    description="Menjahit kebaya pesanan dari rumah.",
    skills=("menjahit",),
    closes_on=date(2026, 1, 31),
)

# The same as a request body.
BODY: dict[str, Any] = {
    "title": "Penjahit Rumahan (Kebaya)",
    "kelurahan_code": "35.77.01.1001",
    "address": "Jl. Contoh 1",
    "hours": {"days": ["mon", "tue"], "start": "08:00", "end": "15:00"},
    "wage": {"min": 2_000_000, "max": 2_600_000, "per": "month"},
    "description": "Menjahit kebaya pesanan dari rumah.",
    "skills": ["menjahit"],
    "closes_on": "2026-01-31",
}


def terms(**changes: Any) -> Terms:
    return COMPLETE.model_copy(update=changes)


def drafted(of: Terms = COMPLETE, *, by: Actor = OWNER, employer: Card = CARD, **given: Any) -> Vacancy:
    named = {"id": "vac_1", "number": "LWK-2026-000001", **given}
    return lifecycle.draft(of, employer=employer, by=by, at=NOW, **named)[0]


def standing(state: VacancyState, **given: Any) -> Vacancy:
    """A vacancy that went the usual way to `state`."""
    vacancy = drafted(**given)
    if state == "draft":
        return vacancy
    vacancy = lifecycle.submit(vacancy, by=OWNER, at=NOW)[0]
    if state == "submitted":
        return vacancy
    if state == "returned":
        return lifecycle.send_back(vacancy, reason="Upahnya belum jelas.", by=OFFICER, at=NOW)[0]
    vacancy = lifecycle.publish(vacancy, by=OFFICER, at=NOW)[0]
    if state == "closed":
        return lifecycle.close(vacancy, reason=None, by=OWNER, at=NOW)[0]
    if state == "expired":
        return lifecycle.expire(vacancy, by=SYSTEM, at=OVER)[0]
    return vacancy
