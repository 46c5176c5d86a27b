"""What an event may do here. Every effect is idempotent by its own shape (a projection guarded by the sequence, a
command on an own aggregate, a document with a deterministic id), so a record that comes twice changes nothing the
second time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.events import Envelope, Event
from shared.mongo import Collection, Document, insert_ignoring_known

WRITTEN_TOGETHER = 100  # rows of one write

Reaction = Callable[[Envelope[Any]], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Keeps a local copy of another service's aggregate. `shape` gives the fields to store (None: nothing to
    store); `id` says under which id, the subject by default. Applied only where it is newer than what stands."""

    collection: Collection
    shape: Callable[[Envelope[Any]], Document | None]
    sequence: str = "seq"
    id: Callable[[Envelope[Any]], str] = lambda envelope: envelope.subject

    def row(self, envelope: Envelope[Any]) -> tuple[str, Document] | None:
        """The id, and the fields as they are to stand."""
        fields = self.shape(envelope)
        return None if fields is None else (self.id(envelope), {**fields, self.sequence: envelope.sequence})

    async def apply(self, envelope: Envelope[Any]) -> None:
        if (row := self.row(envelope)) is not None:
            await self.write(dict([row]))

    async def write(self, rows: Mapping[str, Document]) -> None:
        """One write for many, since a store flushes once per write: those that are there, then those that are not;
        and once more where somebody else wrote one of them first."""
        ids = list(rows)
        for some in (ids[start : start + WRITTEN_TOGETHER] for start in range(0, len(ids), WRITTEN_TOGETHER)):
            there = await self._update(some, rows)
            if there < len(some):
                fresh = await insert_ignoring_known(self.collection, [{"_id": id, **rows[id]} for id in some])
                if there + fresh < len(some) and await self._update(some, rows) < len(some):
                    raise RuntimeError("refused by another index")

    async def _update(self, ids: Sequence[str], rows: Mapping[str, Document]) -> int:
        """Bring those that are there up to date, where they are older; returns how many are there."""
        branches = [{"case": {"$eq": ["$_id", {"$literal": id}]}, "then": self._newer(rows[id])} for id in ids]
        chosen = {"$switch": {"branches": branches, "default": "$$ROOT"}}
        done = await self.collection.update_many({"_id": {"$in": list(ids)}}, [{"$replaceWith": chosen}])
        return done.matched_count

    def _newer(self, row: Document) -> Document:
        older = {"$lt": [{"$ifNull": [f"${self.sequence}", 0]}, row[self.sequence]]}
        return {"$cond": [older, {"$mergeObjects": ["$$ROOT", {"$literal": row}]}, "$$ROOT"]}


Effect = Reaction | Projection
Reactions = Mapping[type[Event], Effect | Sequence[Effect]]
