"""Routes of a person's consents."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.commands.consents import ConsentCommands
from services.seeker.views.consents import ConsentList, ConsentView, ConsentViews, show_consent
from shared import auth
from shared.contracts.seeker import ConsentKind
from shared.guard import language_of
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["consents"])
HERE = "/me/consents"


async def commands(request: Request) -> ConsentCommands:
    found: ConsentCommands = request.app.state.consent_commands
    return found


async def views(request: Request) -> ConsentViews:
    found: ConsentViews = request.app.state.consent_views
    return found


UseCommands = Annotated[ConsentCommands, Depends(commands)]


class GiveInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    text_version: str = Field(min_length=1, max_length=20, description="of the words that the person read")


@router.get(HERE)
async def my_consents(
    request: Request, caller: auth.Seeker, found: Annotated[ConsentViews, Depends(views)]
) -> ConsentList:
    """Every purpose that needs a yes, in the words in force, with what was agreed and taken back before."""
    return await found.mine(caller.account_id, language=language_of(request.scope))


@router.post(HERE + "/{kind}/give")
async def give_consent(
    kind: ConsentKind, body: GiveInput, request: Request, caller: auth.Seeker, use: UseCommands
) -> ConsentView:
    """Agree to the words in force. Repeating it changes nothing."""
    seeker = await use.give(caller.account_id, kind, text_version=body.text_version)
    return show_consent(seeker, kind, language=language_of(request.scope))


@router.post(HERE + "/{kind}/withdraw")
async def withdraw_consent(kind: ConsentKind, request: Request, caller: auth.Seeker, use: UseCommands) -> ConsentView:
    """Take it back (art. 9): it acts at once. Repeating it changes nothing."""
    seeker = await use.withdraw(caller.account_id, kind)
    return show_consent(seeker, kind, language=language_of(request.scope))
