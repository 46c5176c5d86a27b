"""What the rules say of a vacancy, with what only the store knows beside its text."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from services.vacancy.domain.finding import Finding
from services.vacancy.domain.rules.looking import Known
from services.vacancy.domain.rules.table import look
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Vacancy
from services.vacancy.domain.wages import Floors, floors, monthly_pay
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.vacancies import title_and_ward
from shared.clock import today

FEWEST = 5  # vacancies of an occupation that make a median


class Flagging:
    def __init__(self, store: VacancyStore) -> None:
        self._store = store

    async def check(self, terms: Terms, *, at: datetime) -> list[Finding]:
        """While somebody types: what the words and figures say by themselves."""
        return look(terms, Known(floors=await self._floors(at), usual_month=await self._usual(terms)))

    async def look(self, vacancy: Vacancy, *, at: datetime) -> list[Finding]:
        """When it is sent in; a partner's is judged by its words alone."""
        owner_id, terms = vacancy.employer.owner_id, vacancy.terms
        known = Known(
            floors=await self._floors(at),
            usual_month=await self._usual(terms),
            first_of_employer=bool(owner_id) and not await self._store.vacancies.any_published(owner_id),
            same_number=await self._store.vacancies.same_as(vacancy) if owner_id else None,
        )
        return look(terms, known)

    async def look_many(self, vacancies: Sequence[Vacancy], *, at: datetime) -> list[list[Finding]]:
        """As `look`, for many of one employer that come together: what is asked of the store is asked once, and one
        that repeats another of them is found too."""
        if not vacancies:
            return []
        owner_id, standing = vacancies[0].employer.owner_id or "", await self._floors(at)
        first = not await self._store.vacancies.any_published(owner_id)
        named, usual = await self._store.vacancies.titles(owner_id), dict[str, int | None]()
        found = []
        for vacancy in vacancies:
            terms = vacancy.terms
            code, same = terms.occupation.code if terms.occupation else "", title_and_ward(terms)
            if code not in usual:
                usual[code] = await self._usual(terms)
            known = Known(
                floors=standing, usual_month=usual[code], first_of_employer=first, same_number=named.get(same)
            )
            found.append(look(terms, known))
            named.setdefault(same, vacancy.number)
        return found

    async def look_at_offer(self, terms: Terms, alike: Sequence[Vacancy], *, at: datetime) -> list[Finding]:
        """A province's: by its words and figures, and beside those of the same employer by name."""
        number = alike[0].number if alike else None
        return look(
            terms, Known(floors=await self._floors(at), usual_month=await self._usual(terms), same_number=number)
        )

    async def _floors(self, at: datetime) -> Floors | None:
        wage = await self._store.wages.on(today(at))
        return floors(wage.amount) if wage else None

    async def _usual(self, terms: Terms) -> int | None:
        """Median pay a month of open vacancies of the same occupation, where there are enough of them."""
        if terms.occupation is None:
            return None
        paid = [monthly_pay(*each) for each in await self._store.vacancies.paid(terms.occupation)]
        known = [pay for pay in paid if pay]
        return int(median(known)) if len(known) >= FEWEST else None
