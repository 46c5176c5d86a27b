"""What comes often comes together: the first message of its kind at once, those after it in one message an hour.

Messages to be gathered wait under `gather_at`. The oldest of a group leads: the others end as `gathered`, and what
they said stands in it. A process that dies in between leaves a leader to whom its followers still point.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from services.notifier.domain import Item
from services.notifier.store import MessageStore
from shared import clock
from shared.claims import DUE, Claims
from shared.mongo import ASCENDING, Document

BATCH = 500
LISTED = 10  # of those that are told together; the rest are counted
FOLLOWERS = 1000
LEASE_SECONDS = 60.0


class Gatherer:
    """`seconds`: how long after one message of a group the next may come."""

    def __init__(self, store: MessageStore, *, seconds: int, now: clock.Clock = clock.now) -> None:
        self._messages, self._rhythms = store.messages, store.rhythms
        self._pause, self._now = timedelta(seconds=seconds), now
        self._claims = Claims(collection=store.messages, field="gather_at", lease_seconds=LEASE_SECONDS, filter={})

    async def gather(self) -> None:
        """Bring every group one step further."""
        while rows := (claim := await self._claims.take(BATCH)).documents:
            rows.sort(key=lambda row: (row["gather"], row["event_time"], row["_id"]))
            for key, group in groupby(rows, key=lambda row: str(row["gather"])):
                await self._group(key, list(group), claim.token)
            if len(rows) < BATCH:
                return

    async def _group(self, key: str, rows: Sequence[Document], token: str) -> None:
        known = await self._rhythms.find_one({"_id": key})
        if known and known["next_at"] > self._now():
            await self._put_off(rows, known, token)
            return
        leader = await self._leader(rows)
        others = [row["_id"] for row in rows if row["_id"] != leader["_id"]]
        if others:
            ended = {"$set": {"state": "gathered", "into": leader["_id"]}, "$unset": {"gather_at": "", "lease": ""}}
            await self._messages.update_many({"_id": {"$in": others}, "lease": token}, ended)
        followers = await self._messages.find({"into": leader["_id"]}).sort("_id", ASCENDING).to_list(FOLLOWERS)
        changes = {"params": together([leader, *followers]), "link": leader["link"].rpartition("/")[0]}
        await self._messages.update_one(
            {"_id": leader["_id"], "lease": token},
            {
                "$set": {**(changes if followers else {}), "send_at": DUE},
                "$unset": {"gather_at": "", "lease": ""},
            },
        )
        await self._rhythms.update_one({"_id": key}, {"$set": {"next_at": self._now() + self._pause}}, upsert=True)

    async def _leader(self, rows: Sequence[Document]) -> Document:
        """The one that others point to already, else the oldest."""
        pointed = await self._messages.find_one({"into": {"$in": [row["_id"] for row in rows]}}, {"into": 1})
        return next((row for row in rows if pointed and row["_id"] == pointed["into"]), rows[0])

    async def _put_off(self, rows: Sequence[Document], rhythm: Document, token: str) -> None:
        later = {"$min": [{"$literal": rhythm["next_at"]}, "$not_after"]}
        ids = [row["_id"] for row in rows]
        await self._messages.update_many(
            {"_id": {"$in": ids}, "lease": token}, [{"$set": {"gather_at": later, "lease": "$$REMOVE"}}]
        )


def together(rows: Sequence[Document]) -> dict[str, Any]:
    """What one message says for many: how many there are, the first of them, and the earliest promise."""
    listed: list[Item] = [
        {"judul": row["params"].get("judul"), "nomor": row["params"].get("nomor")} for row in rows[:LISTED]
    ]
    promises = [row["params"]["janji"] for row in rows if row["params"].get("janji")]
    return {
        "jumlah": len(rows),
        "lain": max(len(rows) - LISTED, 0),
        "daftar": listed,
        "janji": min(promises) if promises else None,
    }
