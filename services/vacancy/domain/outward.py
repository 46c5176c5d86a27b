"""What the province is told of the city's own vacancies, decided by what was before and what is now."""

from typing import cast

from services.vacancy.domain.vacancy import LIVE, Vacancy, facts
from shared.contracts.province import CityVacancyEnded, CityVacancyOffered, Ending
from shared.contracts.vacancy import VacancyState
from shared.events import Event

ENDINGS: frozenset[VacancyState] = frozenset({"filled", "closed", "expired", "recalled"})
_SHOWN = tuple(CityVacancyOffered.model_fields)


def outward(before: Vacancy | None, after: Vacancy) -> list[Event]:
    """The news for the province, if any: what was never public is none, and what others gave us is theirs to tell."""
    if after.source != "city":
        return []
    if after.state in LIVE:
        return [offered(after)]
    was = before.state if before else after.state
    return [ended(after)] if after.state in ENDINGS and after.state != was else []


def offered(vacancy: Vacancy) -> CityVacancyOffered:
    """Its public fields, of one that is live."""
    known = facts(vacancy)
    return CityVacancyOffered(**{name: known[name] for name in _SHOWN})


def ended(vacancy: Vacancy) -> CityVacancyEnded:
    """The tombstone of one that was public and is so no more."""
    return CityVacancyEnded(
        id=vacancy.id, number=vacancy.number, reason=cast(Ending, vacancy.state), ended_at=vacancy.since
    )
