"""Routes of drafts."""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import BaseModel, Field

from services.application.drafts.keeping import Drafts, DraftView
from services.application.letter_input import DraftInput
from shared.auth import Applicant
from shared.routing import Router

router = Router(prefix="/api/v1/applications/drafts", tags=["drafts"])


class DraftList(BaseModel):
    items: list[DraftView] = Field(description="at most 50")


async def drafts(request: Request) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found


UseDrafts = Annotated[Drafts, Depends(drafts)]
VacancyId = Annotated[str, Path(min_length=1, max_length=64)]


@router.get("")
async def my_drafts(caller: Applicant, use: UseDrafts) -> DraftList:
    """What is begun and can still be sent, the newest first."""
    return DraftList(items=await use.mine(caller.account_id))


@router.get("/{vacancy}")
async def my_draft(vacancy: VacancyId, caller: Applicant, use: UseDrafts) -> DraftView:
    return await use.one(seeker_id=caller.account_id, vacancy_id=vacancy)


@router.put("/{vacancy}")
async def save_draft(vacancy: VacancyId, body: DraftInput, caller: Applicant, use: UseDrafts) -> DraftView:
    """Keep what is typed so far, until the vacancy closes or for sixty days. Nobody is told: it is no application."""
    return await use.save(body.letter(), seeker_id=caller.account_id, vacancy_id=vacancy)


@router.delete("/{vacancy}", status_code=204)
async def delete_draft(vacancy: VacancyId, caller: Applicant, use: UseDrafts) -> None:
    await use.delete(seeker_id=caller.account_id, vacancy_id=vacancy)
