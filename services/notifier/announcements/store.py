"""The announcements, and the people to whom one goes."""

from typing import Any

from services.notifier.announcements.domain import Announcement
from services.notifier.store import MessageStore
from shared.claims import DUE, Claims
from shared.errors import NotFound, StaleVersion
from shared.mongo import ASCENDING, DESCENDING, Collection, Document, DuplicateKey, ensure_indexes

COUNTED = 100_000
LEASE_SECONDS = 60.0
_DUE = {"spread_due": {"keys": [("next_at", ASCENDING)], "sparse": True}}
_NEWS = {"keys": [("news_on", ASCENDING), ("_id", ASCENDING)], "partialFilterExpression": {"news_on": True}}


class AnnouncementStore:
    def __init__(self, messages: MessageStore) -> None:
        self._rows, self._people = messages.announcements, messages.people.collection
        self._messages, self._contacts = messages.messages, messages.contacts
        self.claims = Claims(collection=self._rows, field="next_at", lease_seconds=LEASE_SECONDS, filter={})

    async def prepare(self) -> None:
        await ensure_indexes(self._rows, _DUE)
        await ensure_indexes(self._people, {"news": _NEWS})

    async def add(self, announcement: Announcement) -> Announcement:
        """The one that is there already, where the same was sent twice."""
        try:
            await self._rows.insert_one({"_id": announcement.id, **_fields(announcement)})
        except DuplicateKey:
            return await self.load(announcement.id)
        return announcement

    async def load(self, id: str) -> Announcement:
        row = await self._rows.find_one({"_id": id})
        if row is None:
            raise NotFound
        return read(row)

    async def newest(self, *, limit: int, before: str | None) -> list[Announcement]:
        """Ids begin with the day: the newest day first."""
        query: Document = {"_id": {"$lt": before}} if before else {}
        found = self._rows.find(query).sort("_id", DESCENDING).limit(limit)
        return [read(row) async for row in found]

    async def save(self, before: Announcement, after: Announcement, *, token: str | None = None) -> Announcement:
        """One guarded write. Released, it is due; ended, it never is again. `token`: only under this lease."""
        changed = after.model_copy(update={"version": before.version + 1})
        due: Document = {"$unset": {"next_at": "", "lease": ""}}
        if after.state == "released" and token is None:
            due = {"$set": {"next_at": DUE}}
        elif after.state == "released":
            due = {"$unset": {"lease": ""}}  # due again where the lease would have ended: in a minute
        changes = {**due, "$set": {**_fields(changed), **due.get("$set", {})}}
        guard = {"lease": token} if token else {}
        done = await self._rows.update_one({"_id": before.id, "version": before.version, **guard}, changes)
        if not done.matched_count:
            raise StaleVersion
        return changed

    async def recall(self, id: str) -> None:
        """Nothing of it that still waits is sent; what a sender holds at this moment may be."""
        waiting = {"_id": {"$gte": f"{id}:", "$lt": f"{id};"}, "state": "waiting", "lease": {"$exists": False}}
        ended = {"$set": {"state": "skipped", "code": "stopped"}, "$unset": {"send_at": ""}}
        await self._messages.update_many(waiting, ended)

    async def count(self, announcement: Announcement) -> int:
        return await self._room(announcement).count_documents(_query(announcement), limit=COUNTED)

    async def next_people(self, announcement: Announcement) -> list[str]:
        query = {**_query(announcement), "_id": {"$gt": announcement.cursor}}
        found = self._room(announcement).find(query, {"_id": 1}).sort("_id", ASCENDING).limit(announcement.per_minute)
        return [row["_id"] async for row in found]

    def _room(self, announcement: Announcement) -> Collection:
        return self._contacts if announcement.to_everybody else self._people


def read(row: Document) -> Announcement:
    return Announcement.model_validate({**row, "id": row["_id"]})


def _fields(announcement: Announcement) -> dict[str, Any]:
    return announcement.model_dump(exclude={"id"})


def _query(announcement: Announcement) -> Document:
    segment = announcement.segment
    if announcement.to_everybody:
        return {"purpose": {"$in": ["seeker-contact", "employer-contact"]}}  # an account's own is the same person's
    query: Document = {"news_on": True} if announcement.purpose == "news" else {}
    if segment.kelurahan:
        query["kelurahan_code"] = {"$in": list(segment.kelurahan)}
    if segment.education:
        query["education"] = {"$in": list(segment.education)}
    if segment.work_kinds:
        query["work_kinds"] = {"$in": [*segment.work_kinds, []]}
    return query
