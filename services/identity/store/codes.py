"""The `codes` collection: one-time codes as keyed hashes, each with the event that sends it in the same insert.

`newest_codes` says which request of a number counts: a new one ends the one before, in one write, before it exists.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime

from services.identity.domain.login import CODE_TRIES
from shared.events import Event
from shared.mongo import Collection, Document, DuplicateKey, ReturnDocument, ensure_indexes
from shared.outbox import INDEXES, Outbox

_FORGET = {"forget": {"keys": [("asked_at", 1)], "expireAfterSeconds": 86_400}}


class CodeStore:
    def __init__(self, collection: Collection, newest: Collection) -> None:
        self.collection, self._newest = collection, newest
        self._outbox = Outbox(collection, source="identity")

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, {**INDEXES, **_FORGET})
        await ensure_indexes(self._newest, _FORGET)

    async def issue(
        self,
        request_id: str,
        *,
        number: str,
        account_id: str | None,
        digest: str,
        at: datetime,
        expires_at: datetime,
        events: Sequence[Event],
    ) -> None:
        """Store a code as the only good one of `number` (a keyed hash); without an account it opens nothing."""
        fields: Document = {
            "number": number,
            "account_id": account_id,
            "digest": digest,
            "tries": 0,
            "asked_at": at,
            "expires_at": expires_at,
        }
        # The pointer first: whoever dies in between has ended the old code, and never left two.
        await self._point(number, request_id, at)
        await self._outbox.create(request_id, fields, events)

    async def _point(self, number: str, request_id: str, at: datetime) -> None:
        change = {"$set": {"request_id": request_id, "asked_at": at}}
        try:
            await self._newest.update_one({"_id": number}, change, upsert=True)
        except DuplicateKey:  # another request made the document at this very moment
            await self._newest.update_one({"_id": number}, change)

    async def spend(self, request_id: str, digest: str, *, at: datetime) -> tuple[str, str] | None:
        """(account, number it was sent to) that the code opens, at most once; a try is taken before the code is
        looked at, so that many at once are not more tries than one after another."""
        unused = {"_id": request_id, "used_at": {"$exists": False}}
        row = await self.collection.find_one_and_update(
            {**unused, "tries": {"$lt": CODE_TRIES}, "expires_at": {"$gt": at}},
            {"$inc": {"tries": 1}},
            projection={"digest": 1, "account_id": 1, "number": 1},
            return_document=ReturnDocument.AFTER,
        )
        if row is None or not hmac.compare_digest(row["digest"], digest):
            return None
        newest = await self._newest.find_one({"_id": row["number"]})
        if newest is None or newest["request_id"] != request_id:
            return None
        used = await self.collection.update_one(unused, {"$set": {"used_at": at}})
        account_id: str | None = row["account_id"]
        return (account_id, row["number"]) if used.matched_count and account_id else None
