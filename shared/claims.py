"""Leases on due documents: how several workers share one collection without a lock server.

A document is due when its `field` (a date) has passed. Claiming moves that date to the end of the lease on the
database's own clock and writes the claimer's token; whoever dies under a lease simply lets it run out.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.mongo import ASCENDING, Collection, Document

# Due since ever: the date that a writer sets. It needs no clock, so a writer's clock that is wrong by hours
# neither delays an event nor ends a lease (writers use `$max`, which leaves a lease alone).
DUE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one worker holds until the lease ends: the token that every later mark must carry."""

    token: str
    documents: list[Document]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The claim on `collection` by `field`. `lease_seconds` must be at least three times the deadline of what is
    done under it. `filter` narrows what this worker takes (a lane, a state)."""

    collection: Collection
    field: str
    lease_seconds: float
    filter: Document

    async def take(self, limit: int, *, alone: bool = True) -> Claim:
        """Claim up to `limit` due documents, oldest first; where several workers run (`alone=False`) a random
        part of the oldest, so that they rarely reach for the same ones."""
        ids = await self.due(limit if alone else 4 * limit)
        return await self.hold(ids if len(ids) <= limit else random.sample(ids, limit))

    async def due(self, limit: int) -> list[str]:
        """Ids of what is due, oldest first. Looking costs a store as much as there is due, holding does not: whoever
        has a long backlog looks far ahead once and holds in parts."""
        due = {**self.filter, self.field: {"$lte": _soon()}}
        found = self.collection.find(due, {"_id": 1}).sort(self.field, ASCENDING)
        return [row["_id"] async for row in found.limit(limit)]

    async def hold(self, ids: list[str]) -> Claim:
        """Claim those of `ids` that are still due: the claim may hold fewer, or none."""
        if not ids:
            return Claim(token="", documents=[])
        token = secrets.token_hex(8)
        await self.collection.update_many({"_id": {"$in": ids}, self.field: {"$lte": _soon()}}, self._lease(token))
        held = self.collection.find({"_id": {"$in": ids}, "lease": token})
        return Claim(token=token, documents=[row async for row in held])

    def _lease(self, token: str) -> list[Document]:
        """Take what is due by the database's clock; the filter's clock only pre-selects."""
        due = {"$lte": [f"${self.field}", "$$NOW"]}
        end = {
            "$dateAdd": {
                "startDate": "$$NOW",
                "unit": "millisecond",
                "amount": int(self.lease_seconds * 1000),
            }
        }
        return [
            {
                "$set": {
                    "lease": {"$cond": [due, token, "$lease"]},
                    self.field: {"$cond": [due, end, f"${self.field}"]},
                }
            }
        ]

    async def renew(self, claim: Claim, ids: list[str]) -> set[str]:
        """Which of `ids` are still held under `claim`: asked right before an effect that cannot be undone."""
        held = self.collection.find({"_id": {"$in": ids}, "lease": claim.token}, {"_id": 1})
        return {row["_id"] async for row in held}


def _soon() -> datetime:
    """Our clock only pre-selects, and may run a little behind the store's."""
    return datetime.now(UTC) + timedelta(seconds=1)
