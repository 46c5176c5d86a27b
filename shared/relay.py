"""The relay: brings the outboxes of one collection to the bus and clears what was acknowledged."""

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime

from shared import log, metrics
from shared.claims import DUE, Claim, Claims
from shared.kafka import SEND_DEADLINE, Headers, Publisher, TooBig, Undelivered, topic_name
from shared.mongo import Collection, Document, hints, is_unavailable
from shared.outbox import PENDING
from shared.waiting import Waiting

LEASE_SECONDS = 30.0  # three times the publish deadline of shared.kafka
PUBLISH_SECONDS = LEASE_SECONDS - SEND_DEADLINE - 2.0  # no event is begun so late that it could outlast the lease
BATCH = 200
LOOK_AHEAD = 4_000  # documents: a backlog is looked at once for many batches
SIDE_BY_SIDE = 3  # batches of a backlog: while one is published, others are claimed and cleared
FEW, AT_ONCE = 2, 0.001  # documents: where no more came last, a hint waits for nobody
GATHER_SECONDS = 0.006  # for each document that came last a hint waits for company: one claim for many costs a fifth
GATHER_MOST = 0.2  # so that a busy relay claims seldom
SWEEP_SECONDS = 1.0
MEASURE_SECONDS = 5.0

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


class Relay:
    """Brings the outboxes of one collection to the bus: at least once, first deliveries in order per document."""

    def __init__(self, collection: Collection, publisher: Publisher, *, topic_prefix: str = "") -> None:
        self._collection, self._publisher, self._prefix = collection, publisher, topic_prefix
        self._claims = Claims(collection=collection, field="relay_at", lease_seconds=LEASE_SECONDS, filter={})
        self._wake, self._looking = asyncio.Event(), asyncio.Lock()
        self._seen, self._more = list[str](), False
        self._gather = AT_ONCE
        self.moved_at = time.monotonic()
        self._waiting = Waiting(part="relay")
        self._measured_at = 0.0

    @property
    def waiting_for(self) -> str | None:
        """The dependency that is away, if one is."""
        return self._waiting.on

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
            self._gather = AT_ONCE if claimed <= FEW else min(claimed * GATHER_SECONDS, GATHER_MOST)
            await self._drain(stopping)
            self._waiting.set(None)
            await self._measure()
        except Undelivered:
            self._waiting.set("kafka")
        except Exception as error:
            if not is_unavailable(error):
                raise
            self._waiting.set("store")

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
            value = entry["value"].encode() if entry["value"] is not None else None
            try:
                await self._publisher.send(topic, key=row["_id"], value=value, headers=headers)
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
