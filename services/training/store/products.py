"""Products of participants, and the questions about them. One page per enrolment, one question per person and day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.training.domain.products import Product, Question
from shared.errors import NotFound
from shared.events import Event
from shared.mongo import DESCENDING, Database, Document, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES, Outbox

PRODUCTS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "one_per_enrolment": {"keys": [("enrolment_id", 1)], "unique": True},
    "shown": {"keys": [("state", 1), ("updated_at", -1), ("_id", -1)]},
}
QUESTIONS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "one_a_day": {"keys": [("product_id", 1), ("asker_id", 1), ("day", 1)], "unique": True},
    "of_product": {"keys": [("product_id", 1), ("asked_at", -1)]},
    # A person's questions of a day, whatever they are about: nobody writes to everybody.
    "of_asker": {"keys": [("asker_id", 1), ("day", 1)]},
}
QUESTION_SEAL = "product-question"  # purpose under the seller's key
Position = tuple[datetime, str]


class ProductStore:
    """The only place that knows how these are stored."""

    def __init__(self, database: Database) -> None:
        self.products, self.questions = database.products, database.questions
        self._products, self._questions = (
            Outbox(each, source="training") for each in (self.products, self.questions)
        )

    async def prepare(self) -> None:
        await ensure_indexes(self.products, PRODUCTS)
        await ensure_indexes(self.questions, QUESTIONS)

    async def create(self, product: Product, events: Sequence[Event]) -> bool:
        """False where the enrolment has one."""
        try:
            await self._products.create(product.id, product.model_dump(exclude={"id", "version"}), events)
        except DuplicateKey:
            return False
        return True

    async def save(self, before: Product, after: Product, events: Sequence[Event]) -> Product:
        changes = after.model_dump(exclude={"id", "version"})
        version = await self._products.save(before.id, version=before.version, changes=changes, events=events)
        return after.model_copy(update={"version": version})

    async def load(self, id: str) -> Product:
        row = await self.products.find_one({"_id": id}, {"outbox": 0})
        if row is None:
            raise NotFound
        return _product(row)

    async def of_enrolment(self, enrolment_id: str, *, seeker_id: str) -> Product | None:
        row = await self.products.find_one({"enrolment_id": enrolment_id, "seeker_id": seeker_id}, {"outbox": 0})
        return _product(row) if row else None

    async def shown(self, *, after: Position | None, limit: int) -> list[Product]:
        """The latest first."""
        wanted: Document = {"state": "shown"}
        if after is not None:
            at, id = after
            wanted["$or"] = [{"updated_at": {"$lt": at}}, {"updated_at": at, "_id": {"$lt": id}}]
        found = self.products.find(wanted, {"outbox": 0}).sort([("updated_at", DESCENDING), ("_id", DESCENDING)])
        return [_product(row) async for row in found.limit(limit)]

    async def forget(self, seeker_id: str) -> None:
        """The person's products with the questions about them, and the questions that the person asked."""
        mine = [row["_id"] async for row in self.products.find({"seeker_id": seeker_id}, {"_id": 1})]
        await self.questions.delete_many({"product_id": {"$in": mine}})
        await self.products.delete_many({"_id": {"$in": mine}})
        await self.questions.delete_many({"asker_id": seeker_id})

    async def asked_today(self, asker_id: str, day: str, *, limit: int) -> int:
        return int(await self.questions.count_documents({"asker_id": asker_id, "day": day}, limit=limit))

    async def ask(self, question: Question, events: Sequence[Event], *, day: str) -> bool:
        """False where this person asked about this product today."""
        fields = {**question.model_dump(exclude={"id"}), "day": day}
        try:
            await self._questions.create(question.id, fields, events)
        except DuplicateKey:
            return False
        return True

    async def questions_of(self, product_id: str, *, limit: int) -> list[Question]:
        """The latest first."""
        found = self.questions.find({"product_id": product_id}, {"outbox": 0}).sort([("asked_at", DESCENDING)])
        return [Question.model_validate({**row, "id": row["_id"]}) async for row in found.limit(limit)]


def _product(row: Document) -> Product:
    return Product.model_validate({**row, "id": row["_id"]})
