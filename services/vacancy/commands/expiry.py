"""What has expired by the clock is written down, batch by batch."""

import asyncio

from services.vacancy.domain import running
from services.vacancy.domain.vacancy import Actor, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.errors import StaleVersion

EXPIRE_BATCH = 100
SYSTEM = Actor(kind="system")


class Expiry:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock

    async def expire_due(self) -> int:
        """Write down what has expired, batch by batch; returns how many. Several workers may do it at once: each
        vacancy expires for one of them."""
        total = 0
        while True:
            due = await self._store.vacancies.due(self._clock(), limit=EXPIRE_BATCH)
            done = sum(await asyncio.gather(*map(self._expire, due)))
            total += done
            if done < EXPIRE_BATCH:
                return total

    async def _expire(self, vacancy: Vacancy) -> bool:
        at = self._clock()
        after, events = running.expire(vacancy, by=SYSTEM, at=at)
        if not events:
            return False
        try:
            await self._store.vacancies.save(vacancy, after, events, at=at)
        except StaleVersion:
            return False  # somebody closed it, or another worker was first
        return True
