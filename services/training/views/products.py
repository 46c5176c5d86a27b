"""What everybody sees of a participant's product, and the seller of the questions about it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.products import Product
from services.training.store import Stores
from services.training.store.products import QUESTION_SEAL
from services.training.views.cursors import cursor_of, position_of
from shared.contracts.training import ProductState
from shared.errors import NotFound
from shared.pages import Page
from shared.sealed import Erased, Vault

QUESTIONS = 50  # the latest; older ones are answered or forgotten


class ProductView(BaseModel):
    """A product. Nothing of it leads to the seller but a question through us."""

    model_config = ConfigDict(frozen=True, title="Product")
    id: str
    name: str
    description: str
    price: int | None = Field(description="rupiah; null: to be agreed")
    unit: str | None = Field(description="what the price is for, such as a box")
    kelurahan_code: str
    state: ProductState
    reason: str | None = Field(description="why an officer does not show it")
    updated_at: datetime
    version: int


class QuestionView(BaseModel):
    """A question to the seller."""

    model_config = ConfigDict(frozen=True, title="ProductQuestion")
    text: str
    reply_to: str = Field(description="how to answer, as the asker wrote it")
    asked_at: datetime


class ProductViews:
    def __init__(self, stores: Stores, *, vault: Vault) -> None:
        self._stores, self._vault = stores, vault

    async def page(self, *, limit: int, cursor: str | None) -> Page[ProductView]:
        found = await self._stores.products.shown(after=position_of(cursor), limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        items = [show(each) for each in found[:limit]]
        return Page(items=items, next=cursor_of(last.updated_at, last.id) if last else None)

    async def one(self, id: str) -> ProductView:
        found = await self._stores.products.load(id)
        if found.state != "shown":
            raise NotFound
        return show(found)

    async def mine(self, enrolment_id: str, *, seeker_id: str) -> Page[ProductView]:
        """The page of this enrolment: one, or none."""
        found = await self._stores.products.of_enrolment(enrolment_id, seeker_id=seeker_id)
        return Page(items=[show(found)] if found else [], next=None)

    async def questions(self, enrolment_id: str, *, seeker_id: str) -> Page[QuestionView]:
        """The latest ones, for the seller alone."""
        product = await self._stores.products.of_enrolment(enrolment_id, seeker_id=seeker_id)
        if product is None:
            return Page(items=[], next=None)
        shown = []
        for question in await self._stores.products.questions_of(product.id, limit=QUESTIONS):
            try:
                words = await self._vault.open(seeker_id, QUESTION_SEAL, question.sealed)
            except Erased:
                continue
            shown.append(QuestionView(**words, asked_at=question.asked_at))
        return Page(items=shown, next=None)


def show(product: Product) -> ProductView:
    plain = product.model_dump(include={"id", "state", "reason", "updated_at", "version"})
    return ProductView(**plain, **product.words.model_dump())
