"""How an interview and an offer are shown to both sides: place, contact person and wish are opened for the moment."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain import Application
from services.application.store import INTERVIEW_SEAL, WISH_SEAL
from shared.contracts.vacancy import Wage
from shared.sealed import Erased, Vault


class InterviewView(BaseModel):
    """An invitation."""

    model_config = ConfigDict(frozen=True, title="Interview")
    starts_at: datetime
    remote: bool = Field(description="by telephone or video")
    place: str | None
    contact: str | None = Field(description="whom the person will meet")
    reply_by: datetime
    wish: str | None = Field(description="when the seeker could come instead")


class OfferView(BaseModel):
    """The job, as it is offered."""

    model_config = ConfigDict(frozen=True, title="Offer")
    wage: Wage
    hours: str
    start_date: date
    reply_by: datetime


async def show_interview(application: Application, vault: Vault) -> InterviewView | None:
    interview = application.interview
    if interview is None:
        return None
    said = await _opened(vault, application.seeker_id, INTERVIEW_SEAL, interview.sealed)
    wish = await _opened(vault, application.seeker_id, WISH_SEAL, application.wish_sealed)
    return InterviewView(
        starts_at=interview.starts_at,
        remote=interview.remote,
        reply_by=interview.reply_by,
        place=said.get("place"),
        contact=said.get("contact"),
        wish=wish.get("wish"),
    )


def show_offer(application: Application) -> OfferView | None:
    return OfferView(**dict(application.offer)) if application.offer else None


async def _opened(vault: Vault, owner: str, purpose: str, sealed: str | None) -> dict[str, Any]:
    if sealed is None:
        return {}
    try:
        return await vault.open(owner, purpose, sealed)
    except Erased:
        return {}
