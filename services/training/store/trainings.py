"""Trainings in the store. `arrivals` is raised by the store itself, one by one: it makes the order of the line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from services.training.domain.trainings import Training
from shared.contracts.training import TrainingState
from shared.errors import NotFound
from shared.events import Event
from shared.mongo import ASCENDING, DESCENDING, Database, Document, ReturnDocument, ensure_indexes
from shared.outbox import INDEXES, Outbox

TRAININGS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "number": {"keys": [("number", 1)], "unique": True},
    "by_state": {"keys": [("state", 1), ("starts_at", 1), ("_id", 1)]},
    "settling": {"keys": [("settling", 1)]},
}
Position = tuple[datetime, str]
Order = Literal["next_first", "latest_first"]


class TrainingStore:
    """The only place that knows how trainings are stored."""

    def __init__(self, database: Database) -> None:
        self.trainings, self.counters = database.trainings, database.counters
        self._outbox = Outbox(self.trainings, source="training")

    async def prepare(self) -> None:
        await ensure_indexes(self.trainings, TRAININGS)

    async def create(self, training: Training, events: Sequence[Event]) -> Training:
        await self._outbox.create(training.id, {**_fields(training), "arrivals": 0}, events)
        return training.model_copy(update={"version": len(events)})

    async def save(self, before: Training, after: Training, events: Sequence[Event]) -> Training:
        """Raises `StaleVersion` where another was first, and then nothing is stored."""
        version = await self._outbox.save(before.id, version=before.version, changes=_fields(after), events=events)
        return after.model_copy(update={"version": version})

    async def load(self, id: str) -> Training:
        row = await self.trainings.find_one({"_id": id}, {"outbox": 0})
        if row is None:
            raise NotFound
        return _training(row)

    async def arrive(self, id: str) -> Training | None:
        """The training with one arrival more, whose count is the ticket; None where it is not published any more.
        One atomic step of the store: no two people get one ticket, and what is lost on the way is only a gap."""
        row = await self.trainings.find_one_and_update(
            {"_id": id, "state": "published"},
            {"$inc": {"arrivals": 1}},
            projection={"outbox": 0},
            return_document=ReturnDocument.AFTER,
        )
        return None if row is None else _training(row)

    async def page(
        self, states: Sequence[TrainingState], *, order: Order, after: Position | None, limit: int
    ) -> list[Training]:
        """By the first session."""
        way = ASCENDING if order == "next_first" else DESCENDING
        wanted: Document = {"state": {"$in": list(states)}}
        if after is not None:
            beyond, (at, id) = "$gt" if order == "next_first" else "$lt", after
            wanted["$or"] = [{"starts_at": {beyond: at}}, {"starts_at": at, "_id": {beyond: id}}]
        found = self.trainings.find(wanted, {"outbox": 0}).sort([("starts_at", way), ("_id", way)])
        return [_training(row) async for row in found.limit(limit)]

    async def running(self, *, limit: int) -> list[Training]:
        """Those that are published: some dozens in a city."""
        return await self.page(["published"], order="next_first", after=None, limit=limit)

    async def settling(self, *, limit: int) -> list[Training]:
        """Those that ended, and whose people are not all told."""
        found = self.trainings.find({"settling": True}, {"outbox": 0})
        return [_training(row) async for row in found.limit(limit)]

    async def settled(self, id: str) -> None:
        """A mark of the worker's own: it says nothing to anybody."""
        await self.trainings.update_one({"_id": id, "settling": True}, {"$set": {"settling": False}})


def _training(row: Document) -> Training:
    return Training.model_validate({**row, "id": row["_id"]})


def _fields(training: Training) -> Document:
    """Everything but the store's own count. `starts_at` is kept beside the terms to sort by."""
    fields = training.model_dump(exclude={"id", "version", "arrivals"})
    return {**fields, "starts_at": training.starts_at}
