"""The `refresh_families` collection: one document per sign-in, so that exchanging a token is one guarded update."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.identity.domain.login import LOST_REPLY_TIME, REFRESH_TIME, Family
from shared.mongo import Collection, Document, ReturnDocument, ensure_indexes

_INDEXES: Mapping[str, dict[str, Any]] = {
    "forget": {"keys": [("expires_at", 1)], "expireAfterSeconds": 0},
    "owner": {"keys": [("account_id", 1)]},
    "successor": {"keys": [("successor_until", 1)], "sparse": True},
}


class FamilyStore:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, _INDEXES)

    async def open(self, family: Family) -> None:
        fields = family.model_dump(exclude={"id"}, exclude_none=True)
        await self.collection.insert_one({"_id": family.id, **fields})

    async def rotate(self, id: str, *, old: str, new: str, successor: str, at: datetime) -> Family | None:
        """Exchange the digest `old` for `new`; `None` unless `old` was the one that works."""
        row = await self.collection.find_one_and_update(
            {"_id": id, "current": old, "revoked_at": {"$exists": False}, "expires_at": {"$gt": at}},
            {
                "$set": {
                    "current": new,
                    "previous": old,
                    "successor": successor,
                    "successor_until": at + LOST_REPLY_TIME,
                    "expires_at": at + REFRESH_TIME,
                }
            },
            return_document=ReturnDocument.AFTER,
        )
        return _family(row)

    async def forget(self, account_id: str) -> None:
        """End all sessions of an account that is erased."""
        await self.collection.delete_many({"account_id": account_id})

    async def find(self, id: str) -> Family | None:
        return _family(await self.collection.find_one({"_id": id}))

    async def revoke(self, id: str, *, at: datetime) -> None:
        await self.collection.update_one(
            {"_id": id, "revoked_at": {"$exists": False}},
            {"$set": {"revoked_at": at}, "$unset": {"successor": "", "successor_until": ""}},
        )

    async def forget_successors(self, *, at: datetime) -> None:
        """Drop the wrapped secrets whose ten seconds are over."""
        await self.collection.update_many(
            {"successor_until": {"$lte": at - timedelta(seconds=1)}},
            {"$unset": {"successor": "", "successor_until": ""}},
        )


def _family(row: Document | None) -> Family | None:
    return Family(id=row["_id"], **{name: row[name] for name in row if name != "_id"}) if row else None
