"""Routes of the own jobseeker card (AK-1), and of the link in its six-monthly question."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from services.seeker.commands.cards import CardCommands
from services.seeker.domain.cards import Details
from services.seeker.photos import LIMIT
from services.seeker.views.card_models import CardView, PaperStatus
from services.seeker.views.cards import CardViews
from shared import auth
from shared.pages import Page
from shared.papers.printing import Printer
from shared.papers.signing import LONGEST
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["jobseeker cards"])
HERE = "/me/card"
PHOTO_PATH = "/api/v1/seekers/me/card/photo"  # takes more than other bodies
PHOTO_BODY = LIMIT + 1024  # one that is a little too large is told so in words
JPEG: dict[str, Any] = {"image/jpeg": {}}
PDF: dict[str, Any] = {"application/pdf": {}}


async def commands(request: Request) -> CardCommands:
    found: CardCommands = request.app.state.card_commands
    return found


async def views(request: Request) -> CardViews:
    found: CardViews = request.app.state.card_views
    return found


async def printer(request: Request) -> Printer:
    found: Printer = request.app.state.printer
    return found


Code = Annotated[str, Path(min_length=1, max_length=LONGEST)]
UseCommands = Annotated[CardCommands, Depends(commands)]
UseViews = Annotated[CardViews, Depends(views)]
UsePrinter = Annotated[Printer, Depends(printer)]


class ReportInput(BaseModel):
    """The answer to: still looking for work, or working?"""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    working: StrictBool = Field(description="true: KERJA, the card ends; false: BELUM, it goes on")


class TokenReportInput(ReportInput):
    token: str = Field(min_length=1, max_length=200, description="`t` of the link in a message")


@router.get("/me/cards")
async def my_cards(caller: auth.CardOwner, found: UseViews) -> Page[CardView]:
    """All of them, newest first; also drafts, and those that have ended."""
    return await found.mine(caller.account_id)


@router.put(HERE)
async def write_my_card(body: Details, caller: auth.CardOwner, use: UseCommands, found: UseViews) -> CardView:
    """Write what stands on the card besides the profile; begins a card where none is under way."""
    return found.show(await use.write(caller.account_id, body))


@router.put(
    HERE + "/photo",
    openapi_extra={"requestBody": {"required": True, "content": {"image/jpeg": {}, "image/png": {}}}},
)
async def send_my_photo(request: Request, caller: auth.CardOwner, use: UseCommands, found: UseViews) -> CardView:
    """The photo as the file itself: JPG or PNG, at most 5 MB. It is cut to 3 x 4 and kept without its metadata."""
    return found.show(await use.add_photo(caller.account_id, await request.body()))


@router.get(HERE + "/photo", response_class=Response, responses={200: {"content": JPEG}})
async def my_photo(caller: auth.CardOwner, found: UseViews) -> Response:
    return picture(await found.my_photo(caller.account_id))


@router.post(HERE + "/submit")
async def submit_my_card(caller: auth.CardOwner, use: UseCommands, found: UseViews) -> CardView:
    """Ask for it. Repeating it changes nothing."""
    return found.show(await use.submit(caller.account_id))


@router.post(HERE + "/report")
async def report_on_my_card(body: ReportInput, caller: auth.CardOwner, use: UseCommands, found: UseViews) -> CardView:
    """The six-monthly answer; that there is work can be told at any time."""
    return found.show(await use.report(caller.account_id, working=body.working))


@router.get(HERE + "/paper", response_class=Response, responses={200: {"content": PDF}})
async def my_card_as_paper(caller: auth.Seeker, found: UseViews, use: UsePrinter) -> Response:
    """The newest issued card as an A4 page to print."""
    return paper(await use.pdf(await found.my_paper(caller.account_id)))


@router.post("/card-reports", status_code=204)
async def report_by_link(body: TokenReportInput, _: auth.Anyone, use: UseCommands) -> None:
    """Answer the six-monthly question with the token of its message, without signing in. Repeating it changes
    nothing."""
    await use.report_by_token(body.token, working=body.working)


@router.get("/papers/{code}")
async def paper_status(code: Code, _: auth.Anyone, found: UseViews) -> PaperStatus:
    """Whether a printed card is ours, and good today; `code` is what its QR holds behind /cek/."""
    return await found.status(code)


def picture(jpeg: bytes) -> Response:
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


def paper(pdf: bytes) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="ak1.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
