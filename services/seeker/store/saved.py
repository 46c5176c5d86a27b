"""The local copy of vacancies, and who keeps which of them: one document for each person and vacancy.

That somebody began to keep a vacancy is told once, for its employer's figures; so is what the person is to be told.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.seeker.domain.saved import LIMIT, REMINDERS, Saved
from services.seeker.domain.vacancies import KnownVacancy
from shared.contracts.seeker import VacancySaved
from shared.errors import StaleVersion
from shared.events import Event
from shared.mongo import ASCENDING, DESCENDING, Database, Document, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES, Outbox

VACANCIES: dict[str, dict[str, Any]] = {
    "heard_of": {"keys": [("state", 1), ("heard_at", 1)]},
    "closing": {"keys": [("state", 1), ("closes_at", 1)]},
    "recalled_lately": {"keys": [("recall_heard_at", 1)], "sparse": True},
}
# A place is one of `LIMIT` that a person has: the limit holds also for many at once, without a lock.
PLACES: dict[str, Any] = {
    "keys": [("seeker_id", 1), ("place", 1)],
    "unique": True,
    "partialFilterExpression": {"place": {"$exists": True}},
}
SAVED: dict[str, dict[str, Any]] = {
    **INDEXES,
    "places": PLACES,
    "of_seeker": {"keys": [("seeker_id", 1), ("saved_at", -1), ("_id", -1)]},
    "savers": {"keys": [("vacancy_id", 1), ("saved_at", 1)]},
    "dropped": {"keys": [("dropped", 1)], "sparse": True},
}
KEPT: Document = {"place": {"$exists": True}}
DROP: Document = {"$set": {"dropped": True}, "$unset": {"place": ""}}
Position = tuple[datetime, str]


class SavedStore:
    """The only place that knows how these are stored."""

    def __init__(self, database: Database) -> None:
        self.vacancies, self.saved = database.vacancies, database.saved_vacancies
        self._outbox = Outbox(self.saved, source="seeker")

    async def prepare(self) -> None:
        await ensure_indexes(self.vacancies, VACANCIES)
        await ensure_indexes(self.saved, SAVED)

    async def vacancy(self, id: str) -> KnownVacancy | None:
        found = await self.vacancies_of([id])
        return found.get(id)

    async def vacancies_of(self, ids: Sequence[str]) -> dict[str, KnownVacancy]:
        return {one.id: one for one in await self._vacancies({"_id": {"$in": list(ids)}})}

    async def heard_of(self, *, after: datetime, until: datetime) -> list[tuple[datetime, KnownVacancy]]:
        """Open vacancies with when their publication was heard of: after `after`, and not after `until`."""
        wanted = {"state": "published", "heard_at": {"$gt": after, "$lte": until}}
        return [(row["heard_at"], _vacancy(row)) async for row in self.vacancies.find(wanted) if "number" in row]

    async def closing(self, *, after: datetime, until: datetime) -> list[KnownVacancy]:
        return await self._vacancies({"state": "published", "closes_at": {"$gt": after, "$lte": until}})

    async def recalled_since(self, at: datetime) -> list[KnownVacancy]:
        """Those whose recall was heard of since `at`."""
        return await self._vacancies({"recall_heard_at": {"$gte": at}})

    async def _vacancies(self, wanted: Document) -> list[KnownVacancy]:
        return [_vacancy(row) async for row in self.vacancies.find(wanted) if "number" in row]

    async def keep(self, saved: Saved) -> bool | None:
        """Store it in a free place: True, or False where it was kept already; None where no place is free."""
        refused = set[int]()  # a place that another took meanwhile, or that the store has not given free yet
        while True:
            found = self.saved.find({"seeker_id": saved.seeker_id, **KEPT}, {"place": 1, "vacancy_id": 1})
            taken = {row["place"]: row["_id"] async for row in found}
            if saved.id in taken.values():
                return False
            place = next((place for place in range(1, LIMIT + 1) if place not in {*taken, *refused}), None)
            if place is None:
                return None
            if await self._keep(saved, place):
                return True
            refused.add(place)

    async def _keep(self, saved: Saved, place: int) -> bool:
        """False where another has this place by now, or keeps this vacancy: look again."""
        fields = saved.model_dump(include={"seeker_id", "vacancy_id", "saved_at"})
        again = {"$set": {"saved_at": saved.saved_at, "place": place}, "$unset": {"dropped": ""}}
        try:
            done = await self.saved.update_one({"_id": saved.id, "dropped": True}, again)
            if not done.matched_count:
                told = [VacancySaved(vacancy_id=saved.vacancy_id)]
                await self._outbox.create(saved.id, {**fields, "place": place}, told)
        except DuplicateKey:
            return False
        return True

    async def drop(self, id: str) -> None:
        """Not kept any more. The document goes once everything that it has to tell is told."""
        await self.saved.update_one({"_id": id}, DROP)

    async def forget(self, seeker_id: str) -> None:
        await self.saved.delete_many({"seeker_id": seeker_id})

    async def purge(self) -> None:
        await self.saved.delete_many({"dropped": True, "outbox": []})

    async def load(self, id: str) -> Saved | None:
        row = await self.saved.find_one({"_id": id, **KEPT}, {"outbox": 0})
        return None if row is None else _saved(row)

    async def page(self, seeker_id: str, *, after: Position | None, limit: int) -> list[Saved]:
        """A part of a person's list, newest first, from behind `after`."""
        wanted: Document = {"seeker_id": seeker_id, **KEPT}
        if after is not None:
            at, id = after
            wanted["$or"] = [{"saved_at": {"$lt": at}}, {"saved_at": at, "_id": {"$lt": id}}]
        found = self.saved.find(wanted, {"outbox": 0}).sort([("saved_at", DESCENDING), ("_id", DESCENDING)])
        return [_saved(row) async for row in found.limit(limit)]

    async def unwarned(self, vacancy_id: str, *, limit: int) -> list[Saved]:
        """Who keeps a recalled vacancy and does not know it yet."""
        return await self._savers({"vacancy_id": vacancy_id, "recalled": {"$ne": True}}, limit)

    async def unclosed(self, vacancy: KnownVacancy, *, ended_at: datetime, limit: int) -> list[Saved]:
        """Who kept it before it ended and does not know so yet."""
        wanted = {"vacancy_id": vacancy.id, "saved_at": {"$lte": ended_at}, "told_closed": {"$ne": vacancy.closes_at}}
        return await self._savers(wanted, limit)

    async def unreminded(self, vacancy: KnownVacancy, *, days: int, due: datetime, limit: int) -> list[Saved]:
        """Who kept it before `due` and was not told yet that it closes in so many days."""
        assert days in REMINDERS
        wanted = {"vacancy_id": vacancy.id, "saved_at": {"$lte": due}, f"told_{days}": {"$ne": vacancy.closes_at}}
        return await self._savers(wanted, limit)

    async def _savers(self, wanted: Document, limit: int) -> list[Saved]:
        found = self.saved.find({**wanted, **KEPT}, {"outbox": 0}).sort("saved_at", ASCENDING)
        return [_saved(row) async for row in found.limit(limit)]

    async def tell(self, before: Saved, after: Saved, events: Sequence[Event]) -> bool:
        """Store what is told with the mark that it is; False where another was first or it is not kept any more."""
        marks = after.model_dump(include={"recalled", "told_3", "told_1", "told_closed"}, exclude_defaults=True)
        try:
            await self._outbox.save(before.id, version=before.version, changes=marks, events=events, where=KEPT)
        except StaleVersion:
            return False
        return True


def _vacancy(row: Document) -> KnownVacancy:
    return KnownVacancy.model_validate({**row, "id": row["_id"]})


def _saved(row: Document) -> Saved:
    return Saved.model_validate({**row, "id": row["_id"]})
