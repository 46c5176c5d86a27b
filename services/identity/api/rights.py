"""The routes of a person's rights over the own data (UU 27/2022), and of the officers who answer within 72 hours."""

from typing import Annotated

from fastapi import Depends, Path, Response
from pydantic import Field

from services.identity.api.context import Do, Input, Read, private
from services.identity.views import RequestList, RequestView
from shared.auth import Officer, SignedIn, allow
from shared.callers import Caller
from shared.contracts.identity import DataRequestKind
from shared.routing import Router

Person = Annotated[Caller, Depends(allow("seeker", "employer"))]
Id = Annotated[str, Path(max_length=80)]
WORDS = 1000

router = Router(prefix="/api/v1/accounts", tags=["rights"], dependencies=[Depends(private)])


class Wanted(Input):
    """A request: for a copy (art. 30-32), correction, restriction (41), objection (10) or erasure (42-45)."""

    kind: DataRequestKind
    words: str | None = Field(None, max_length=WORDS, repr=False, description="what is wrong, or wished")


class Answer(Input):
    words: str | None = Field(None, max_length=WORDS, repr=False, description="what was done, for the person to read")


class Refusal(Input):
    words: str = Field(min_length=5, max_length=WORDS, repr=False, description="why not, and where to complain")


@router.post("/me/requests", status_code=201)
async def ask_for_right(body: Wanted, response: Response, do: Do, read: Read, caller: Person) -> RequestView:
    """Ask; the answer is due in 72 hours. While one of the kind waits, the answer is that one, with 200."""
    request, new = await do.rights.ask(caller, kind=body.kind, words=body.words)
    response.status_code = 201 if new else 200
    return await read.request(request)


@router.get("/me/requests")
async def own_requests(read: Read, caller: SignedIn) -> RequestList:
    """The newest first."""
    return await read.requests_of(caller.account_id)


@router.post("/me/requests/{request_id}/withdraw")
async def withdraw_request(request_id: Id, do: Do, read: Read, caller: Person) -> RequestView:
    return await read.request(await do.rights.withdraw(caller, request_id))


@router.get("/requests")
async def waiting_requests(read: Read, caller: Officer) -> RequestList:
    """What waits for an answer, the one due first at the top: at most a hundred."""
    return await read.queue()


@router.get("/requests/{request_id}")
async def one_request(request_id: Id, read: Read, caller: Officer) -> RequestView:
    return await read.one_request(request_id)


@router.post("/requests/{request_id}/answer")
async def answer_request(request_id: Id, body: Answer, do: Do, read: Read, caller: Officer) -> RequestView:
    """It was done as asked. An erasure has its own step."""
    return await read.request(await do.rights.answer(request_id, by=caller.account_id, words=body.words))


@router.post("/requests/{request_id}/refuse")
async def refuse_request(request_id: Id, body: Refusal, do: Do, read: Read, caller: Officer) -> RequestView:
    return await read.request(await do.rights.refuse(request_id, by=caller.account_id, words=body.words))


@router.post("/requests/{request_id}/erase")
async def erase_account(request_id: Id, do: Do, read: Read, caller: Officer) -> RequestView:
    """Release an erasure: the person is told at once; within a minute the key is destroyed, and nothing that was
    sealed for this person can be read again, here or in any copy. There is no way back."""
    return await read.request(await do.rights.erase(request_id, by=caller.account_id))
