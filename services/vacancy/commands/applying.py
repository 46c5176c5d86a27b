"""One decision on one vacancy, saved if nobody was first. `expected` is the version that the asker saw last: with it
a change by somebody else is refused (412); without it the decision is taken again on what stands now."""

from collections.abc import Awaitable, Callable

from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.vacancy import Actor, Card, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock
from shared.errors import StaleVersion

TRIES = 4

Decide = Callable[[Vacancy], Awaitable[Decided]]


class Applying:
    def __init__(self, store: VacancyStore, *, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def apply(self, key: str, decide: Decide, *, by: Actor, expected: int | None = None) -> Vacancy:
        """Load, decide, save; an employer finds only its own."""
        for _ in range(TRIES):
            before = await self._store.vacancies.load(key, owner_id=by.id if by.kind == "employer" else None)
            if expected is not None and before.version != expected:
                raise StaleVersion
            after, events = await decide(before)
            if not events:
                return before
            try:
                return await self._store.vacancies.save(before, after, events, at=self._clock())
            except StaleVersion:
                if expected is not None:
                    raise
        raise StaleVersion

    async def card(self, vacancy: Vacancy) -> Card | None:
        """The employer as it is now; a partner's has no document."""
        return None if vacancy.origin else (await self._store.employers.load(vacancy.employer.id)).card
