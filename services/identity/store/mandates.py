"""The `mandates` collection: who may act for whom, until when, and who ended it; kept for a year."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.identity.domain.mandate import KEPT, Ender, Mandate
from shared.events import Event
from shared.mongo import DESCENDING, Collection, Document, ensure_indexes
from shared.outbox import INDEXES, Outbox

MOST = 50
_INDEXES: Mapping[str, dict[str, Any]] = {
    **INDEXES,
    "of_person": {"keys": [("account_id", 1), ("began_at", -1)]},
    "of_helper": {"keys": [("helper_id", 1), ("began_at", -1)]},
    "stop": {"keys": [("stop_digest", 1)]},
    "forget": {"keys": [("delete_at", 1)], "expireAfterSeconds": 0},
}


class MandateStore:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._outbox = Outbox(collection, source="identity")

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, _INDEXES)

    async def create(self, mandate: Mandate, events: Sequence[Event]) -> None:
        fields = mandate.model_dump(exclude={"id"}, exclude_none=True)
        await self._outbox.create(mandate.id, {**fields, "delete_at": mandate.until + KEPT}, events)

    async def by_id(self, id: str) -> Mandate | None:
        return _mandate(await self.collection.find_one({"_id": id}, {"outbox": 0}))

    async def by_stop_digest(self, digest: str) -> Mandate | None:
        return _mandate(await self.collection.find_one({"stop_digest": digest}, {"outbox": 0}))

    async def of_person(self, account_id: str) -> list[Mandate]:
        """The newest first, ended ones too."""
        return await self._some({"account_id": account_id})

    async def of_helper(self, helper_id: str, *, at: datetime) -> list[Mandate]:
        """Those that are open, the newest first."""
        return await self._some({"helper_id": helper_id, "until": {"$gt": at}, "ended_at": {"$exists": False}})

    async def sit(self, id: str, *, until: datetime) -> None:
        await self.collection.update_one({"_id": id}, {"$set": {"sitting_until": until}})

    async def end(self, id: str, *, by: Ender, at: datetime) -> None:
        """Once: whoever ended it first stays."""
        change = {"$set": {"ended_at": at, "ended_by": by}}
        await self.collection.update_one({"_id": id, "ended_at": {"$exists": False}}, change)

    async def forget(self, account_id: str) -> None:
        """The person is erased, and with them who helped."""
        await self.collection.delete_many({"account_id": account_id})

    async def _some(self, wanted: Document) -> list[Mandate]:
        found = self.collection.find(wanted, {"outbox": 0}).sort("began_at", DESCENDING).limit(MOST)
        return [mandate async for row in found if (mandate := _mandate(row))]


def _mandate(row: Document | None) -> Mandate | None:
    if row is None:
        return None
    known = {name: row[name] for name in Mandate.model_fields if name in row}
    return Mandate.model_validate({**known, "id": row["_id"]})
