"""Cards in the store: who they are about and the photo as seals under the person's key, the rest in plain fields.

`due_at` is when something happens to a card by itself; `queue` stands while an officer is to look, oldest first.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from services.seeker.domain.cards import Card, Details, Holder, next_due
from shared.callers import acting
from shared.clock import start_of, today
from shared.errors import NotFound, StaleVersion
from shared.events import Event
from shared.mongo import ASCENDING, DESCENDING, Database, Document, DuplicateKey, ensure_indexes
from shared.numbers import Numbers
from shared.outbox import INDEXES, Outbox, helped_by
from shared.readings import Readings
from shared.sealed import Erased, Vault

SEAL, PHOTO_SEAL = "jobseeker-card", "jobseeker-card-photo"
SEALED = ("details", "holder", "note")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
DAYS = ("issued_on", "valid_until", "ended_on")
CARDS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "of_seeker": {"keys": [("seeker_id", 1), ("created_at", -1)]},
    "by_number": {"keys": [("number", 1)], "unique": True, "sparse": True},
    "queue": {"keys": [("queue", 1)]},
    "due": {"keys": [("due_at", 1)]},
}


class CardStore:
    """The only place that knows how cards are stored."""

    def __init__(self, database: Database, *, vault: Vault) -> None:
        self.cards, self.photos = database.cards, database.card_photos
        self.readings = Readings(database.card_readings)
        self.numbers = Numbers(database.counters, "AK1", block=1)
        self._outbox, self._vault = Outbox(self.cards, source="seeker"), vault

    async def prepare(self) -> None:
        await ensure_indexes(self.cards, CARDS)
        await ensure_indexes(self.photos, {"of_card": {"keys": [("card_id", 1)]}})
        await self.readings.prepare()

    async def of_seeker(self, seeker_id: str, *, limit: int = 20) -> list[Card]:
        """A person's cards, newest first."""
        found = self.cards.find({"seeker_id": seeker_id}, {"outbox": 0}).sort("created_at", DESCENDING)
        return [await self._read(row) async for row in found.limit(limit)]

    async def load(self, id: str) -> Card:
        return await self._one({"_id": id})

    async def numbered(self, number: str) -> Card:
        return await self._one({"number": number})

    async def _one(self, wanted: Document) -> Card:
        row = await self.cards.find_one(wanted, {"outbox": 0})
        if row is None:
            raise NotFound
        return await self._read(row)

    async def queued(self, *, after: str, limit: int) -> list[tuple[str, Card]]:
        """What officers are to look at, oldest first, each with its place; who was erased is left out."""
        found = self.cards.find({"queue": {"$gt": after}}, {"outbox": 0}).sort("queue", ASCENDING)
        return [(row["queue"], card) async for row in found.limit(limit) if (card := await self._try(row))]

    async def due(self, at: datetime, *, limit: int) -> list[Card]:
        found = self.cards.find({"due_at": {"$lte": at}}, {"outbox": 0}).sort("due_at", ASCENDING)
        return [_plain(row) async for row in found.limit(limit)]

    async def count(self, seeker_id: str) -> int:
        return await self.cards.count_documents({"seeker_id": seeker_id})

    async def create(self, card: Card) -> bool:
        """False where there is one of this id: from two phones at once one card is begun."""
        fields = await self._fields(card)
        born = {"_id": card.id, "seeker_id": card.seeker_id, "created_at": card.created_at}
        if mark := helped_by(1):
            born["helped"] = [mark]
        try:
            await self.cards.insert_one({**born, **fields, "version": 1, "outbox": []})
        except DuplicateKey:
            return False
        return True

    async def rewrite(self, card: Card) -> None:
        """A draft is told to nobody; raises `StaleVersion` where it was changed meanwhile."""
        step: Document = {"$set": await self._fields(card), "$inc": {"version": 1}}
        if mark := helped_by(card.version + 1):
            step["$push"] = {"helped": mark}
        done = await self.cards.update_one({"_id": card.id, "version": card.version}, step)
        if not done.matched_count:
            raise StaleVersion

    async def save(self, before: Card, after: Card, events: Sequence[Event], *, private: bool = True) -> None:
        """`private` False leaves what is sealed as it is: what happens by the clock needs nobody's name."""
        fields = await self._fields(after, private=private)
        await self._outbox.save(before.id, version=before.version, changes=fields, events=events)

    async def add_photo(self, card: Card, photo: bytes) -> str:
        """Keep it beside the card; it counts once the card names it."""
        id = f"{card.id}:{hashlib.sha256(photo).hexdigest()[:16]}"
        sealed = await self._seal(card.seeker_id, PHOTO_SEAL, {"jpeg": base64.b64encode(photo).decode()})
        others = {"card_id": card.id, "_id": {"$nin": [card.photo_id, id]}}
        await self.photos.delete_many(others)
        kept = {"card_id": card.id, "sealed": sealed, "mandate": acting.get()}
        await self.photos.update_one({"_id": id}, {"$set": kept}, upsert=True)
        return id

    async def photo(self, card: Card) -> bytes:
        row = await self.photos.find_one({"_id": card.photo_id}) if card.photo_id else None
        if row is None:
            raise NotFound
        try:
            opened = await self._vault.open(card.seeker_id, PHOTO_SEAL, row["sealed"])
        except Erased:
            raise NotFound from None
        return base64.b64decode(opened["jpeg"])

    async def forget(self, seeker_id: str) -> None:
        """Photos first: a card that is gone no longer says which are its own."""
        cards = [row["_id"] async for row in self.cards.find({"seeker_id": seeker_id}, {"_id": 1})]
        await self.photos.delete_many({"card_id": {"$in": cards}})
        await self.cards.delete_many({"seeker_id": seeker_id})
        await self.readings.forget(seeker_id)

    async def _read(self, row: Document) -> Card:
        card = await self._try(row)
        if card is None:
            raise NotFound
        return card

    async def _try(self, row: Document) -> Card | None:
        try:
            own = await self._vault.open(row["seeker_id"], SEAL, row["sealed"])
        except Erased:
            return None
        details, holder = own.get("details"), own.get("holder")
        return _plain(row).model_copy(
            update={
                "details": details and Details.model_validate(details),
                "holder": holder and Holder.model_validate(holder),
                "note": own.get("note"),
            }
        )

    async def _fields(self, card: Card, *, private: bool = True) -> Document:
        """The marks that are looked for always have a value: a save can set, not take away."""
        stored = card.model_dump(exclude={"id", "seeker_id", "created_at", "version", *SEALED})
        stored |= {name: start_of(stored[name]) for name in DAYS if stored[name]}
        stored["reports"] = [start_of(day) for day in card.reports]
        if card.number is None:
            del stored["number"]  # each card that has none yet would be the second one with that
        due = next_due(card)
        marks: Document = {
            "due_at": due[0] if due else NEVER,
            "queue": f"{card.submitted_at:%Y%m%d%H%M%S%f}-{card.id}" if card.state == "submitted" else "",
        }
        sealed = {}
        if private:
            own = card.model_dump(mode="json", include=set(SEALED))
            sealed = {"sealed": await self._seal(card.seeker_id, SEAL, own)}
        return {**stored, **marks, **sealed}

    async def _seal(self, person: str, purpose: str, data: Document) -> str:
        try:
            return await self._vault.seal(person, purpose, data)
        except Erased:
            raise NotFound from None


def _plain(row: Document) -> Card:
    """What is not sealed."""
    days = {name: today(row[name]) for name in DAYS if row.get(name)}
    reports = tuple(today(at) for at in row.get("reports", ()))
    return Card.model_validate({**row, **days, "id": row["_id"], "reports": reports})
