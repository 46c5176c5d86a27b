"""The `limits` collection: how often something was done in a window of time, counted for all replicas together.

It fails closed: what cannot be counted is refused.
"""

import math
from datetime import datetime, timedelta

from shared.mongo import Collection, DuplicateKey, ensure_indexes

_INDEXES = {"forget": {"keys": [("ends_at", 1)], "expireAfterSeconds": 60}}


class LimitStore:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, _INDEXES)

    async def take(self, name: str, *, allowed: int, seconds: int, at: datetime) -> int:
        """Count one under `name`. Returns 0, or, when `allowed` were counted already, the seconds to wait and counts
        nothing. The window starts with the first one counted."""
        for _ in range(3):
            counted = await self.collection.update_one(
                {"_id": name, "ends_at": {"$gt": at}, "count": {"$lt": allowed}}, {"$inc": {"count": 1}}
            )
            if counted.matched_count:
                return 0
            try:
                await self.collection.update_one(
                    {"_id": name, "ends_at": {"$lte": at}},
                    {"$set": {"count": 1, "ends_at": at + timedelta(seconds=seconds)}},
                    upsert=True,
                )
                return 0
            except DuplicateKey:
                # A window is open: full, or opened by somebody else just now and worth another look.
                row = await self.collection.find_one({"_id": name})
                if row and row["count"] >= allowed:
                    ends_at: datetime = row["ends_at"]
                    return max(1, math.ceil((ends_at - at).total_seconds()))
        return 1

    async def give_back(self, name: str) -> None:
        await self.collection.update_one({"_id": name, "count": {"$gt": 0}}, {"$inc": {"count": -1}})
