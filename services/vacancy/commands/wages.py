"""The table of minimum wages, as officers enter it from the decrees."""

from services.vacancy.domain.vacancy import Actor
from services.vacancy.domain.wages import MinimumWage
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now


class WageCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock

    async def enter(self, wage: MinimumWage, *, by: Actor) -> MinimumWage:
        """Enter it, or correct what stands for that region and day; what stood before is kept."""
        await self._store.wages.put(wage, entry={"by": by.id, "at": self._clock()})
        return wage
