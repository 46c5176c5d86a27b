"""Events saved in the same write as the state they tell of.

A document carries `version`, `outbox: [event]` and `relay_at`. Writers only push, relays only pull, and nothing is
written a second time "after" the save: what is stored will be told, whatever dies in between.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from shared import log
from shared.callers import acting
from shared.claims import DUE
from shared.errors import StaleVersion
from shared.events import Event, Tombstone, encode, new_id, seal_envelope
from shared.mongo import Collection, Document

News = Event | Tombstone

INDEXES = {"relay_due": {"keys": [("relay_at", 1)], "sparse": True}}

PENDING: Document = {"relay_at": {"$gte": DUE}}  # a range goes by the index on every server; "exists" may not


def helped_by(version: int) -> Document | None:
    """What a document keeps of a step that somebody made for the person: under which mandate, and which version it
    made. A mandate lasts a sitting, so these stay few."""
    mandate = acting.get()
    return {"mandate": mandate, "version": version} if mandate else None


class Outbox:
    """How a service's store writes one collection. `source` is the service's name."""

    def __init__(self, collection: Collection, *, source: str) -> None:
        self.collection, self._source = collection, source

    def document(
        self, id: str, fields: Document, events: Sequence[Event], *, copies: Sequence[News] = (), after: int = 0
    ) -> Document:
        """A new document with its first events inside; several may go into one `insert_many`. `copies` tell others,
        on topics of their own, of the version that the last event makes. `after` is the version that it follows,
        where another document had the id before."""
        version = after + len(events)
        entries = [*self._entries(id, after, events), *self._copies(id, version, copies)]
        helped = {"helped": [mark]} if (mark := helped_by(version)) else {}
        return {"_id": id, **fields, **helped, "version": version, "outbox": entries, "relay_at": DUE}

    async def create(
        self, id: str, fields: Document, events: Sequence[Event], *, copies: Sequence[News] = (), after: int = 0
    ) -> None:
        """One insert. A duplicate natural key raises the driver's error: the caller knows what it means."""
        await self.collection.insert_one(self.document(id, fields, events, copies=copies, after=after))

    async def save(
        self,
        id: str,
        *,
        version: int,
        changes: Document,
        events: Sequence[Event],
        where: Document | None = None,
        copies: Sequence[News] = (),
    ) -> int:
        """One guarded update from `version`; returns the version it made, raises `StaleVersion` if another was
        first. `where` narrows the guard, for example to the owner; `copies` are as in `document`."""
        entries = [*self._entries(id, version, events), *self._copies(id, version + len(events), copies)]
        pushed: Document = {"outbox": {"$each": entries}}
        if mark := helped_by(version + len(events)):
            pushed["helped"] = mark
        done = await self.collection.update_one(
            {"_id": id, "version": version, **(where or {})},
            {
                "$set": changes,
                "$inc": {"version": len(events)},
                "$push": pushed,
                "$max": {"relay_at": DUE},
            },
        )
        if not done.matched_count:
            raise StaleVersion
        return version + len(events)

    def _copies(self, id: str, version: int, copies: Sequence[News]) -> list[Document]:
        return [entry for copy in copies for entry in self._entries(id, version - 1, [copy])]

    def _entries(self, id: str, version: int, events: Sequence[News]) -> list[Document]:
        entries: list[Document] = []
        for offset, event in enumerate(events, start=1):
            if isinstance(event, Tombstone):
                entries.append({"id": new_id("end"), "topic": event.topic, "value": None, "at": datetime.now(UTC)})
                continue
            envelope = seal_envelope(
                event,
                source=self._source,
                subject=id,
                sequence=version + offset,
                correlation=log.correlation.get(),
                causation=log.causation.get(),
                mandate=acting.get(),
            )
            entry: Document = {"id": envelope.id, "topic": event.topic, "value": encode(envelope)}
            if trace := log.traceparent.get():
                entry["traceparent"] = trace
            entries.append({**entry, "at": envelope.time})
        return entries
