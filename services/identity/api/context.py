"""What the routes take from the application: commands, views, keys, and the visitor's address."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from services.identity.commands import Commands
from services.identity.desk import DeskViews
from services.identity.signing import KeyRing
from services.identity.views import Views


async def commands_of(request: Request) -> Commands:
    found: Commands = request.app.state.commands
    return found


async def views_of(request: Request) -> Views:
    found: Views = request.app.state.views
    return found


async def desk_of(request: Request) -> DeskViews:
    found: DeskViews = request.app.state.desk
    return found


async def keys_of(request: Request) -> KeyRing:
    found: KeyRing = request.app.state.keys
    return found


async def address_of(request: Request) -> str:
    found: str = request.app.state.visitors.address(request)
    return found


async def private(response: Response) -> None:
    """Answers with personal data or tokens are kept nowhere on their way."""
    response.headers["Cache-Control"] = "no-store"


Do = Annotated[Commands, Depends(commands_of)]
Read = Annotated[Views, Depends(views_of)]
Desk = Annotated[DeskViews, Depends(desk_of)]
Keys = Annotated[KeyRing, Depends(keys_of)]
Address = Annotated[str, Depends(address_of)]


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
