"""Reads of vacancies: one, an employer's own, the officers' queue, and the results of a search."""

from collections.abc import Callable, Sequence
from datetime import datetime

from services.vacancy.domain.vacancy import PUBLIC_STATES, Card, Vacancy
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.documents import vacancy_of
from services.vacancy.store.keyset import page
from services.vacancy.store.vacancies import named
from services.vacancy.views.models import QueuedVacancy, VacancySummary, VacancyView
from services.vacancy.views.shown import SUMMARY_FIELDS, show_summary, show_vacancy, vacancy_values
from shared.callers import Caller
from shared.contracts.vacancy import VacancyState
from shared.errors import NotFound
from shared.mongo import Document
from shared.pages import Page

_OPEN_FIELDS = [*SUMMARY_FIELDS, "state"]


class VacancyViews:
    def __init__(self, store: VacancyStore, *, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def now(self) -> datetime:
        return self._clock()

    async def one(self, key: str, reader: Caller | None) -> VacancyView:
        """By id or number; one that is not public is there only for its owner and the officers."""
        row = await self._store.vacancies.collection.find_one({**named(key), **_visible_to(reader)})
        if row is None:
            raise NotFound
        vacancy = vacancy_of(row)
        owns = reader is not None and reader.account_id == vacancy.employer.owner_id
        return await self._present(vacancy, inside=owns or _officer(reader))

    async def present(self, vacancy: Vacancy) -> VacancyView:
        """For whoever just changed it."""
        return await self._present(vacancy, inside=True)

    async def mine(self, account_id: str, *, limit: int, cursor: str | None) -> Page[VacancyView]:
        """All of an employer's, newest first."""
        rows, following = await page(
            self._store.vacancies.collection,
            {"owner_id": account_id},
            by="created_at",
            newest_first=True,
            limit=limit,
            cursor=cursor,
        )
        vacancies, cards, at = [vacancy_of(row) for row in rows], await self._cards(rows), self._clock()
        shown = [show_vacancy(each, inside=True, card=cards.get(each.employer.id), at=at) for each in vacancies]
        return Page(items=shown, next=following)

    async def queue(self, state: VacancyState, *, limit: int, cursor: str | None) -> Page[QueuedVacancy]:
        """Those in `state`, the longest there first."""
        rows, following = await page(
            self._store.vacancies.collection,
            {"state": state},
            by="since",
            newest_first=False,
            limit=limit,
            cursor=cursor,
        )
        vacancies, cards, at = [vacancy_of(row) for row in rows], await self._cards(rows), self._clock()
        shown = [
            QueuedVacancy(
                **vacancy_values(each, inside=True, card=cards.get(each.employer.id), at=at), waiting_since=each.since
            )
            for each in vacancies
        ]
        return Page(items=shown, next=following)

    async def summaries(self, ids: Sequence[str]) -> list[VacancySummary]:
        """Those of `ids` that are open now, in the same order, in one read."""
        # Asked for by id alone: with more conditions a store may prefer the index of those, and read them all.
        wanted, now = self._store.vacancies.collection.find({"_id": {"$in": list(ids)}}, _OPEN_FIELDS), self._clock()
        rows = {row["_id"]: row async for row in wanted if row["state"] == "published"}
        shown = (rows[id] for id in ids if id in rows and (rows[id]["closes_at"] or now) > now)
        return [show_summary(row) for row in shown]

    async def _present(self, vacancy: Vacancy, *, inside: bool) -> VacancyView:
        cards = {} if vacancy.origin else await self._store.employers.cards([vacancy.employer.id])
        return show_vacancy(vacancy, inside=inside, card=cards.get(vacancy.employer.id), at=self._clock())

    async def _cards(self, rows: Sequence[Document]) -> dict[str, Card]:
        return await self._store.employers.cards({row["employer_id"] for row in rows})


def _officer(reader: Caller | None) -> bool:
    return reader is not None and reader.role in ("officer", "admin")


def _visible_to(reader: Caller | None) -> Document:
    """Ownership as part of the query: what a reader may not see is not found."""
    if _officer(reader):
        return {}
    public: Document = {"state": {"$in": sorted(PUBLIC_STATES)}}
    return {"$or": [public, {"owner_id": reader.account_id}]} if reader else public
