"""What a participant makes and sells after a training: a page of its own, with questions that come through us."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.enrolments import Enrolment
from services.training.problems import KelurahanUnknown, NotCompleted
from shared.contracts import training as told
from shared.contracts.training import ProductState
from shared.errors import WrongState
from shared.events import Event
from shared.reference.tables import kelurahan


class Words(BaseModel):
    """What the seller writes."""

    model_config = ConfigDict(frozen=True)
    name: str
    description: str
    price: int | None
    unit: str | None
    kelurahan_code: str


class Product(BaseModel):
    """One page per completed training and person."""

    model_config = ConfigDict(frozen=True)
    id: str
    seeker_id: str
    enrolment_id: str
    words: Words
    state: ProductState
    reason: str | None = Field(None, description="why an officer does not show it")
    created_at: datetime
    updated_at: datetime
    version: int = 0


class Question(BaseModel):
    """What somebody asked. `sealed` is under the seller's key: the words, and how to answer."""

    model_config = ConfigDict(frozen=True)
    id: str
    product_id: str
    seeker_id: str
    asker_id: str
    sealed: str
    asked_at: datetime


Decided = tuple[Product, list[Event]]


def show(enrolment: Enrolment, words: Words, *, id: str, at: datetime) -> Decided:
    """For whoever completed the training."""
    if enrolment.state != "completed":
        raise NotCompleted(state=enrolment.state)
    _check(words)
    product = Product(
        id=id,
        seeker_id=enrolment.seeker_id,
        enrolment_id=enrolment.id,
        words=words,
        state="shown",
        created_at=at,
        updated_at=at,
    )
    return product, [_event(product)]


def change(product: Product, words: Words, *, at: datetime) -> Decided:
    """Other words; one that was withdrawn is shown again. What an officer hid stays hidden."""
    if product.state == "hidden":
        raise WrongState(state=product.state)
    _check(words)
    if words == product.words and product.state == "shown":
        return product, []
    changed = product.model_copy(update={"words": words, "state": "shown", "updated_at": at})
    return changed, [_event(changed)]


def withdraw(product: Product, *, at: datetime) -> Decided:
    if product.state != "shown":
        return product, []
    gone = product.model_copy(update={"state": "withdrawn", "updated_at": at})
    return gone, [_event(gone)]


def hide(product: Product, *, reason: str, at: datetime) -> Decided:
    """An officer's word, final until the officer's office says otherwise."""
    if product.state == "hidden":
        return product, []
    gone = product.model_copy(update={"state": "hidden", "reason": reason, "updated_at": at})
    return gone, [_event(gone)]


def ask(product: Product, *, asker_id: str, sealed: str, id: str, at: datetime) -> tuple[Question, list[Event]]:
    if product.state != "shown":
        raise WrongState(state=product.state)
    question = Question(
        id=id, product_id=product.id, seeker_id=product.seeker_id, asker_id=asker_id, sealed=sealed, asked_at=at
    )
    news = told.ProductAsked(
        seeker_id=product.seeker_id,
        product_id=product.id,
        product_name=product.words.name,
        enrolment_id=product.enrolment_id,
    )
    return question, [news]


def _check(words: Words) -> None:
    if words.kelurahan_code not in kelurahan():
        raise KelurahanUnknown


def _event(product: Product) -> Event:
    return told.ProductChanged(
        seeker_id=product.seeker_id,
        product_name=product.words.name,
        price=product.words.price,
        kelurahan_code=product.words.kelurahan_code,
        state=product.state,
    )
