"""What the province is told of the city's own vacancies, decided by what was before and what is now."""

from typing import cast

from services.vacancy.domain.vacancy import LIVE, Vacancy, facts
from shared.contracts.province import (
    CityVacancyEnded,
    CityVacancyOffered,
    Decision,
    Ending,
    ProvinceVacancyDecided,
)
from shared.contracts.vacancy import VacancyState
from shared.events import Event

ENDINGS: frozenset[VacancyState] = frozenset({"filled", "closed", "expired", "recalled"})
_SHOWN = tuple(CityVacancyOffered.model_fields)


def outward(before: Vacancy | None, after: Vacancy) -> list[Event]:
    """The news for the province, if any: of our own what is public, of its own what became of it."""
    if after.source == "province":
        return decided(before, after)
    if after.source != "city":
        return []
    if after.state in LIVE:
        return [offered(after)]
    was = before.state if before else after.state
    return [ended(after)] if after.state in ENDINGS and after.state != was else []


def decided(before: Vacancy | None, after: Vacancy) -> list[Event]:
    """A step that the receipt of the record did not tell: another state, or an answer to a later text."""
    if before is None or after.origin is None or after.state in ("draft", "submitted"):
        return []
    answered = before.waiting is not None and after.waiting is None
    if before.state == after.state and not answered:
        return []
    last = after.history[-1]
    told = ProvinceVacancyDecided(
        origin_id=after.origin.id,
        revision=after.origin.revision,
        state=cast(Decision, after.state),
        reason=last.reason,
        reason_code=after.reason_code,
        vacancy_number=after.number,
        decided_at=last.at,
    )
    return [told]


def offered(vacancy: Vacancy) -> CityVacancyOffered:
    """Its public fields, of one that is live."""
    known = facts(vacancy)
    return CityVacancyOffered(**{name: known[name] for name in _SHOWN})


def ended(vacancy: Vacancy) -> CityVacancyEnded:
    """The tombstone of one that was public and is so no more."""
    return CityVacancyEnded(
        id=vacancy.id, number=vacancy.number, reason=cast(Ending, vacancy.state), ended_at=vacancy.since
    )
