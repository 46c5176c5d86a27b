"""Notes and held decisions in the store: collections of their own, so that nothing of them can show elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from services.application.desk.model import Held
from services.application.domain import Application
from services.application.store import ApplicationStore
from shared.mongo import ASCENDING, Database, Document, ensure_indexes

NOTE_SEAL = "application-desk"  # purpose under the seeker's key: a note goes with the person it is about


class DeskStore:
    def __init__(self, database: Database, applications: ApplicationStore) -> None:
        self.notes, self.held = database.application_notes, database.held_decisions
        self.applications = applications

    async def prepare(self) -> None:
        await ensure_indexes(self.notes, {"of_application": {"keys": [("application_id", 1), ("_id", 1)]}})
        await ensure_indexes(
            self.held,
            {"release": {"keys": [("release_at", 1)]}, "of_vacancy": {"keys": [("vacancy_id", 1), ("_id", 1)]}},
        )

    async def of_vacancy(self, vacancy_id: str, ids: Sequence[str]) -> dict[str, Application]:
        """Those of `ids` that are applications for the vacancy."""
        found = self.applications.applications.find({"_id": {"$in": list(ids)}}, {"outbox": 0})
        rows = [row async for row in found if row["vacancy"]["id"] == vacancy_id]
        return {row["_id"]: Application.model_validate({**row, "id": row["_id"]}) for row in rows}

    async def add_note(self, id: str, *, application_id: str, sealed: str, by: str, at: datetime) -> None:
        row = {"_id": id, "application_id": application_id, "sealed": sealed, "by": by, "at": at}
        await self.notes.insert_one(row)

    async def notes_of(self, application_id: str, *, limit: int) -> list[Document]:
        """The newest first: ids are made in the order of time."""
        found = self.notes.find({"application_id": application_id}).sort([("application_id", -1), ("_id", -1)])
        return [row async for row in found.limit(limit)]

    async def count_notes(self, application_id: str, *, limit: int) -> int:
        return await self.notes.count_documents({"application_id": application_id}, limit=limit)

    async def delete_note(self, id: str, *, application_id: str) -> bool:
        done = await self.notes.delete_one({"_id": id, "application_id": application_id})
        return bool(done.deleted_count)

    async def hold(self, held: Held) -> None:
        """One for each application: a later decision takes the place of an earlier one."""
        fields = held.model_dump(exclude={"application_id"})
        await self.held.update_one({"_id": held.application_id}, {"$set": fields}, upsert=True)

    async def held_for(self, ids: Sequence[str]) -> dict[str, Held]:
        return {row["_id"]: _held(row) async for row in self.held.find({"_id": {"$in": list(ids)}})}

    async def held_of(self, vacancy_id: str, *, limit: int) -> list[Held]:
        return [_held(row) async for row in self.held.find({"vacancy_id": vacancy_id}).limit(limit)]

    async def due(self, at: datetime, *, limit: int) -> list[Held]:
        """Decisions whose hour has come, the oldest first."""
        found = self.held.find({"release_at": {"$lte": at}}).sort("release_at", ASCENDING)
        return [_held(row) async for row in found.limit(limit)]

    async def drop(self, held: Held) -> None:
        """Only this one: not another that took its place meanwhile."""
        await self.held.delete_one({"_id": held.application_id, "at": held.at})


def _held(row: Document) -> Held:
    return Held.model_validate({**row, "application_id": row["_id"]})
