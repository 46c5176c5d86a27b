"""What a person keeps, as the person sees it."""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain.saved import Saved, saved_id
from services.seeker.domain.searches import AlertChannel, Rhythm, SavedSearch
from services.seeker.domain.vacancies import KnownVacancy
from services.seeker.domain.wishing import HoursWish, Schooling
from services.seeker.store.saved import SavedStore
from services.seeker.store.searches import SearchStore
from shared import clock
from shared.contracts.vacancy import Workplace
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.errors import NotFound
from shared.pages import Page


class SavedVacancyView(BaseModel):
    """A saved vacancy."""

    model_config = ConfigDict(frozen=True, title="SavedVacancy")
    vacancy_id: str
    number: str
    slug: str = Field(description="the title as it stands in an address")
    title: str
    employer_name: str
    kelurahan_code: str | None
    state: str = Field(description="published, paused, filled, closed, expired or recalled, as it is now")
    closes_at: datetime | None = Field(description="first instant at which it is no longer open")
    saved_at: datetime


class SavedSearchView(BaseModel):
    """A saved search."""

    model_config = ConfigDict(frozen=True, title="SavedSearch")
    id: str
    name: str | None
    q: str | None
    kelurahan: tuple[str, ...]
    kind: tuple[str, ...]
    wage_min: int | None
    from_home: bool
    bidang: tuple[str, ...]
    workplace: tuple[Workplace, ...]
    hours: tuple[HoursWish, ...]
    education: Schooling | None
    may_bring_child: bool
    near: str | None
    within_km: float | None
    rhythm: Rhythm
    hour: int
    channel: AlertChannel
    active: bool = Field(description="false: stopped, by the person or by the link of a message")
    next_at: datetime | None = Field(description="when it is looked at next; null where it is stopped")
    created_at: datetime


class SavedViews:
    def __init__(self, saved: SavedStore, searches: SearchStore, *, now: clock.Clock = clock.now) -> None:
        self._saved, self._searches, self._now = saved, searches, now

    async def vacancies(self, seeker_id: str, *, limit: int, cursor: str | None) -> Page[SavedVacancyView]:
        """Newest first."""
        found = await self._saved.page(seeker_id, after=_position(cursor), limit=limit + 1)
        shown = found[:limit]
        known = await self._saved.vacancies_of([saved.vacancy_id for saved in shown])
        return Page(
            items=[self.show(saved, known[saved.vacancy_id]) for saved in shown if saved.vacancy_id in known],
            next=encode_cursor(_millis(shown[-1].saved_at), shown[-1].id) if len(found) > limit else None,
        )

    async def vacancy(self, seeker_id: str, vacancy_id: str) -> SavedVacancyView:
        saved = await self._saved.load(saved_id(seeker_id, vacancy_id))
        vacancy = await self._saved.vacancy(vacancy_id) if saved else None
        if saved is None or vacancy is None:
            raise NotFound
        return self.show(saved, vacancy)

    async def searches(self, seeker_id: str) -> Page[SavedSearchView]:
        """All of them, oldest first."""
        return Page(items=[show_search(search) for search in await self._searches.of_seeker(seeker_id)], next=None)

    async def search(self, id: str, *, seeker_id: str) -> SavedSearchView:
        return show_search(await self._searches.load(id, seeker_id=seeker_id))

    def show(self, saved: Saved, vacancy: KnownVacancy) -> SavedVacancyView:
        named = {"number", "slug", "title", "employer_name", "kelurahan_code", "closes_at"}
        return SavedVacancyView(
            vacancy_id=vacancy.id,
            state=vacancy.state_at(self._now()),
            saved_at=saved.saved_at,
            **vacancy.model_dump(include=named),
        )


def show_search(search: SavedSearch) -> SavedSearchView:
    kept = search.model_dump(include={"id", "created_at"})
    return SavedSearchView(**kept, **search.terms.model_dump(), active=search.active, next_at=search.due_at)


def _millis(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _position(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    millis, id = decode_cursor(cursor, length=2)
    try:
        return datetime.fromtimestamp(float(millis) / 1000, UTC), str(id)
    except (ValueError, OverflowError, OSError):
        raise BadCursor from None
