"""Looks at vacancies, counted in memory and written every few seconds: a look costs no write, and what a killed
process had not written yet is the only thing that is lost."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

from services.vacancy.store.database import VacancyStore
from shared import log
from shared.clock import Clock, now, today
from shared.mongo import is_unavailable

WRITE_SECONDS = 5.0
MOST_WAITING = 20_000  # vacancies; what comes on top while the store is away is not counted
WRITTEN_TOGETHER = 200


class ViewCounter:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock
        self._waiting: Counter[tuple[str, str]] = Counter()

    def seen(self, vacancy_id: str) -> None:
        key = (vacancy_id, today(self._clock()).isoformat())
        if key in self._waiting or len(self._waiting) < MOST_WAITING:
            self._waiting[key] += 1

    async def write(self) -> None:
        """Bring what was counted to the store; where it is away, the next time."""
        while self._waiting:
            some = dict(list(self._waiting.items())[:WRITTEN_TOGETHER])
            try:
                await self._store.figures.viewed(some)
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.get().warning("views_wait", dependency="store", count=len(self._waiting))
                return
            for key, count in some.items():
                self._waiting[key] -= count
                if not self._waiting[key]:
                    del self._waiting[key]

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write regularly as long as this lasts, and once more at its end."""
        task = asyncio.create_task(self._often(), name="view-counter")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await self.write()

    async def _often(self) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            await self.write()
