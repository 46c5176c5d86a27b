"""Enrolments in the store. Two unique indexes carry the rules that must hold for many at once: one enrolment per
person and training, and one holder per seat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.training.domain.enrolments import Enrolment
from shared.contracts.training import EnrolmentState
from shared.errors import NotFound
from shared.events import Event
from shared.mongo import (
    ASCENDING,
    DESCENDING,
    Database,
    Document,
    DuplicateKey,
    duplicate_fields,
    ensure_indexes,
)
from shared.outbox import INDEXES, Outbox

ENROLMENTS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "one_per_person": {"keys": [("seeker_id", 1), ("training.id", 1)], "unique": True},
    "seats": {
        "keys": [("training.id", 1), ("seat", 1)],
        "unique": True,
        "partialFilterExpression": {"seat": {"$gt": 0}},
    },
    "line": {"keys": [("training.id", 1), ("state", 1), ("ticket", 1)]},
    "of_seeker": {"keys": [("seeker_id", 1), ("enrolled_at", -1), ("_id", -1)]},
    "offers": {"keys": [("reply_by", 1)]},
    "to_ask": {"keys": [("follow_up_at", 1)]},
    "certificates": {
        "keys": [("certificate_number", 1)],
        "unique": True,
        "partialFilterExpression": {"certificate_number": {"$gt": ""}},
    },
}
Position = tuple[datetime, str]


class SeatTaken(Exception):
    """Another has this seat."""


class EnrolmentStore:
    """The only place that knows how enrolments are stored."""

    def __init__(self, database: Database) -> None:
        self.enrolments = database.enrolments
        self._outbox = Outbox(self.enrolments, source="training")

    async def prepare(self) -> None:
        await ensure_indexes(self.enrolments, ENROLMENTS)

    async def create(self, enrolment: Enrolment, events: Sequence[Event]) -> bool:
        """One insert; False where the person is enrolled already; raises `SeatTaken`."""
        try:
            await self._outbox.create(enrolment.id, _fields(enrolment), events)
        except DuplicateKey as error:
            if "seat" in duplicate_fields(error):
                raise SeatTaken from None
            return False
        return True

    async def save(self, before: Enrolment, after: Enrolment, events: Sequence[Event]) -> Enrolment:
        """Raises `StaleVersion` where another was first and `SeatTaken`; then nothing is stored."""
        try:
            version = await self._outbox.save(
                before.id, version=before.version, changes=_fields(after), events=events
            )
        except DuplicateKey:
            raise SeatTaken from None
        return after.model_copy(update={"version": version})

    async def load(self, id: str, *, seeker_id: str | None = None) -> Enrolment:
        """With `seeker_id` only that person's; raises `NotFound`."""
        mine = {} if seeker_id is None else {"seeker_id": seeker_id}
        found = _enrolment(await self.enrolments.find_one({"_id": id, **mine}, {"outbox": 0}))
        if found is None:
            raise NotFound
        return found

    async def of_person(self, training_id: str, *, seeker_id: str) -> Enrolment | None:
        wanted = {"seeker_id": seeker_id, "training.id": training_id}
        return _enrolment(await self.enrolments.find_one(wanted, {"outbox": 0}))

    async def seats_taken(self, training_id: str, *, limit: int) -> int:
        """How many seats are held, offered ones included; at most `limit` are counted."""
        return int(await self.enrolments.count_documents(_held(training_id), limit=limit))

    async def free_seat(self, training_id: str, *, capacity: int) -> int | None:
        """The lowest seat that nobody has."""
        found = self.enrolments.find(_held(training_id), {"seat": 1})
        taken = {row["seat"] async for row in found}
        if len(taken) >= capacity:
            return None
        return next(seat for seat in range(1, capacity + 1) if seat not in taken)

    async def first_waiting(self, training_id: str) -> Enrolment | None:
        found = await self.in_line(training_id, ["waiting"], after=0, limit=1)
        return found[0] if found else None

    async def before_in_line(self, training_id: str, *, ticket: int, limit: int) -> int:
        """How many wait in front of a ticket."""
        wanted = {"training.id": training_id, "state": "waiting", "ticket": {"$lt": ticket}}
        return int(await self.enrolments.count_documents(wanted, limit=limit))

    async def in_line(
        self, training_id: str, states: Sequence[EnrolmentState], *, after: int, limit: int
    ) -> list[Enrolment]:
        """In the order of arrival, from behind the ticket `after`."""
        wanted = {"training.id": training_id, "state": {"$in": list(states)}, "ticket": {"$gt": after}}
        return await self._find(wanted, [("ticket", ASCENDING)], limit)

    async def unanswered(self, until: datetime, *, limit: int) -> list[Enrolment]:
        """Offers whose time is over."""
        return await self._find({"reply_by": {"$lte": until}}, [("reply_by", ASCENDING)], limit)

    async def to_ask(self, until: datetime, *, limit: int) -> list[Enrolment]:
        """Whose next question is due."""
        return await self._find({"follow_up_at": {"$lte": until}}, [("follow_up_at", ASCENDING)], limit)

    async def certified(self, number: str) -> Enrolment | None:
        return _enrolment(await self.enrolments.find_one({"certificate_number": number}, {"outbox": 0}))

    async def outcomes(self, training_id: str, *, limit: int) -> list[Document]:
        """State, sessions and answers of everybody, for counting."""
        shown = {"_id": 0, "state": 1, "attended": 1, "answers": 1}
        return [row async for row in self.enrolments.find({"training.id": training_id}, shown).limit(limit)]

    async def mine(self, seeker_id: str, *, after: Position | None, limit: int) -> list[Enrolment]:
        """A person's own, newest first."""
        wanted: Document = {"seeker_id": seeker_id}
        if after is not None:
            at, id = after
            wanted["$or"] = [{"enrolled_at": {"$lt": at}}, {"enrolled_at": at, "_id": {"$lt": id}}]
        return await self._find(wanted, [("enrolled_at", DESCENDING), ("_id", DESCENDING)], limit)

    async def _find(self, wanted: Document, order: list[tuple[str, int]], limit: int) -> list[Enrolment]:
        found = self.enrolments.find(wanted, {"outbox": 0}).sort(order).limit(limit)
        return [Enrolment.model_validate({**row, "id": row["_id"]}) async for row in found]


def _held(training_id: str) -> Document:
    return {"training.id": training_id, "seat": {"$gt": 0}}


def _enrolment(row: Document | None) -> Enrolment | None:
    return None if row is None else Enrolment.model_validate({**row, "id": row["_id"]})


def _fields(enrolment: Enrolment) -> Document:
    return enrolment.model_dump(exclude={"id", "version"})
