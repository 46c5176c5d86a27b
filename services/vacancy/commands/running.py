"""Commands on a vacancy that is or was public; `expected` is the version that the asker saw last."""

import contextlib
from datetime import date

from services.vacancy.commands.applying import Applying
from services.vacancy.domain import running
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.vacancy import LIVE, Actor, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.errors import NotFound

SYSTEM = Actor(kind="system")


class RunningCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock
        self._applying = Applying(store, clock=clock)

    async def pause(self, key: str, *, reason: str | None, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.pause(vacancy, reason=reason, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def resume(self, key: str, *, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.resume(vacancy, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def fill(self, key: str, *, count: int | None, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.fill(vacancy, count=count, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def count_hired(self, vacancy_id: str) -> None:
        """Bring the openings that are taken up to the people hired through the system; the last one ends it."""
        hired = await self._store.applications.hired(vacancy_id)

        async def decide(vacancy: Vacancy) -> Decided:
            count = min(hired, vacancy.terms.openings)
            if count <= vacancy.filled_count or vacancy.state_at(self._clock()) not in LIVE:
                return vacancy, []
            return running.fill(vacancy, count=count, by=SYSTEM, at=self._clock())

        with contextlib.suppress(NotFound):
            await self._applying.apply(vacancy_id, decide, by=SYSTEM)

    async def close(
        self, key: str, *, reason: str | None, by: Actor, expected: int | None = None, code: str | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.close(vacancy, reason=reason, code=code, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def extend(
        self, key: str, *, closes_on: date, answer_by: date | None, by: Actor, expected: int | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.extend(vacancy, closes_on=closes_on, answer_by=answer_by, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def reopen(
        self,
        key: str,
        *,
        closes_on: date,
        answer_by: date | None,
        openings: int | None,
        by: Actor,
        expected: int | None = None,
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.reopen(
                vacancy,
                closes_on=closes_on,
                answer_by=answer_by,
                openings=openings,
                by=by,
                at=self._clock(),
                employer=await self._applying.card(vacancy),
            )

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def recall(
        self, key: str, *, reason: str, code: str | None, by: Actor, expected: int | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return running.recall(vacancy, reason=reason, code=code, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)
