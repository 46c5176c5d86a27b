"""Whoever began to write hears it three days before the vacancy closes, and one day before: once for each end."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

from services.application.domain import KnownVacancy
from services.application.store import ApplicationStore
from shared import clock
from shared.contracts.draft import ApplicationDraftClosingSoon
from shared.mongo import ASCENDING, Document

REMINDERS = (1, 3)  # days before the end
TOGETHER = 200


class DraftReminders:
    def __init__(self, store: ApplicationStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._now = store, now

    async def remind(self) -> int:
        """Returns how many were told now."""
        at, told = self._now(), 0
        async for rows in self._soon_over(at):
            vacancies = await self._store.known_vacancies([row["vacancy_id"] for row in rows])
            due = {_id(row, event): (row, event) for row in rows if (event := _due(row, vacancies, at))}
            known = await self._store.reminded(list(due))
            told += sum([await self._tell(id, *what) for id, what in due.items() if id not in known])
        return told

    async def _soon_over(self, at: datetime) -> AsyncIterator[list[Document]]:
        """Drafts whose vacancy may close within three days, in parts."""
        window = {"delete_at": {"$gt": at, "$lte": at + timedelta(days=max(REMINDERS))}}
        fields = {"seeker_id": 1, "vacancy_id": 1, "saved_at": 1}
        part: list[Document] = []
        async for row in self._store.drafts.find(window, fields).sort("delete_at", ASCENDING):
            part.append(row)
            if len(part) == TOGETHER:
                yield part
                part = []
        if part:
            yield part

    async def _tell(self, id: str, row: Document, event: ApplicationDraftClosingSoon) -> bool:
        """Not whoever sent it meanwhile."""
        if await self._store.sent_to([row["vacancy_id"]], seeker_id=row["seeker_id"]):
            return False
        return await self._store.remind(id, event)


def _due(row: Document, vacancies: Mapping[str, KnownVacancy], at: datetime) -> ApplicationDraftClosingSoon | None:
    """The later reminder takes the place of an earlier one that was missed; whoever wrote after it was due knew how
    little time was left."""
    vacancy = vacancies.get(row["vacancy_id"])
    if vacancy is None or vacancy.state != "published" or vacancy.closes_at is None or vacancy.closes_at <= at:
        return None
    days = next((days for days in REMINDERS if vacancy.closes_at - timedelta(days=days) <= at), None)
    if days is None or row["saved_at"] > vacancy.closes_at - timedelta(days=days):
        return None
    return ApplicationDraftClosingSoon(
        seeker_id=row["seeker_id"],
        vacancy_id=vacancy.id,
        vacancy_number=vacancy.number,
        vacancy_title=vacancy.title,
        employer_name=vacancy.employer_name,
        closes_at=vacancy.closes_at,
        days=days,
    )


def _id(row: Document, event: ApplicationDraftClosingSoon) -> str:
    """The same for the same draft, end and day; it outlives the draft, and so names neither person nor vacancy."""
    mark = hashlib.sha256(f"{row['_id']}:{event.closes_at.isoformat()}:{event.days}".encode()).hexdigest()
    return f"draft_{mark[:32]}"
