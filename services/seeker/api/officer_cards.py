"""Routes of the officers' desk for jobseeker cards."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.api.cards import JPEG, PDF, UseCommands, UsePrinter, UseViews, paper, picture
from services.seeker.domain import Line
from services.seeker.views.card_models import OfficerCardView, QueuedCard
from shared import auth
from shared.contracts.card import ReturnReason, RevokeReason
from shared.pages import Cursor, Limit, Page, link_next
from shared.routing import Router

router = Router(tags=["jobseeker cards: officers"], prefix="/api/v1/seekers/cards")
CardId = Annotated[str, Path(min_length=1, max_length=60)]
Number = Annotated[str, Query(pattern=r"^\d{4}-\d{4}-\d{6,9}-\d$", description="such as 3577-2026-000123-4")]


class ReturnInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    reason: ReturnReason
    note: Line | None = Field(None, max_length=300, description="what to mend, in words; needed with `other`")


class RevokeInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    reason: RevokeReason


@router.get("")
async def queued_cards(
    caller: auth.Officer, found: UseViews, response: Response, limit: Limit = 20, cursor: Cursor = None
) -> Page[QueuedCard]:
    """What waits for an officer, oldest first."""
    page = await found.queue(caller=caller, limit=limit, cursor=cursor)
    link_next(response, f"/api/v1/seekers/cards?limit={limit}", page.next)
    return page


@router.get("/by-number")
async def card_by_number(number: Number, caller: auth.Officer, found: UseViews) -> OfficerCardView:
    return await found.numbered(number, caller=caller)


@router.get("/{card_id}")
async def card(card_id: CardId, caller: auth.Officer, found: UseViews) -> OfficerCardView:
    """With what is to be compared with the KTP."""
    return await found.one(card_id, caller=caller)


@router.get("/{card_id}/photo", response_class=Response, responses={200: {"content": JPEG}})
async def card_photo(card_id: CardId, caller: auth.Officer, found: UseViews) -> Response:
    return picture(await found.photo(card_id, caller=caller))


@router.get("/{card_id}/paper", response_class=Response, responses={200: {"content": PDF}})
async def card_as_paper(card_id: CardId, caller: auth.Officer, found: UseViews, use: UsePrinter) -> Response:
    """To print at the desk."""
    return paper(await use.pdf(await found.paper(card_id, caller=caller)))


@router.post("/{card_id}/return")
async def return_card(
    card_id: CardId, body: ReturnInput, caller: auth.Officer, use: UseCommands, found: UseViews
) -> OfficerCardView:
    """To be mended by the person, who is told the reason; the note is seen only on the person's own page."""
    return await found.show_officer(
        await use.give_back(card_id, reason=body.reason, note=body.note or None), caller=caller
    )


@router.post("/{card_id}/issue")
async def issue_card(card_id: CardId, caller: auth.Officer, use: UseCommands, found: UseViews) -> OfficerCardView:
    """Give it its number; it is good from today for two years."""
    return await found.show_officer(await use.issue(card_id, officer=caller.account_id), caller=caller)


@router.post("/{card_id}/employed")
async def card_holder_employed(
    card_id: CardId, caller: auth.Officer, use: UseCommands, found: UseViews
) -> OfficerCardView:
    """The person has found work."""
    return await found.show_officer(await use.employ(card_id), caller=caller)


@router.post("/{card_id}/revoke")
async def revoke_card(
    card_id: CardId, body: RevokeInput, caller: auth.Officer, use: UseCommands, found: UseViews
) -> OfficerCardView:
    return await found.show_officer(await use.revoke(card_id, reason=body.reason), caller=caller)
