"""What an employer sees of how its advert does: looks, saves and applications by day."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field

from services.vacancy.store.database import VacancyStore
from shared.callers import Caller
from shared.clock import Clock, today

DAYS = 30


class DayView(BaseModel):
    model_config = ConfigDict(frozen=True)
    day: date = Field(description="in WIB")
    views: int = Field(description="how often its page was looked at; known robots and employers do not count")
    saves: int
    applications: int


class FiguresView(BaseModel):
    """The last thirty days, the oldest first."""

    model_config = ConfigDict(frozen=True)
    id: str
    number: str
    title: str
    days: list[DayView]
    views: int
    saves: int
    applications: int


class FigureViews:
    def __init__(self, store: VacancyStore, *, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def of(self, key: str, reader: Caller) -> FiguresView:
        """For its owner and the officers; another's is not there."""
        owner = reader.account_id if reader.role == "employer" else None
        vacancy = await self._store.vacancies.load(key, owner_id=owner)
        last = today(self._clock())
        first = last - timedelta(days=DAYS - 1)
        views = await self._store.figures.views(vacancy.id, since=first)
        saves = await self._store.figures.saves(vacancy.id, since=first)
        applied = await self._store.applications.by_day(vacancy.id, since=first)
        days = [first + timedelta(days=n) for n in range(DAYS)]
        rows = [
            DayView(day=day, views=views[iso], saves=saves[iso], applications=applied[iso])
            for day, iso in ((day, day.isoformat()) for day in days)
        ]
        return FiguresView(
            id=vacancy.id,
            number=vacancy.number,
            title=vacancy.terms.title,
            days=rows,
            views=sum(each.views for each in rows),
            saves=sum(each.saves for each in rows),
            applications=sum(each.applications for each in rows),
        )
