"""What people keep, and what they are told of it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from services.seeker.domain import saved as domain
from services.seeker.domain.saved import REMINDERS, Saved, saved_id
from services.seeker.domain.vacancies import KnownVacancy, keepable
from services.seeker.problems import TooManySaved
from services.seeker.store.saved import SavedStore
from shared import clock

BATCH, SIDE_BY_SIDE = 100, 16
LATELY = timedelta(minutes=10)


class SavedCommands:
    def __init__(self, store: SavedStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._now = store, now

    async def keep(self, seeker_id: str, vacancy_id: str) -> tuple[Saved, KnownVacancy, bool]:
        """The kept vacancy, and whether it was kept by this call. Who keeps it already has it, whatever became of
        it since."""
        id = saved_id(seeker_id, vacancy_id)
        vacancy, known = await self._store.vacancy(vacancy_id), await self._store.load(id)
        if vacancy is not None and known is not None:
            return known, vacancy, False
        vacancy = keepable(vacancy)
        wanted = Saved(id=id, seeker_id=seeker_id, vacancy_id=vacancy_id, saved_at=self._now())
        made = await self._store.keep(wanted)
        if made is None:
            raise TooManySaved
        return (wanted if made else await self._store.load(id) or wanted), vacancy, made

    async def drop(self, seeker_id: str, vacancy_id: str) -> None:
        await self._store.drop(saved_id(seeker_id, vacancy_id))

    async def warn_savers(self, vacancy_id: str) -> None:
        """The vacancy was recalled: whoever keeps it is warned."""
        vacancy = await self._store.vacancy(vacancy_id)
        if vacancy is not None and vacancy.state == "recalled":
            await self._tell(
                lambda: self._store.unwarned(vacancy_id, limit=BATCH),
                lambda saved: domain.vacancy_recalled(saved, vacancy),
            )

    async def tell_closed(self, vacancy_id: str, *, ended_at: datetime) -> None:
        """The vacancy ended: whoever counted on days that are left is told. One that is open again by now, or whose
        days are over, is no news."""
        vacancy = await self._store.vacancy(vacancy_id)
        if vacancy is not None and vacancy.ended_early(self._now()):
            await self._tell(
                lambda: self._store.unclosed(vacancy, ended_at=ended_at, limit=BATCH),
                lambda saved: domain.closed_early(saved, vacancy, ended_at=ended_at),
            )

    async def warn_again(self) -> None:
        """Find what was kept while the news of a recall was on its way."""
        for vacancy in await self._store.recalled_since(self._now() - LATELY):
            await self.warn_savers(vacancy.id)

    async def remind(self) -> None:
        """Tell whoever keeps a vacancy that closes in three days or in one."""
        at = self._now()
        for vacancy in await self._store.closing(after=at, until=at + timedelta(days=max(REMINDERS))):
            if (found := domain.reminder(vacancy, at=at)) is not None:
                await self._remind(vacancy, *found)
        await self._store.purge()

    async def _remind(self, vacancy: KnownVacancy, days: int, due: datetime) -> None:
        await self._tell(
            lambda: self._store.unreminded(vacancy, days=days, due=due, limit=BATCH),
            lambda saved: domain.closing_soon(saved, vacancy, days=days, due=due),
        )

    async def _tell(
        self, untold: Callable[[], Awaitable[list[Saved]]], decide: Callable[[Saved], domain.Decided]
    ) -> None:
        """Mark each once, in batches, however many there are. Whoever was changed meanwhile is read in the next
        round, as it is then."""
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def tell(saved: Saved) -> None:
            after, events = decide(saved)
            async with gate:
                await self._store.tell(saved, after, events)

        while batch := await untold():
            await asyncio.gather(*(tell(saved) for saved in batch))
