"""The officers' way from a NIK on a card in their hand to an account."""

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.api.profile import UseViews
from shared import auth
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["seekers: officers"])


class Sought(BaseModel):
    """In the body and not in the address, where it would be logged."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    nik: str = Field(max_length=30, repr=False, description="16 digits, as on the KTP")


class Found(BaseModel):
    """Who has the NIK; what the person is called and how reached is identity's to show, masked."""

    seeker_id: str = Field(description="the account id")


@router.post("/find")
async def find_by_nik(body: Sought, caller: auth.Officer, found: UseViews, response: Response) -> Found:
    """404 where no account has it."""
    response.headers["Cache-Control"] = "no-store"
    return Found(seeker_id=await found.by_nik(body.nik))
