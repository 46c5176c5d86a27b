"""Routes on which an employer gets leave to read what an applicant attached."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from services.application.api import ApplicationId
from services.application.attachments.reading import Attachments, AttachmentsView, DocumentLeave
from shared.auth import Employer
from shared.routing import Router

router = Router(prefix="/api/v1/applications", tags=["attachments"])
DocumentId = Annotated[str, Path(max_length=64)]


async def attachments(request: Request) -> Attachments:
    found: Attachments = request.app.state.attachments
    return found


Use = Annotated[Attachments, Depends(attachments)]


@router.get("/{application_id}/attachments")
async def attachments_of(
    application_id: ApplicationId, caller: Employer, use: Use, response: Response
) -> AttachmentsView:
    """Which documents the applicant attached; what they are, the seeker service shows by this leave."""
    response.headers["Cache-Control"] = "no-store"
    return await use.of(application_id, caller=caller)


@router.post("/{application_id}/attachments/{document_id}/leave")
async def leave_to_read(
    application_id: ApplicationId, document_id: DocumentId, caller: Employer, use: Use, response: Response
) -> DocumentLeave:
    """For a minute. The applicant sees that it was read."""
    response.headers["Cache-Control"] = "no-store"
    return await use.leave(application_id, document_id, caller=caller)
