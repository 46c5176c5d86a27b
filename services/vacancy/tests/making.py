"""Vacancies and employers for tests: complete ones, in any state, at one known time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from services.vacancy.domain import live, review, running
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Actor, Card, Vacancy
from shared.contracts.vacancy import Hours, VacancyState, Wage

NOW = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)  # 10.00 WIB on Monday
OVER = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)  # when COMPLETE is no longer open
LATER = date(2026, 2, 20)
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
    return review.draft(of, employer=employer, by=by, at=NOW, **named)[0]


def standing(state: VacancyState, **given: Any) -> Vacancy:
    """A vacancy that went the usual way to `state`."""
    vacancy = drafted(**given)
    for step in WAYS[state]:
        vacancy = STEPS[step](vacancy)[0]
    return vacancy


STEPS: dict[str, Callable[[Vacancy], Decided]] = {
    "change": lambda v: review.change(v, {"openings": 3}, by=OWNER, at=NOW),
    "edit": lambda v: live.edit(v, v.terms.model_copy(update={"openings": 3}), by=OWNER, at=NOW, flags=()),
    "submit": lambda v: review.submit(v, by=OWNER, at=NOW),
    "take_back": lambda v: review.take_back(v, by=OWNER, at=NOW),
    "return": lambda v: review.send_back(v, reason="Upahnya belum jelas.", by=OFFICER, at=NOW),
    "refuse": lambda v: review.refuse(v, reason="Pelamar diminta membayar.", by=OFFICER, at=NOW),
    "publish": lambda v: review.publish(v, by=OFFICER, at=NOW),
    "pause": lambda v: running.pause(v, reason=None, by=OWNER, at=NOW),
    "resume": lambda v: running.resume(v, by=OWNER, at=NOW),
    "fill": lambda v: running.fill(v, count=None, by=OWNER, at=NOW),
    "close": lambda v: running.close(v, reason=None, by=OWNER, at=NOW),
    "expire": lambda v: running.expire(v, by=SYSTEM, at=OVER),
    "extend": lambda v: running.extend(v, closes_on=LATER, answer_by=None, by=OWNER, at=NOW),
    "reopen": lambda v: running.reopen(v, closes_on=LATER, answer_by=None, openings=2, by=OWNER, at=NOW),
    "recall": lambda v: running.recall(v, reason="Pelamar diminta membayar.", by=OFFICER, at=NOW),
}
WAYS: dict[VacancyState, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "refused": ("submit", "refuse"),
    "published": ("submit", "publish"),
    "paused": ("submit", "publish", "pause"),
    "filled": ("submit", "publish", "fill"),
    "closed": ("submit", "publish", "close"),
    "expired": ("submit", "publish", "expire"),
    "recalled": ("submit", "publish", "recall"),
}
