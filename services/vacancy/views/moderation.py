"""Reads around moderation: the wage table, and what the public reports."""

from datetime import date

from services.vacancy.domain.wages import floors, in_force
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.keyset import page
from services.vacancy.views.moderating import ReportedVacancy, ReportView, WageRow, WageTable
from shared.clock import Clock, today
from shared.mongo import Document
from shared.pages import Page


class ModerationViews:
    def __init__(self, store: VacancyStore, *, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def today(self) -> date:
        return today(self._clock())

    async def wages(self) -> WageTable:
        rows = await self._store.wages.all()
        current = in_force(rows, today(self._clock()))
        return WageTable(
            items=[WageRow(**dict(row)) for row in rows],
            current=WageRow(**dict(current)) if current else None,
            floors=floors(current.amount) if current else None,
        )

    async def reports(self, vacancy_id: str | None, *, limit: int, cursor: str | None) -> Page[ReportView]:
        """The newest first; those of one vacancy where its id is given."""
        wanted: Document = {"vacancy_id": vacancy_id} if vacancy_id else {}
        rows, following = await page(
            self._store.reports.collection, wanted, by="at", newest_first=True, limit=limit, cursor=cursor
        )
        ids = [row["vacancy_id"] for row in rows]
        counts, vacancies = await self._store.reports.counts(ids), await self._vacancies(ids)
        shown = [
            ReportView(
                id=row["_id"],
                vacancy=vacancies[row["vacancy_id"]],
                category=row["category"],
                text=row["text"],
                at=row["at"],
                reporters=counts[row["vacancy_id"]],
            )
            for row in rows
        ]
        return Page(items=shown, next=following)

    async def _vacancies(self, ids: list[str]) -> dict[str, ReportedVacancy]:
        names = ("number", "title", "state")
        found = self._store.vacancies.collection.find({"_id": {"$in": sorted(set(ids))}}, dict.fromkeys(names, 1))
        return {
            row["_id"]: ReportedVacancy(id=row["_id"], **{name: row[name] for name in names}) async for row in found
        }
