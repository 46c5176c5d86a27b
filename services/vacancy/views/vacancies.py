"""Reads of vacancies: one, an employer's own, the officers' queue, and the results of a search."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from services.vacancy.domain.refusals import Recalled
from services.vacancy.domain.vacancy import PUBLIC_STATES, Card, Vacancy
from services.vacancy.domain.wages import floors
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.documents import vacancy_of
from services.vacancy.store.keyset import page
from services.vacancy.store.vacancies import named
from services.vacancy.views.models import QueuedVacancy, VacancySummary, VacancyView
from services.vacancy.views.shown import SUMMARY_FIELDS, show_rate, show_summary, show_vacancy, vacancy_values
from shared.callers import Caller
from shared.claims import DUE
from shared.clock import today
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
        inside = owns or _officer(reader)
        if vacancy.state == "recalled" and not inside:
            raise Recalled(vacancy.reason)
        return await self._present(vacancy, inside=inside)

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
        return Page(items=[VacancyView(**values) for _, values in await self._all(rows)], next=following)

    async def open_of(self, employer_id: str, *, limit: int, cursor: str | None) -> Page[VacancySummary]:
        """What one employer has open, the newest first."""
        rows, following = await page(
            self._store.vacancies.collection,
            {"employer_id": employer_id, "state": "published"},
            by="published_at",
            newest_first=True,
            limit=limit,
            cursor=cursor,
        )
        now = self._clock()
        return Page(items=[show_summary(row) for row in rows if row["closes_at"] > now], next=following)

    async def owner_of(self, employer_id: str) -> str:
        """The account that acts for an employer; raises `NotFound`."""
        return (await self._store.employers.load(employer_id)).owner_id

    async def queue(
        self, state: VacancyState, *, limit: int, cursor: str | None, reason_code: str | None = None
    ) -> Page[QueuedVacancy]:
        """Those in `state`, the longest there first; with a stock reason only those that are there for it."""
        why: Document = {"reason_code": reason_code} if reason_code else {}
        rows, following = await page(
            self._store.vacancies.collection,
            {"state": state, **why},
            by="since",
            newest_first=False,
            limit=limit,
            cursor=cursor,
        )
        shown = [QueuedVacancy(**values, waiting_since=each.since) for each, values in await self._all(rows)]
        return Page(items=shown, next=following)

    async def revisions(self, *, limit: int, cursor: str | None) -> Page[QueuedVacancy]:
        """Live ones of a province whose later text waits for an officer, the longest waiting first."""
        rows, following = await page(
            self._store.vacancies.collection,
            {"waiting_since": {"$gte": DUE}},
            by="waiting_since",
            newest_first=False,
            limit=limit,
            cursor=cursor,
        )
        shown = [QueuedVacancy(**{**values, "waiting_since": _waits(each)}) for each, values in await self._all(rows)]
        return Page(items=shown, next=following)

    async def summaries(self, ids: Sequence[str]) -> list[VacancySummary]:
        """Those of `ids` that are open now, in the same order, in one read."""
        # Asked for by id alone: with more conditions a store may prefer the index of those, and read them all.
        wanted, now = self._store.vacancies.collection.find({"_id": {"$in": list(ids)}}, _OPEN_FIELDS), self._clock()
        rows = {row["_id"]: row async for row in wanted if row["state"] == "published"}
        shown = (rows[id] for id in ids if id in rows and (rows[id]["closes_at"] or now) > now)
        return [show_summary(row) for row in shown]

    async def _present(self, vacancy: Vacancy, *, inside: bool) -> VacancyView:
        id = vacancy.employer.id
        cards, yardstick, rate = await asyncio.gather(
            self._store.employers.cards([] if vacancy.origin else [id]),
            self._yardstick([vacancy]),
            self._store.applications.answer_rate(id),
        )
        shown = show_vacancy(vacancy, inside=inside, card=cards.get(id), at=self._clock(), yardstick=yardstick)
        return shown.model_copy(update={"answer_rate": show_rate(rate)})

    async def _all(self, rows: Sequence[Document]) -> list[tuple[Vacancy, dict[str, Any]]]:
        """Vacancies with all that insiders see of them."""
        vacancies, cards, at = [vacancy_of(row) for row in rows], await self._cards(rows), self._clock()
        yardstick = await self._yardstick(vacancies)
        return [
            (each, vacancy_values(each, inside=True, card=cards.get(each.employer.id), at=at, yardstick=yardstick))
            for each in vacancies
        ]

    async def _yardstick(self, vacancies: Sequence[Vacancy]) -> int | None:
        """The minimum wage an hour, read only where there is piecework to compare with it."""
        if not any(each.terms.piecework for each in vacancies):
            return None
        wage = await self._store.wages.on(today(self._clock()))
        return floors(wage.amount).hour if wage else None

    async def _cards(self, rows: Sequence[Document]) -> dict[str, Card]:
        return await self._store.employers.cards({row["employer_id"] for row in rows})


def _waits(vacancy: Vacancy) -> datetime:
    return vacancy.waiting.since if vacancy.waiting else vacancy.since


def _officer(reader: Caller | None) -> bool:
    return reader is not None and reader.role in ("officer", "admin")


def _visible_to(reader: Caller | None) -> Document:
    """Ownership as part of the query: what a reader may not see is not found; what was recalled is, with a
    warning instead of its text."""
    if _officer(reader):
        return {}
    public: Document = {"state": {"$in": sorted(PUBLIC_STATES | {"recalled"})}}
    return {"$or": [public, {"owner_id": reader.account_id}]} if reader else public
