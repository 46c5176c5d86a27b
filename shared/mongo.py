"""The one file that imports the store's driver: clients with the mandatory settings, the errors that mean
"store away", and a change stream that only ever hints.

Only names that Motor and PyMongo's own async client share are used, so that one setting can choose the other.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pymongo
from pymongo import InsertOne, UpdateOne, monitoring
from pymongo import errors as driver_errors

os.environ.setdefault("MOTOR_MAX_WORKERS", "24")  # read at import; the default is five threads per core

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection, AsyncIOMotorDatabase

__all__ = ["InsertOne", "UpdateOne"]

Document = dict[str, Any]
Client = AsyncIOMotorClient[Document]
Database = AsyncIOMotorDatabase[Document]
Collection = AsyncIOMotorCollection[Document]

ASCENDING, DESCENDING = pymongo.ASCENDING, pymongo.DESCENDING
ReturnDocument = pymongo.ReturnDocument
DuplicateKey = driver_errors.DuplicateKeyError
BulkWriteError = driver_errors.BulkWriteError
DUPLICATE = 11000
UNAVAILABLE = (
    driver_errors.ConnectionFailure,
    driver_errors.ExecutionTimeout,
    driver_errors.InvalidOperation,
)

API_TIMEOUT_MS = 700  # an API answers 503 within a second when the store is away (ADR 0011)
WORKER_TIMEOUT_MS = 20_000

HINT_WAIT_MS = 2_000  # how long the store keeps a question for changes; a stop waits for it at most so long

CLIENT_OPTIONS: dict[str, Any] = {
    "w": "majority",
    "journal": True,
    "retryWrites": True,
    "maxPoolSize": 20,
    "maxConnecting": 2,
    "tz_aware": True,
    "uuidRepresentation": "standard",
    "heartbeatFrequencyMS": 5000,
}


def connect(url: str, *, app: str, timeout_ms: int) -> Client:
    """A client that has not spoken to the store yet. `timeout_ms` bounds every operation, waiting included."""
    return AsyncIOMotorClient(url, appname=app, timeoutMS=timeout_ms, event_listeners=[_Pulse()], **CLIENT_OPTIONS)


class _Pulse(monitoring.CommandListener):
    """When the store last did something for us, and what it owes: to whoever waits for a place, a slow answer and no
    answer look the same."""

    def __init__(self) -> None:
        self.answered_at = 0.0
        self.asked: dict[int, float] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        self.asked[event.operation_id or event.request_id] = time.monotonic()

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        self.answered_at = time.monotonic()
        self.asked.pop(event.operation_id or event.request_id, None)

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        self.asked.pop(event.operation_id or event.request_id, None)


def silent(client: Client, seconds: float) -> bool:
    """Whether the store owes this client an answer for so long, and has not answered anything else meanwhile."""
    since = time.monotonic() - seconds
    for listener in client.delegate.options.event_listeners:
        if isinstance(listener, _Pulse) and listener.answered_at < since:
            return min(list(listener.asked.values()), default=since) < since
    return False


def is_unavailable(error: BaseException) -> bool:
    """Whether the store is away (or too slow), rather than refusing this operation."""
    return isinstance(error, UNAVAILABLE) or (isinstance(error, driver_errors.PyMongoError) and bool(error.timeout))


def reachable(client: Client) -> bool:
    """Whether the driver knows a writable server right now: no round trip."""
    return bool(client.delegate.topology_description.has_writable_server())


def close(client: Client) -> None:
    """Without a goodbye where the store is away: the driver would wait half a minute to say it."""
    if reachable(client):
        client.close()


async def ping(client: Client) -> str:
    """The server's version; raises what `is_unavailable` recognises."""
    return str((await client.admin.command("buildInfo"))["version"])


def duplicate_fields(error: driver_errors.DuplicateKeyError) -> frozenset[str]:
    """Names of the fields of the unique index that refused; never their values."""
    return frozenset((error.details or {}).get("keyPattern") or ())


async def ensure_indexes(collection: Collection, indexes: Mapping[str, dict[str, Any]]) -> None:
    """Create indexes by name; `indexes[name]` = {"keys": [(field, direction)], ...options}. Safe to repeat."""
    for name, spec in indexes.items():
        options = {key: value for key, value in spec.items() if key != "keys"}
        await collection.create_index(spec["keys"], name=name, **options)


async def insert_each(collection: Collection, documents: Sequence[Document]) -> list[bool]:
    """Insert documents with one trip, each on its own: False for those that a unique index refuses."""
    try:
        await collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        details = error.details or {}
        failed = details.get("writeErrors", ())
        if details.get("writeConcernErrors") or any(item.get("code") != DUPLICATE for item in failed):
            raise
        refused = {item["index"] for item in failed}
        return [number not in refused for number in range(len(documents))]
    return [True] * len(documents)


async def insert_ignoring_known(collection: Collection, documents: list[Document]) -> int:
    """Insert documents with deterministic ids; the ones that exist already stay as they are. Returns how many
    were new."""
    return sum(await insert_each(collection, documents)) if documents else 0


async def hints(collection: Collection, pipeline: list[Document]) -> AsyncIterator[Document]:
    """Changes as they happen, for ever. A lost stream is opened again from now: what it missed is the sweep's to
    find, so a hint is never the only way to learn of a change.

    The driver's own change stream changes threads for every single change; its cursor does so for each batch.
    """
    while True:
        try:
            stages = [{"$changeStream": {}}, *pipeline]
            stream = collection.aggregate(stages, maxAwaitTimeMS=HINT_WAIT_MS)
            try:
                while stream.alive:  # type: ignore[truthy-function]  # a property, whatever its stub says
                    async for change in stream:  # ends where nothing came for so long
                        yield change
            finally:
                with contextlib.suppress(driver_errors.PyMongoError):  # the store may have given it up already
                    await stream.close()
        except driver_errors.PyMongoError:
            await asyncio.sleep(1.0)
