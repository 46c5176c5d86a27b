"""Routes of what participants sell: everybody reads, the seller writes, questions go through us alone."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.training.api.inputs import CancelInput, NothingInput
from services.training.api.using import INPUT, Id
from services.training.commands.products import ProductCommands
from services.training.domain.products import Words
from services.training.views.products import ProductView, ProductViews, QuestionView, show
from shared.auth import Anyone, Officer, Seeker, SignedIn
from shared.pages import Cursor, Limit, Page, link_next
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["products"])
PATH = "/api/v1/products"


async def commands(request: Request) -> ProductCommands:
    found: ProductCommands = request.app.state.product_commands
    return found


async def views(request: Request) -> ProductViews:
    found: ProductViews = request.app.state.product_views
    return found


Use = Annotated[ProductCommands, Depends(commands)]
See = Annotated[ProductViews, Depends(views)]


class ProductInput(BaseModel):
    """A product; no phone, mail address or street belongs into it."""

    model_config = INPUT
    name: str = Field(min_length=3, max_length=80)
    description: str = Field(min_length=10, max_length=1_000)
    price: StrictInt | None = Field(None, ge=100, le=1_000_000_000, description="rupiah; left out: to be agreed")
    unit: str | None = Field(None, min_length=2, max_length=30, description="what the price is for")
    kelurahan_code: str = Field(min_length=1, max_length=20)


class QuestionInput(BaseModel):
    """A question to the seller."""

    model_config = INPUT
    text: str = Field(min_length=3, max_length=300)
    reply_to: str = Field(min_length=5, max_length=100, description="a phone number or mail address to answer to")


@router.get("/products")
async def list_products(
    _: Anyone, see: See, response: Response, limit: Limit = 20, cursor: Cursor = None
) -> Page[ProductView]:
    """What participants of trainings make and sell, the latest first."""
    page = await see.page(limit=limit, cursor=cursor)
    link_next(response, PATH, page.next)
    return page


@router.get("/products/{product_id}")
async def get_product(product_id: Id, _: Anyone, see: See) -> ProductView:
    return await see.one(product_id)


@router.post("/products/{product_id}/questions", status_code=204)
async def ask_about_product(product_id: Id, body: QuestionInput, caller: SignedIn, use: Use) -> None:
    """Ask the seller, who alone reads it. A second question on the same day changes nothing."""
    await use.ask(product_id, asker_id=caller.account_id, text=body.text, reply_to=body.reply_to)


@router.post("/products/{product_id}/hide")
async def hide_product(product_id: Id, body: CancelInput, _: Officer, use: Use) -> ProductView:
    """Not shown any more, by an officer."""
    return show(await use.hide(product_id, reason=body.reason))


@router.put("/enrolments/{enrolment_id}/product")
async def put_product(enrolment_id: Id, body: ProductInput, caller: Seeker, use: Use) -> ProductView:
    """The page of what the person sells, after a training that was completed. Repeating it changes nothing."""
    return show(await use.put(enrolment_id, Words(**body.model_dump()), seeker_id=caller.account_id))


@router.post("/enrolments/{enrolment_id}/product/withdraw")
async def withdraw_product(
    enrolment_id: Id, caller: Seeker, use: Use, body: NothingInput | None = None
) -> ProductView:
    """Not shown any more; changing it shows it again."""
    return show(await use.withdraw(enrolment_id, seeker_id=caller.account_id))


@router.get("/enrolments/{enrolment_id}/product")
async def my_product(enrolment_id: Id, caller: Seeker, see: See) -> Page[ProductView]:
    """The own page of this enrolment: one, or none."""
    return await see.mine(enrolment_id, seeker_id=caller.account_id)


@router.get("/enrolments/{enrolment_id}/product/questions")
async def my_questions(enrolment_id: Id, caller: Seeker, see: See) -> Page[QuestionView]:
    """The latest questions, for the seller alone."""
    return await see.questions(enrolment_id, seeker_id=caller.account_id)
