"""What is remembered of the exchange with a province beside the vacancies: endings, and snapshots that are due."""

from datetime import datetime
from typing import Any

from shared.claims import DUE, Claim, Claims
from shared.mongo import ASCENDING, Collection, Document, insert_ignoring_known

LEASE_SECONDS = 600.0
KEEP_SECONDS = 30 * 86_400
PROVINCE_INDEXES: dict[str, dict[str, Any]] = {
    "due": {"keys": [("due_at", ASCENDING)], "sparse": True},
    "forget": {"keys": [("done_at", ASCENDING)], "expireAfterSeconds": KEEP_SECONDS},
}


class Endings:
    """Their tombstones, by the id that our copy has or would have: one that came first still ends it."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def note(self, vacancy_id: str, fields: Document) -> None:
        """The first one stays."""
        await insert_ignoring_known(self.collection, [{"_id": vacancy_id, **fields}])

    async def of(self, vacancy_id: str) -> Document | None:
        return await self.collection.find_one({"_id": vacancy_id})


class Feeds:
    """Snapshots to send: one each day, and those that the province asked for. {_id, due_at?, done_at?}"""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._claims = Claims(collection=collection, field="due_at", lease_seconds=LEASE_SECONDS, filter={})

    async def ask(self, id: str) -> None:
        """Due now, unless it was asked for before."""
        await insert_ignoring_known(self.collection, [{"_id": id, "due_at": DUE}])

    async def take(self) -> Claim:
        return await self._claims.take(1)

    async def done(self, claim: Claim, *, at: datetime) -> None:
        change: Document = {"$set": {"done_at": at}, "$unset": {"due_at": "", "lease": ""}}
        await self.collection.update_many({"_id": {"$in": _ids(claim)}, "lease": claim.token}, change)

    async def give_back(self, claim: Claim) -> None:
        """It could not be sent: due again at once."""
        change: Document = {"$set": {"due_at": DUE}, "$unset": {"lease": ""}}
        await self.collection.update_many({"_id": {"$in": _ids(claim)}, "lease": claim.token}, change)


def _ids(claim: Claim) -> list[str]:
    return [row["_id"] for row in claim.documents]
