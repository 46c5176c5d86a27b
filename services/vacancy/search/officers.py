"""Synonym groups that officers add: kept in the service's database, in use in every replica some seconds later."""

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from services.vacancy.search.words import words
from shared import log
from shared.errors import NotFound
from shared.mongo import ASCENDING, Collection, Document, hints, is_unavailable

SWEEP_SECONDS = 30.0  # a hint may get lost
MOST_GROUPS = 1_000
_CHANGED: list[Document] = [{"$project": {"documentKey": 1, "operationType": 1}}]

Row = dict[str, Any]


class SynonymGroups:
    """The collection as officers edit it; a canonical word has one group."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    async def all(self) -> list[Row]:
        return await self._collection.find({}).sort("canonical", ASCENDING).to_list(MOST_GROUPS)

    async def put(self, canonical: str, variants: Sequence[str], *, by: str) -> tuple[Row, bool]:
        """The group as it is now, and whether it is new."""
        canonical = " ".join(canonical.lower().split())
        said = dict.fromkeys(" ".join(variant.lower().split()) for variant in variants)
        id = f"syn_{hashlib.blake2b(' '.join(words(canonical)).encode(), digest_size=10).hexdigest()}"
        fields: Row = {"canonical": canonical, "variants": [variant for variant in said if variant != canonical]}
        written = await self._collection.update_one(
            {"_id": id},
            {"$set": {**fields, "changed_by": by}, "$setOnInsert": {"created_at": datetime.now(UTC)}},
            upsert=True,
        )
        row = await self._collection.find_one({"_id": id})
        return row or {"_id": id, **fields}, written.upserted_id is not None

    async def remove(self, id: str) -> None:
        """Raises `NotFound`."""
        if not (await self._collection.delete_one({"_id": id})).deleted_count:
            raise NotFound


class SynonymFollower:
    """Tells `changed` of the groups whenever they differ from the last ones."""

    def __init__(self, collection: Collection, changed: Callable[[list[tuple[str, list[str]]]], None]) -> None:
        self._groups, self._collection, self._changed = SynonymGroups(collection), collection, changed
        self._last: list[tuple[str, list[str]]] = []
        self._wake = asyncio.Event()

    async def follow(self) -> None:
        """For ever. A store that is away is waited for: the last groups stay in use."""
        listener = asyncio.create_task(self._listen(), name="synonym-hints")
        try:
            while True:
                await self.refresh()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SWEEP_SECONDS):
                        await self._wake.wait()
                self._wake.clear()
        finally:
            listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listener

    async def refresh(self) -> None:
        try:
            found = [(row["canonical"], list(row["variants"])) for row in await self._groups.all()]
        except Exception as error:
            if not is_unavailable(error):
                log.get().error("synonyms_unreadable", exc_info=error)
            await asyncio.sleep(1.0)
            return
        if found != self._last:
            self._last = found
            self._changed(found)

    async def _listen(self) -> None:
        async for _ in hints(self._collection, _CHANGED):
            self._wake.set()
