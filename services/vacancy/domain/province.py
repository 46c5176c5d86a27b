"""Decisions on a province's vacancy: taken in, revised, ended there. It is theirs to write and ours to publish."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from services.vacancy.domain import running
from services.vacancy.domain.completeness import check_partner
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.lifecycle import Decided, moved, require
from services.vacancy.domain.refusals import Flaw, Flawed, Incomplete, OriginEnded
from services.vacancy.domain.review import draft, submit
from services.vacancy.domain.terms import Terms, check, settled
from services.vacancy.domain.vacancy import LIVE, Actor, Card, Origin, Revision, Vacancy, facts
from shared.clock import today
from shared.contracts.province import PROVINCES, Ending
from shared.contracts.vacancy import VacancyChanged, VacancyRefused, VacancySubmitted

SYSTEM = Actor(kind="system")
AT_ONCE = ("openings", "closes_on", "answer_by")  # of a live one; the rest waits for an officer
ENDED_THERE = "ended_by_origin"
_ENDINGS: dict[Ending, str] = {
    "filled": "sudah terisi",
    "closed": "ditutup",
    "expired": "sudah lewat waktunya",
    "recalled": "ditarik karena tidak benar atau melanggar aturan",
}
_WHERE = Flaw(
    "/location_text",
    "Sebutkan kelurahan di Kota Madiun, atau tulis tempat kerjanya.",
    "Name a ward of Kota Madiun, or write where the work is.",
)
_FEWER = Flaw("/openings", "Tidak boleh di bawah yang sudah terisi.", "Not fewer than are filled.")
_TOO_LONG = Flaw("/closes_on", "Lowongan tayang paling lama 120 hari.", "A vacancy stays open for 120 days at most.")


class Offer(BaseModel):
    """One record of a province, in our terms."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    province: str
    origin_id: str
    revision: int
    employer_name: str
    terms: Terms
    url: str | None

    @property
    def origin(self) -> Origin:
        return Origin(
            name=PROVINCES[self.province],
            id=self.origin_id,
            province=self.province,
            revision=self.revision,
            url=self.url,
        )


class Tombstone(NamedTuple):
    """It is over there."""

    province: str
    origin_id: str
    revision: int
    reason: Ending
    ended_at: datetime


def vacancy_id(province: str, origin_id: str) -> str:
    """Always the same for the same vacancy of a province."""
    return f"vac_{_hash(f'province.{province}', origin_id)}"


def take_in(offer: Offer, *, number: str, at: datetime, flags: Sequence[Finding]) -> Decided:
    """Into the officers' queue."""
    _check(offer.terms)
    drafted, born = draft(
        offer.terms,
        id=vacancy_id(offer.province, offer.origin_id),
        number=number,
        employer=_card(offer.province, offer.employer_name),
        origin=offer.origin,
        by=SYSTEM,
        at=at,
    )
    made, sent = submit(drafted, by=SYSTEM, at=at, flags=flags)
    return made, [*born, *sent]


def revise(vacancy: Vacancy, offer: Offer, *, at: datetime, flags: Sequence[Finding]) -> Decided:
    """A later text: in the queue it takes the place of the old one; of a live one the dates and openings count at
    once and the rest waits. One that is over stays so (`OriginEnded`)."""
    if vacancy.state_at(at) not in ("submitted", "returned", *LIVE):
        raise OriginEnded(state=vacancy.state_at(at))
    require(vacancy, "revise", by=SYSTEM, at=at)
    _check(offer.terms)
    check(offer.terms)
    check_partner(offer.terms, today=today(at))
    return (_revise_live if vacancy.state in LIVE else _revise_queued)(vacancy, offer, at, tuple(flags))


def _revise_queued(vacancy: Vacancy, offer: Offer, at: datetime, flags: tuple[Finding, ...]) -> Decided:
    new: dict[str, Any] = {
        "terms": settled(offer.terms),
        "employer": _card(offer.province, offer.employer_name),
        "origin": offer.origin,
        "flags": flags,
    }
    if vacancy.state == "returned":
        made = moved(vacancy, "submit", by=SYSTEM, at=at, **new)
        return made, [VacancySubmitted(**facts(made))]
    made = vacancy.model_copy(update=new)
    return made, [VacancyChanged(**facts(made))]


def _revise_live(vacancy: Vacancy, offer: Offer, at: datetime, flags: tuple[Finding, ...]) -> Decided:
    wanted = settled(offer.terms)
    if wanted.openings < max(vacancy.filled_count, 1):
        raise Flawed([_FEWER])
    if vacancy.published_at and wanted.closes_on and _too_long(vacancy.published_at, wanted):
        raise Flawed([_TOO_LONG])
    terms = vacancy.terms.model_copy(update={name: getattr(wanted, name) for name in AT_ONCE})
    same = wanted == terms and offer.employer_name == vacancy.employer.name
    waiting = Revision(number=offer.revision, terms=wanted, employer_name=offer.employer_name, flags=flags, since=at)
    made = vacancy.model_copy(update={"terms": terms, "origin": offer.origin, "waiting": None if same else waiting})
    return made, [VacancyChanged(**facts(made))]


def _too_long(since: datetime, wanted: Terms) -> bool:
    return wanted.closes_on is not None and wanted.closes_on - today(since) > running.LONGEST_IN_ALL


def end(vacancy: Vacancy, tombstone: Tombstone, *, at: datetime) -> Decided:
    """It is over there, so it is here; no event where it is already. What they recalled is recalled here too, and
    whoever applied is warned."""
    told = f"Menurut {PROVINCES[tombstone.province]}: {_ENDINGS[tombstone.reason]}."
    state = vacancy.state_at(at)
    if state in ("draft", "submitted", "returned"):
        made = moved(vacancy, "drop", by=SYSTEM, at=at, reason=told, code=ENDED_THERE)
        return made, [VacancyRefused(**facts(made), reason=told, reason_code=ENDED_THERE)]
    if tombstone.reason == "recalled" and state not in ("recalled", "refused"):
        return running.recall(vacancy, reason=told, by=SYSTEM, at=at, code="unlawful")
    if state not in LIVE:
        return vacancy, []
    if tombstone.reason == "filled":
        return running.fill(vacancy, count=None, by=SYSTEM, at=at)
    return running.close(vacancy, reason=told, by=SYSTEM, at=at)


def _check(terms: Terms) -> None:
    if not (terms.kelurahan_code or terms.location_text):
        raise Incomplete([_WHERE])


def _card(province: str, name: str) -> Card:
    """A name and nothing behind it here: the province answers for it."""
    id = f"emp_province_{_hash(province, name.casefold())[:24]}"
    return Card(id=id, name=name, owner_id=None, verified=False, address_public=True)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
