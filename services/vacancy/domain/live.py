"""What its employer changes of a vacancy that is live: dates and openings count at once, the rest waits for an
officer while the old text stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.vacancy.domain.completeness import check_complete
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.lifecycle import Decided, noted, require
from services.vacancy.domain.province import AT_ONCE
from services.vacancy.domain.refusals import ExtendedTwice, Flaw, Flawed, Incomplete
from services.vacancy.domain.running import EXTENSIONS, LONGEST_IN_ALL
from services.vacancy.domain.terms import Terms, changed
from services.vacancy.domain.vacancy import Actor, Revision, Vacancy, facts
from shared.clock import today
from shared.contracts.vacancy import VacancyChanged, VacancyExtended

_DATES = ("/closes_on", "/answer_by")
_TOO_LONG = Flaw("/closes_on", "Lowongan tayang paling lama 120 hari.", "A vacancy stays open for 120 days at most.")
_FILLED = Flaw(
    "/openings",
    "Isi jumlah yang lebih dari yang sudah terisi, atau laporkan bahwa lowongan ini terisi.",
    "Give more openings than are filled, or report that it is filled.",
)


def wanted(vacancy: Vacancy, changes: dict[str, Any]) -> Terms:
    """The terms with `changes`, on top of what waits already; raises `Flawed`."""
    terms = vacancy.terms
    if vacancy.waiting is not None:
        terms = vacancy.waiting.terms.model_copy(update={name: getattr(terms, name) for name in AT_ONCE})
    return changed(terms, changes)


def edit(vacancy: Vacancy, terms: Terms, *, by: Actor, at: datetime, flags: Sequence[Finding]) -> Decided:
    """`terms` are those that the employer wants now, `flags` what the rules find in them. A later closing day is an
    extension and counts as one."""
    require(vacancy, "edit", by=by, at=at)
    later = _check(vacancy, terms, at)
    now = vacancy.terms.model_copy(update={name: getattr(terms, name) for name in AT_ONCE})
    waiting = _waiting(vacancy, terms, now, at, tuple(flags))
    if now == vacancy.terms and waiting == vacancy.waiting:
        return vacancy, []
    made = vacancy
    if later and terms.closes_on:
        said = f"Diperpanjang sampai {terms.closes_on.isoformat()}."
        made = noted(vacancy, by=by, at=at, reason=said)
    made = made.model_copy(update={"terms": now, "waiting": waiting, "extensions": vacancy.extensions + later})
    return made, [VacancyExtended(**facts(made)) if later else VacancyChanged(**facts(made))]


def _waiting(vacancy: Vacancy, terms: Terms, now: Terms, at: datetime, flags: tuple[Finding, ...]) -> Revision | None:
    """What an officer has to see; nothing where only dates and openings differ. The same again waits as before."""
    before = vacancy.waiting
    if terms == now:
        return None
    if before is not None and wanted(vacancy, {}).model_copy(update=_at_once(terms)) == terms:
        return before
    number = before.number + 1 if before else 1
    return Revision(number=number, terms=terms, employer_name=vacancy.employer.name, flags=flags, since=at)


def _at_once(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in AT_ONCE}


def _check(vacancy: Vacancy, terms: Terms, at: datetime) -> bool:
    """Raise for what may not be; whether it closes later than before."""
    old, new = vacancy.terms, terms
    same_dates = (old.closes_on, old.answer_by) == (new.closes_on, new.answer_by)
    try:
        check_complete(new, today=today(at))
    except Incomplete as incomplete:
        flaws = [flaw for flaw in incomplete.flaws if not (same_dates and flaw.pointer in _DATES)]
        if flaws:
            raise Incomplete(flaws) from None
    if new.openings <= vacancy.filled_count:
        raise Flawed([_FILLED])
    later = bool(old.closes_on and new.closes_on and new.closes_on > old.closes_on)
    if later and vacancy.extensions >= EXTENSIONS:
        raise ExtendedTwice
    if (
        later
        and vacancy.published_at
        and new.closes_on
        and new.closes_on - today(vacancy.published_at) > LONGEST_IN_ALL
    ):
        raise Flawed([_TOO_LONG])
    return later
