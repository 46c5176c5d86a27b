"""The routes of helping: a code that the person reads aloud, a minute's token at a time, and the end."""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import Field

from services.identity.api.accounts import CodeAsked, CodeGiven, CodeWanted
from services.identity.api.context import Address, Do, Input, private
from services.identity.commands.mandates import ActingToken
from services.identity.domain.mandate import CODE_TIME
from services.identity.helping import MandateList, MandateView, MandateViews
from shared.auth import Helper, SeekerOrHelper
from shared.routing import Router

Id = Annotated[str, Path(max_length=80)]

router = Router(prefix="/api/v1/mandates", tags=["mandates"], dependencies=[Depends(private)])


async def views(request: Request) -> MandateViews:
    found: MandateViews = request.app.state.mandates
    return found


Read = Annotated[MandateViews, Depends(views)]


class Begun(CodeGiven):
    """The code that the person read aloud."""

    request_id: str = Field(max_length=60)


class Nothing(Input):
    """No words are needed."""


@router.get("")
async def my_mandates(read: Read, caller: SeekerOrHelper) -> MandateList:
    """Who helps, or helped within a year, the caller; for a helper, whom they may act for now."""
    return await read.of(caller)


@router.post("/codes", status_code=202)
async def ask_mandate_code(body: CodeWanted, do: Do, address: Address, caller: Helper) -> CodeAsked:
    """Have a code sent to the person, who reads it aloud: it signs nobody in. The answer is the same for a number
    that has no account."""
    request_id = await do.helping.ask(body.phone, address=address)
    return CodeAsked(request_id=request_id, expires_in=int(CODE_TIME.total_seconds()))


@router.post("", status_code=201)
async def begin_mandate(body: Begun, do: Do, read: Read, address: Address, caller: Helper) -> MandateView:
    """Act for the person for 45 minutes; a cadre for seven days, 45 minutes at a time. The person is told by SMS."""
    begun = await do.mandates.begin(caller, request_id=body.request_id, code=body.code, address=address)
    return await read.show(begun, caller)


@router.post("/{mandate_id}/sit")
async def begin_sitting(
    mandate_id: Id, do: Do, read: Read, caller: Helper, body: Nothing | None = None
) -> MandateView:
    """Come back to somebody under a mandate that still holds."""
    return await read.show(await do.mandates.sit(caller, mandate_id), caller)


@router.post("/{mandate_id}/token")
async def acting_token(mandate_id: Id, do: Do, caller: Helper, body: Nothing | None = None) -> ActingToken:
    """A token of the person for one minute. What it opens is narrow: profile, applications, AK-1 card."""
    return await do.mandates.token(caller, mandate_id)


@router.post("/{mandate_id}/end", status_code=204)
async def end_mandate(mandate_id: Id, do: Do, caller: SeekerOrHelper, body: Nothing | None = None) -> None:
    """By the helper, the person or an officer. Ending twice changes nothing."""
    await do.mandates.end(caller, mandate_id)
