"""Events saved in the same write as the state they tell of, and the relay that brings them to the bus.

A document carries `version`, `outbox: [event]` and `relay_at`. Writers only push, relays only pull, and nothing is
written a second time "after" the save: what is stored will be told, whatever dies in between.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from shared import log, metrics
from shared.claims import DUE, Claim, Claims
from shared.errors import StaleVersion
from shared.events import Event, encode, seal_envelope
from shared.kafka import SEND_DEADLINE, Headers, Publisher, TooBig, Undelivered, topic_name
from shared.mongo import Collection, Document, hints, is_unavailable

LEASE_SECONDS = 30.0  # three times the publish deadline of shared.kafka
PUBLISH_SECONDS = LEASE_SECONDS - SEND_DEADLINE - 2.0  # no event is begun so late that it could outlast the lease
BATCH = 200
LOOK_AHEAD = 4_000  # documents: a backlog is looked at once for many batches
SIDE_BY_SIDE = 3  # batches of a backlog: while one is published, others are claimed and cleared
GATHER_SECONDS = 0.006  # a hint waits this long for company: one claim for many costs a fifth of the CPU
GATHER_MOST = 0.12  # it waits longer the more came together last, so that a busy relay claims seldom
SWEEP_SECONDS = 1.0
MEASURE_SECONDS = 5.0

INDEXES = {"relay_due": {"keys": [("relay_at", 1)], "sparse": True}}

PENDING: Document = {"relay_at": {"$gte": DUE}}  # a range goes by the index on every server; "exists" may not

_CHANGED: list[Document] = [
    {
        "$match": {
            "$or": [
                {"operationType": "insert"},
                {"updateDescription.updatedFields.version": {"$exists": True}},
            ]
        }
    },
    {"$project": {"_id": 1}},
]


class Outbox:
    """How a service's store writes one collection. `source` is the service's name."""

    def __init__(self, collection: Collection, *, source: str) -> None:
        self.collection, self._source = collection, source

    def document(self, id: str, fields: Document, events: Sequence[Event]) -> Document:
        """A new document with its first events inside; several may go into one `insert_many`."""
        entries = self._entries(id, 0, events)
        return {"_id": id, **fields, "version": len(events), "outbox": entries, "relay_at": DUE}

    async def create(self, id: str, fields: Document, events: Sequence[Event]) -> None:
        """One insert. A duplicate natural key raises the driver's error: the caller knows what it means."""
        await self.collection.insert_one(self.document(id, fields, events))

    async def save(
        self,
        id: str,
        *,
        version: int,
        changes: Document,
        events: Sequence[Event],
        where: Document | None = None,
    ) -> int:
        """One guarded update from `version`; returns the version it made, raises `StaleVersion` if another was
        first. `where` narrows the guard, for example to the owner."""
        done = await self.collection.update_one(
            {"_id": id, "version": version, **(where or {})},
            {
                "$set": changes,
                "$inc": {"version": len(events)},
                "$push": {"outbox": {"$each": self._entries(id, version, events)}},
                "$max": {"relay_at": DUE},
            },
        )
        if not done.matched_count:
            raise StaleVersion
        return version + len(events)

    def _entries(self, id: str, version: int, events: Sequence[Event]) -> list[Document]:
        entries: list[Document] = []
        for offset, event in enumerate(events, start=1):
            envelope = seal_envelope(
                event,
                source=self._source,
                subject=id,
                sequence=version + offset,
                correlation=log.correlation.get(),
                causation=log.causation.get(),
            )
            entry: Document = {"id": envelope.id, "topic": event.topic, "value": encode(envelope)}
            if trace := log.traceparent.get():
                entry["traceparent"] = trace
            entries.append({**entry, "at": envelope.time})
        return entries


class Relay:
    """Brings the outboxes of one collection to the bus: at least once, first deliveries in order per document."""

    def __init__(self, collection: Collection, publisher: Publisher, *, topic_prefix: str = "") -> None:
        self._collection, self._publisher, self._prefix = collection, publisher, topic_prefix
        self._claims = Claims(collection=collection, field="relay_at", lease_seconds=LEASE_SECONDS, filter={})
        self._wake, self._looking = asyncio.Event(), asyncio.Lock()
        self._seen, self._more = list[str](), False
        self._gather = GATHER_SECONDS
        self.moved_at = time.monotonic()
        self.waiting_for: str | None = None
        self._measured_at = 0.0

    async def run(self, stopping: asyncio.Event) -> None:
        """Relay until `stopping`; every failure is a dependency that is away, waited for in sight."""
        listener = asyncio.create_task(self._listen(), name="relay-hints")
        try:
            while not stopping.is_set():
                await self._sweep(stopping)
                await self._sleep_until_woken(stopping)
        finally:
            listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listener

    async def _sweep(self, stopping: asyncio.Event) -> None:
        try:
            self._seen = []  # what was left when something was away may be old
            claimed = await self.relay_batch()
            self._gather = min(max(claimed, 1) * GATHER_SECONDS, GATHER_MOST)
            await self._drain(stopping)
            self._waits(None)
            await self._measure()
        except Undelivered:
            self._waits("kafka")
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._waits("store")

    async def _drain(self, stopping: asyncio.Event) -> None:
        """The rest of a backlog; each batch that was begun is brought to its end."""

        async def lane() -> None:
            while (self._seen or self._more) and not stopping.is_set():
                if not await self.relay_batch():
                    return

        if self._seen or self._more:
            for ended in await asyncio.gather(*(lane() for _ in range(SIDE_BY_SIDE)), return_exceptions=True):
                if isinstance(ended, BaseException):
                    raise ended

    async def relay_batch(self) -> int:
        """Claim, publish, clear one batch; returns how many documents were claimed."""
        ids = await self._next()
        while ids:
            latest = time.monotonic() + PUBLISH_SECONDS
            claim = await self._claims.hold(ids)
            if claim.documents:  # another relay may have taken them meanwhile
                return await self._relay(claim, latest)
            ids = await self._next() if self._seen else []  # due by our clock only: no reason to look again at once
        return 0

    async def _relay(self, claim: Claim, latest: float) -> int:
        sent = await asyncio.gather(*(self._publish(row, latest) for row in claim.documents))
        published = [id for ids, _ in sent for id in ids]
        await self._clear([row["_id"] for row in claim.documents], claim.token, published)
        self.moved_at = time.monotonic()
        if any(failed for _, failed in sent):
            raise Undelivered
        return len(claim.documents)

    async def _next(self) -> list[str]:
        """A batch of what is known to be due. Of several relays each begins elsewhere in a backlog."""
        async with self._looking:
            if not self._seen:
                found = await self._claims.due(LOOK_AHEAD)
                start = random.randrange(0, len(found), BATCH) if found else 0
                self._seen, self._more = found[start:] + found[:start], len(found) == LOOK_AHEAD
            ids, self._seen = self._seen[:BATCH], self._seen[BATCH:]
            return ids

    async def _publish(self, row: Document, latest: float) -> tuple[list[str], bool]:
        """Send one document's events in order; stop at the first that is not acknowledged, and at the instant
        `latest`: under a lease that has run out another relay is at work."""
        done: list[str] = []
        for entry in row.get("outbox", ()):
            if time.monotonic() > latest:
                return done, False
            headers: Headers = [("content-type", b"application/cloudevents+json")]
            if trace := entry.get("traceparent"):
                headers = [*headers, ("traceparent", trace.encode())]
            topic = topic_name(self._prefix, entry["topic"])
            try:
                await self._publisher.send(topic, key=row["_id"], value=entry["value"].encode(), headers=headers)
            except Undelivered:
                return done, True
            except TooBig:
                log.get().error("event_too_big", event_id=entry["id"], topic=entry["topic"])
                return done, False  # it stays in the outbox, and its age in the metric, until somebody looks
            metrics.relayed.labels(entry["topic"]).inc()
            done.append(entry["id"])
        return done, False

    async def _clear(self, ids: list[str], token: str, published: list[str]) -> None:
        """Pull exactly what was published and give the documents back, in one atomic step per document: one with
        an empty outbox is no longer due; one that got a new event meanwhile is due at once."""
        left = {"$filter": {"input": "$outbox", "cond": {"$not": [{"$in": ["$$this.id", {"$literal": published}]}]}}}
        empty = {"$eq": [{"$size": "$outbox"}, 0]}
        await self._collection.update_many(
            {"_id": {"$in": ids}, "lease": token},
            [
                {"$set": {"outbox": left}},
                {"$set": {"relay_at": {"$cond": [empty, "$$REMOVE", DUE]}, "lease": "$$REMOVE"}},
            ],
        )

    async def _listen(self) -> None:
        async for _ in hints(self._collection, _CHANGED):
            if not self._wake.is_set():
                self._wake.set()
                await asyncio.sleep(self._gather)  # what comes meanwhile comes in one batch

    async def _sleep_until_woken(self, stopping: asyncio.Event) -> None:
        """A hint or the sweep's second, whichever is first."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._wake.wait()
                await asyncio.sleep(self._gather)
        self._wake.clear()

    def _waits(self, dependency: str | None) -> None:
        if dependency and dependency != self.waiting_for:
            log.get().warning("relay_waits", dependency=dependency)
        self.waiting_for = dependency
        for name in ("kafka", "store"):
            metrics.waiting.labels(f"relay-{name}").set(name == dependency)

    async def _measure(self) -> None:
        if time.monotonic() - self._measured_at < MEASURE_SECONDS:
            return
        self._measured_at = time.monotonic()
        oldest = await self._collection.find_one(PENDING, {"outbox": {"$slice": 1}})
        age = 0.0
        if oldest and oldest.get("outbox"):
            age = (datetime.now(UTC) - oldest["outbox"][0]["at"]).total_seconds()
        metrics.outbox_oldest.set(max(age, 0.0))
        pending = await self._collection.count_documents(PENDING, limit=10_000)
        metrics.outbox_pending.set(pending)
