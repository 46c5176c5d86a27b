"""What is due by the clock: answers that did not come, and employers who are reminded before that."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.application import domain
from services.application.commands.saving import Saving
from services.application.domain import Application
from services.application.domain.promise import closes_at
from shared.clock import today
from shared.contracts.answer import AnswerDue, Occasion
from shared.errors import StaleVersion

DUE_BATCH, DUE_SIDE_BY_SIDE = 200, 16
REMIND_BEFORE = timedelta(days=3)
MORNING = timedelta(hours=7)  # WIB: whoever is reminded of a day hears it by daylight


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An answer that somebody promised to the applicants of a vacancy."""

    vacancy_id: str
    answer_by: date
    occasion: Occasion

    @property
    def id(self) -> str:
        return f"{self.vacancy_id}:{self.answer_by.isoformat()}:{self.occasion}"


class Overdue(Saving):
    async def run_due(self, *, at: datetime | None = None, vacancy_id: str | None = None) -> int:
        """Everything that is due, oldest first, in batches; returns how many applications changed. Several workers
        may do it at once: each application changes for one of them."""
        total = 0
        while True:
            moment = at or self._now()
            due = await self._store.due(moment, vacancy_id=vacancy_id, limit=DUE_BATCH)
            done = await self._run(due, moment)
            total += done
            if len(due) < DUE_BATCH or not done:
                return total

    async def _run(self, due: Sequence[Application], at: datetime) -> int:
        gate = asyncio.Semaphore(DUE_SIDE_BY_SIDE)

        async def change(application: Application) -> bool:
            after, events = domain.run_due(application, at=at)
            if not events:
                return False
            async with gate:
                with contextlib.suppress(StaleVersion):  # answered at this very moment: looked at again next time
                    await self._store.save(application, after, events)
                    return True
            return False

        return sum(await asyncio.gather(*map(change, due)))

    async def remind_employers(self, *, at: datetime | None = None) -> int:
        """Tell each employer, once for a vacancy and an occasion, how many people wait; returns how often."""
        day = today((at or self._now()) - MORNING)
        days = [day + timedelta(days=ahead) for ahead in range(REMIND_BEFORE.days + 1)]
        first, last = closes_at(days[0]), closes_at(days[-1])
        promises = [
            Promise(vacancy_id=vacancy, answer_by=promised, occasion="today" if promised == day else "soon")
            for vacancy, promised in await self._store.promised(first, last)
            if promised in days
        ]
        known = await self._store.reminded([promise.id for promise in promises])
        return sum([await self._remind(promise) for promise in promises if promise.id not in known])

    async def _remind(self, promise: Promise) -> bool:
        vacancy = await self._store.vacancy(promise.vacancy_id)
        waiting = await self._store.waiting(promise.vacancy_id)
        if vacancy is None or vacancy.owner_id is None or not waiting:
            return False
        event = AnswerDue(
            occasion=promise.occasion,
            vacancy_id=vacancy.id,
            vacancy_number=vacancy.number,
            vacancy_title=vacancy.title,
            employer_id=vacancy.employer_id,
            employer_name=vacancy.employer_name,
            answer_by=promise.answer_by,
            waiting=waiting,
        )
        return await self._store.remind(promise.id, event)
