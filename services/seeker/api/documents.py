"""Routes of the own documents: certificates and letters, kept to be shown. Never an identity card."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.documents.checking import LIMIT
from services.seeker.documents.keeping import Documents
from services.seeker.domain.document_states import State
from services.seeker.store.documents import Document
from shared import auth
from shared.pages import Page
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["documents"])
HERE = "/api/v1/seekers/me/documents"  # takes more than other bodies
BODY = LIMIT + 1024  # one that is a little too large is told so in words
LARGER = {HERE: BODY}
Kind = Literal["cv", "diploma", "certificate", "experience_letter", "portfolio"]
DocumentId = Annotated[str, Path(pattern=r"^doc_[A-Za-z0-9-]{1,60}$")]
_FILE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/pdf": {}, "image/jpeg": {}, "image/png": {}}}
}


async def documents(request: Request) -> Documents:
    found: Documents = request.app.state.documents
    return found


Use = Annotated[Documents, Depends(documents)]


class DocumentView(BaseModel):
    """A document that the person keeps here."""

    model_config = ConfigDict(frozen=True)
    id: str
    kind: str = Field(description="as it was sent, such as `diploma`")
    media_type: str = Field(description="application/pdf or image/jpeg; a PNG is kept as JPEG")
    size: int = Field(description="bytes, as it is kept")
    state: State = Field(
        description="`scanning`: waits for the virus scanner; `clean`: can be opened; `infected` and `unreadable`: "
        "not found clean, its bytes are destroyed"
    )
    created_at: datetime


@router.get("/me/documents")
async def my_documents(caller: auth.Seeker, use: Use) -> Page[DocumentView]:
    """All of them, ten at most, the newest first."""
    return Page(items=[shown(each) for each in await use.mine(caller.account_id)], next=None)


@router.post("/me/documents", status_code=201, openapi_extra=_FILE)
async def add_my_document(
    request: Request, caller: auth.Seeker, use: Use, kind: Annotated[Kind, Query(description="what it is")]
) -> DocumentView:
    """The file itself: JPG, PNG or PDF, at most 5 MB. It is read by a program of its own and kept without metadata; a
    PDF with scripts or other files inside is refused. Where viruses are looked for it is `scanning` at first."""
    return shown(await use.add(caller.account_id, kind, await request.body()))


@router.get("/me/documents/{document_id}", response_class=Response)
async def my_document(document_id: DocumentId, caller: auth.Seeker, use: Use) -> Response:
    return as_file(*await use.open(document_id, seeker_id=caller.account_id))


def as_file(document: Document, content: bytes) -> Response:
    """For keeping, never for showing inside a page of ours."""
    ending = "pdf" if document.media_type == "application/pdf" else "jpg"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{document.kind}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=document.media_type, headers=headers)


@router.delete("/me/documents/{document_id}", status_code=204)
async def drop_my_document(document_id: DocumentId, caller: auth.Seeker, use: Use) -> None:
    """Repeating it changes nothing."""
    await use.drop(document_id, seeker_id=caller.account_id)


def shown(document: Document) -> DocumentView:
    return DocumentView.model_validate(document.model_dump(exclude={"seeker_id"}))
