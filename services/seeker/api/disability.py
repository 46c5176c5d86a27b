"""Routes of what a person says of the own disability. Nobody else reads it here, officers neither."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.store.disability import Disability, DisabilityStore
from shared import auth
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["disability"])
HERE = "/me/disability"


async def disabilities(request: Request) -> DisabilityStore:
    found: DisabilityStore = request.app.state.disabilities
    return found


Use = Annotated[DisabilityStore, Depends(disabilities)]


class DisabilityInput(BaseModel):
    """Both empty: nothing is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    condition: str | None = Field(None, max_length=500, description="in own words")
    help: str | None = Field(None, max_length=500, description="what the person needs at work")


@router.get(HERE)
async def my_disability(caller: auth.Seeker, use: Use, response: Response) -> Disability:
    """The own words; empty where nothing was said."""
    response.headers["Cache-Control"] = "no-store"
    return await use.load(caller.account_id)


@router.put(HERE)
async def keep_my_disability(body: DisabilityInput, caller: auth.Seeker, use: Use) -> Disability:
    """Kept sealed, in no profile, CV, event or search. An employer reads it only where the person shares it with one
    application. Without words it is removed; what was shared is taken back at each application."""
    return await use.keep(caller.account_id, condition=body.condition or None, help=body.help or None)
