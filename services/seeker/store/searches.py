"""Saved searches: the person's own words as one seal under the person's key, the rest in plain fields.

`due_at` is the hour that was chosen; `next_at` is the same until a worker takes it under a lease.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.seeker.domain.searches import LIMIT, SavedSearch, Terms
from shared.claims import Claim, Claims
from shared.errors import NotFound, StaleVersion
from shared.events import Event
from shared.mongo import ASCENDING, Database, Document, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES, Outbox
from shared.sealed import Erased, Vault

LEASE_SECONDS = 90.0  # a batch is looked at in seconds; whoever took longer finds that another has it
SEAL, SEALED = "saved-search", ("name", "q")
SEARCHES: dict[str, dict[str, Any]] = {
    **INDEXES,
    "due": {"keys": [("next_at", 1)], "sparse": True},
    # One of `LIMIT` places that a person has: the limit holds also for many at once, without a lock.
    "places": {
        "keys": [("seeker_id", 1), ("place", 1)],
        "unique": True,
        "partialFilterExpression": {"place": {"$exists": True}},
    },
    "dropped": {"keys": [("dropped", 1)], "sparse": True},
}
KEPT: Document = {"place": {"$exists": True}}
NOT_DUE: Document = {"next_at": "", "due_at": "", "lease": ""}


class SearchStore:
    """The only place that knows how these are stored."""

    def __init__(self, database: Database, *, vault: Vault) -> None:
        self.searches = database.saved_searches
        self.claims = Claims(collection=self.searches, field="next_at", lease_seconds=LEASE_SECONDS, filter={})
        self._outbox, self._vault = Outbox(self.searches, source="seeker"), vault

    async def prepare(self) -> None:
        await ensure_indexes(self.searches, SEARCHES)

    async def of_seeker(self, seeker_id: str) -> list[SavedSearch]:
        """All of a person's, oldest first; none for a person whose key was destroyed."""
        found = self.searches.find({"seeker_id": seeker_id, **KEPT}, {"outbox": 0}).sort("_id", ASCENDING)
        read = [await self.read(row) async for row in found]
        return [search for search in read if search is not None]

    async def load(self, id: str, *, seeker_id: str) -> SavedSearch:
        """That person's; raises `NotFound`."""
        row = await self.searches.find_one({"_id": id, "seeker_id": seeker_id, **KEPT}, {"outbox": 0})
        search = await self.read(row) if row else None
        if search is None:
            raise NotFound
        return search

    async def read(self, row: Document) -> SavedSearch | None:
        """None where the person was erased: then nobody looks for anything any more."""
        try:
            own = await self._vault.open(row["seeker_id"], SEAL, row["sealed"])
        except Erased:
            return None
        terms = Terms.model_validate({**row["terms"], **own})
        return SavedSearch.model_validate({"due_at": None, **row, "id": row["_id"], "terms": terms})

    async def create(self, search: SavedSearch) -> bool:
        """Store it in a free place; False where there is none."""
        fields = await self._fields(search)
        refused = set[int]()  # a place that another took meanwhile, or that the store has not given free yet
        while True:
            found = self.searches.find({"seeker_id": search.seeker_id, **KEPT}, {"place": 1})
            taken = {row["place"] async for row in found}
            place = next((place for place in range(1, LIMIT + 1) if place not in taken | refused), None)
            if place is None:
                return False
            born = {"seeker_id": search.seeker_id, "created_at": search.created_at, "place": place}
            try:
                await self.searches.insert_one(
                    {"_id": search.id, **born, **fields, "revision": 0, "version": 0, "outbox": []}
                )
            except DuplicateKey:
                if await self.searches.find_one({"_id": search.id}, {"_id": 1}):
                    return True  # the driver sent it twice: its first answer was lost
                refused.add(place)
                continue
            return True

    async def change(self, before: SavedSearch, after: SavedSearch) -> bool:
        """What the person wants from now on; False where it was looked at or changed meanwhile. A worker that holds
        the search loses it, and its save finds no lease: it is looked at again, under the new terms."""
        read = {"revision": before.revision, "version": before.version, "seen_until": before.seen_until}
        step = {
            "$set": await self._fields(after),
            "$unset": {"lease": ""} if after.active else NOT_DUE,
            "$inc": {"revision": 1},
        }
        where = {"_id": before.id, "seeker_id": before.seeker_id, **KEPT, **read}
        return bool((await self.searches.update_one(where, step)).matched_count)

    async def stop(self, id: str) -> None:
        """Nothing is due any more, until the person wants it again."""
        await self.searches.update_one({"_id": id}, {"$unset": NOT_DUE, "$inc": {"revision": 1}})

    async def drop(self, id: str, *, seeker_id: str | None = None) -> None:
        """Gone for the person. The document goes once everything that it has to tell is told."""
        where = {"_id": id} if seeker_id is None else {"_id": id, "seeker_id": seeker_id}
        await self.searches.update_one(where, {"$set": {"dropped": True}, "$unset": {"place": "", **NOT_DUE}})

    async def forget(self, seeker_id: str) -> None:
        await self.searches.delete_many({"seeker_id": seeker_id})

    async def purge(self) -> None:
        await self.searches.delete_many({"dropped": True, "outbox": []})

    async def looked(self, before: SavedSearch, after: SavedSearch, events: Sequence[Event], *, claim: Claim) -> bool:
        """The news and what is told now, in one save; False where the search was changed, or another looks at it."""
        held = {"lease": claim.token, "due_at": before.due_at}
        marks = {"due_at": after.due_at, "next_at": after.due_at, "seen_until": after.seen_until}
        if not events:
            found = {"_id": before.id, "version": before.version, **held}
            done = await self.searches.update_one(found, {"$set": marks, "$unset": {"lease": ""}})
            return bool(done.matched_count)
        try:
            await self._outbox.save(before.id, version=before.version, changes=marks, events=events, where=held)
        except StaleVersion:
            return False
        return True

    async def put_back(self, id: str, *, claim: Claim, due_at: datetime) -> None:
        await self.searches.update_one({"_id": id, "lease": claim.token}, {"$set": {"next_at": due_at}})

    async def _fields(self, search: SavedSearch) -> Document:
        """What the person may change, and when it is due."""
        words = {name: getattr(search.terms, name) for name in SEALED}
        try:
            sealed = await self._vault.seal(search.seeker_id, SEAL, words)
        except Erased:
            raise NotFound from None
        plain = search.terms.model_dump(exclude=set(SEALED))
        due = {"due_at": search.due_at, "next_at": search.due_at} if search.due_at else {}
        return {"terms": plain, "sealed": sealed, "seen_until": search.seen_until, **due}
