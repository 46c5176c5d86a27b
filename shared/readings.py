"""Who looked at a person's data (UU 27/2022 art. 32): written before it is shown, read by the person, gone after a
year. One row for each thing, reader and day, however often it was opened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from shared import clock
from shared.callers import Caller
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.mongo import Collection, Document, UpdateOne, ensure_indexes

KEPT = timedelta(days=365)
Way = Literal["listed", "opened", "downloaded", "disability", "attachment"]
_INDEXES: Mapping[str, dict[str, Any]] = {
    "of_person": {"keys": [("person", 1), ("last_at", -1), ("_id", -1)]},
    "forget": {"keys": [("delete_at", 1)], "expireAfterSeconds": 0},
}


class Read(NamedTuple):
    """Whose data, what of it (an id), and what the person will recognise it by."""

    person: str
    about: str
    known_as: Mapping[str, str]


class Reading(BaseModel):
    """One reader, one day. Which officer it was is kept for inspection and not shown; a company is named."""

    model_config = ConfigDict(frozen=True)
    role: Literal["employer", "officer"]
    known_as: dict[str, str] = Field(description="such as number, title and employer_name of an application")
    ways: tuple[Way, ...] = Field(
        description="in a list, by itself, downloaded as a file, what is said of a disability, what is attached"
    )
    times: int
    first_at: datetime
    last_at: datetime


class Readings:
    def __init__(self, collection: Collection, *, now: clock.Clock = clock.now) -> None:
        self.collection, self._now = collection, now

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, _INDEXES)

    async def note(self, seen: Sequence[Read], *, caller: Caller, way: Way) -> None:
        """Keep that `caller` reads this; what a person reads of the own is nobody's business."""
        if caller.role != "seeker" and seen:
            at = self._now()
            await self.collection.bulk_write([_noted(each, caller, way, at) for each in seen], ordered=False)

    async def of(self, person: str, *, limit: int, cursor: str | None) -> tuple[list[Reading], str | None]:
        """The newest first, and the cursor of the next page."""
        wanted: Document = {"person": person}
        if cursor is not None:
            at, id = _position(cursor)
            wanted["$or"] = [{"last_at": {"$lt": at}}, {"last_at": at, "_id": {"$lt": id}}]
        found = self.collection.find(wanted).sort([("last_at", -1), ("_id", -1)]).limit(limit + 1)
        rows = [row async for row in found]
        last = rows[limit - 1] if len(rows) > limit else None
        following = encode_cursor(round(last["last_at"].timestamp() * 1000), last["_id"]) if last else None
        return [Reading.model_validate(row) for row in rows[:limit]], following

    async def forget(self, person: str) -> None:
        await self.collection.delete_many({"person": person})


def _noted(read: Read, caller: Caller, way: Way, at: datetime) -> UpdateOne:
    role = "employer" if caller.role == "employer" else "officer"
    id = f"{read.about}:{clock.today(at).isoformat()}:{caller.account_id}"
    born = {"person": read.person, "role": role, "first_at": at}
    change: Document = {
        "$setOnInsert": born,
        "$set": {"known_as": dict(read.known_as), "last_at": at, "delete_at": at + KEPT},
        "$inc": {"times": 1},
        "$addToSet": {"ways": way},
    }
    return UpdateOne({"_id": id}, change, upsert=True)


def _position(cursor: str) -> tuple[datetime, str]:
    milliseconds, id = decode_cursor(cursor, length=2)
    if not isinstance(milliseconds, int) or not isinstance(id, str):
        raise BadCursor
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds), id
    except OverflowError:
        raise BadCursor from None
