"""Placements in the store, and the cards by which an officer names a person."""

from collections.abc import Sequence
from typing import Any

from services.application.placements.model import Counts, Placement
from shared.contracts.placement import Scope
from shared.events import Event
from shared.mongo import DESCENDING, Database, Document, DuplicateKey, ensure_indexes, insert_ignoring_known
from shared.outbox import INDEXES, Outbox

PLACEMENTS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "newest": {"keys": [("at", -1), ("_id", -1)]},
    "of_person": {"keys": [("person", 1)], "sparse": True},
}


class PlacementStore:
    def __init__(self, database: Database) -> None:
        self.placements, self.cards = database.placements, database.jobseeker_cards
        self._outbox = Outbox(self.placements, source="application")

    async def prepare(self) -> None:
        await ensure_indexes(self.placements, PLACEMENTS)
        await ensure_indexes(
            self.cards, {"number": {"keys": [("number", 1)]}, "of_person": {"keys": [("seeker_id", 1)]}}
        )

    async def record(self, placement: Placement, event: Event) -> bool:
        """By an officer; False where it is there already."""
        try:
            await self._outbox.create(placement.id, placement.model_dump(exclude={"id", "version"}), [event])
        except DuplicateKey:
            return False
        return True

    async def add(self, placement: Placement) -> None:
        """A hire that an application told."""
        await insert_ignoring_known(self.placements, [{**placement.model_dump(exclude={"id"}), "_id": placement.id}])

    async def one(self, id: str) -> Placement | None:
        return _placement(await self.placements.find_one({"_id": id}, {"outbox": 0}))

    async def count_as(self, id: str, counts: Counts, *, registered: bool | None = None) -> None:
        changes: Document = {"counts": counts.model_dump()}
        if registered is not None:
            changes["registered"] = registered
        await self.placements.update_one({"_id": id}, {"$set": changes})

    async def cancel(self, id: str) -> None:
        await self.placements.update_one({"_id": id}, {"$set": {"state": "cancelled"}})

    async def holder(self, number: str) -> str | None:
        """Whose card it is."""
        row = await self.cards.find_one({"number": number})
        return str(row["seeker_id"]) if row else None

    async def forget(self, person: str) -> None:
        await self.placements.update_many({"person": person}, {"$set": {"person": None, "number": None}})
        await self.cards.delete_many({"seeker_id": person})

    async def page(
        self, *, month: str | None, scope: Scope | None, after: Sequence[object] | None, limit: int
    ) -> list[Placement]:
        """The newest first."""
        wanted: Document = {name: value for name, value in (("month", month), ("scope", scope)) if value}
        if after is not None:
            at, id = after
            wanted["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]
        found = self.placements.find(wanted, {"outbox": 0}).sort([("at", DESCENDING), ("_id", DESCENDING)])
        return [Placement.model_validate({**row, "id": row["_id"]}) async for row in found.limit(limit)]


def _placement(row: Document | None) -> Placement | None:
    return None if row is None else Placement.model_validate({**row, "id": row["_id"]})
