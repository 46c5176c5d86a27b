"""The routes of recovery at the desk: for officers, and one for the owner who was told and says no."""

from typing import Annotated

from fastapi import Depends, Path
from pydantic import Field

from services.identity.api.context import Address, Desk, Do, Input, private
from services.identity.desk import FoundAccount, FoundList
from services.identity.domain.contact import Advice, BadFields
from services.identity.domain.recovery import Paper
from shared.auth import Anyone, Officer
from shared.routing import Router

Id = Annotated[str, Path(max_length=80)]
NEEDS_ONE = Advice("/phone", "Tulis nomor HP atau cari lewat NIK.", "Write a phone number, or search by NIK.")

router = Router(prefix="/api/v1/accounts", tags=["recovery"], dependencies=[Depends(private)])


class Sought(Input):
    """In the body and not in the address, where it would be logged."""

    phone: str | None = Field(None, max_length=40, repr=False, description="written in any way")
    account_id: str | None = Field(None, max_length=80)


class Wanted(Input):
    account_id: str = Field(max_length=80)
    phone: str = Field(max_length=40, repr=False, description="the new one; it has no account yet")
    paper: Paper = Field(description="which paper of the person the officer holds in hand")
    reason: str = Field(min_length=5, max_length=300, repr=False, description="what happened to the old phone")


class StopCode(Input):
    token: str = Field(max_length=40, repr=False, description="the code in the message; small letters do as well")


@router.post("/find")
async def find_account(body: Sought, do: Do, read: Desk, caller: Officer) -> FoundAccount:
    """The account of a phone or an id, masked."""
    if body.phone is None and body.account_id is None:
        raise BadFields(NEEDS_ONE)
    account = await do.recoveries.find(phone=body.phone, account_id=body.account_id)
    return await read.found(account, reader=caller.account_id)


@router.get("/recoveries")
async def waiting_recoveries(read: Desk, caller: Officer) -> FoundList:
    """What a second officer may still confirm, the oldest first: at most a hundred."""
    return await read.queue(reader=caller.account_id)


@router.post("/recoveries", status_code=201)
async def ask_for_recovery(body: Wanted, do: Do, read: Desk, caller: Officer) -> FoundAccount:
    """Ask for a new phone; the owner is told at the contacts that are known. Another officer confirms it within
    24 hours, or it lapses."""
    account = await do.recoveries.ask(
        body.account_id, by=caller.account_id, phone=body.phone, paper=body.paper, reason=body.reason
    )
    return await read.found(account, reader=caller.account_id)


@router.post("/recoveries/stop", status_code=204)
async def stop_recovery(body: StopCode, do: Do, address: Address, caller: Anyone) -> None:
    """By the owner, with the code from the message: the account stays as it is."""
    await do.recoveries.stop(body.token, address=address)


@router.post("/recoveries/{recovery_id}/confirm")
async def confirm_recovery(recovery_id: Id, do: Do, read: Desk, caller: Officer) -> FoundAccount:
    """By another officer than the one who asked. The phone is replaced, all sessions end, and both contacts hear."""
    return await read.found(await do.recoveries.confirm(recovery_id, by=caller.account_id), reader=caller.account_id)


@router.post("/recoveries/{recovery_id}/refuse")
async def refuse_recovery(recovery_id: Id, do: Do, read: Desk, caller: Officer) -> FoundAccount:
    return await read.found(await do.recoveries.refuse(recovery_id, by=caller.account_id), reader=caller.account_id)
