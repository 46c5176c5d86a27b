"""Routes on which an employer reads what an applicant attached, by leave of the application service."""

from typing import Annotated

from fastapi import Depends, Header, Request, Response

from services.seeker.api.documents import DocumentId, DocumentView, Use, as_file, shown
from shared import auth
from shared.leave import LONGEST, Leaves
from shared.pages import Page
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["attachments"])
Token = Annotated[str, Header(alias="X-Leave", max_length=LONGEST, description="of the application service")]


async def leaves(request: Request) -> Leaves:
    found: Leaves = request.app.state.leaves
    return found


UseLeaves = Annotated[Leaves, Depends(leaves)]


@router.get("/attachments")
async def attachments(
    caller: auth.Employer, leave: Token, found: UseLeaves, use: Use, response: Response
) -> Page[DocumentView]:
    """What they are; one that its owner has deleted since is left out."""
    response.headers["Cache-Control"] = "no-store"
    return Page(items=[shown(each) for each in await use.attached(found, leave, reader=caller.account_id)], next=None)


@router.get("/attachments/{document_id}", response_class=Response)
async def attachment(
    document_id: DocumentId, caller: auth.Employer, leave: Token, found: UseLeaves, use: Use
) -> Response:
    return as_file(*await use.open_attached(found, leave, document_id, reader=caller.account_id))
