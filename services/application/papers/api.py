"""Routes of a seeker's papers."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from services.application.api import ApplicationId
from services.application.papers.views import PaperViews
from shared.auth import Seeker
from shared.papers.printing import Printer
from shared.routing import Router

router = Router(prefix="/api/v1/applications", tags=["papers"])
PDF = {200: {"content": {"application/pdf": {}}, "description": "An A4 page to print."}}


async def paper_views(request: Request) -> PaperViews:
    found: PaperViews = request.app.state.paper_views
    return found


async def printer(request: Request) -> Printer:
    found: Printer = request.app.state.printer
    return found


See = Annotated[PaperViews, Depends(paper_views)]
UsePrinter = Annotated[Printer, Depends(printer)]
First = Annotated[date, Query(alias="from", description="first day (WIB)")]
Last = Annotated[date, Query(alias="to", description="last day (WIB), today at the latest")]


@router.get("/activity.pdf", response_class=Response, responses=PDF)  # type: ignore[arg-type]
async def my_activity(caller: Seeker, see: See, use: UsePrinter, first: First, last: Last) -> Response:
    """Own applications and interviews of a period, as the report on looking for work (JKP) wants them."""
    return _pdf(await use.pdf(await see.activity(caller.account_id, first=first, last=last)), "laporan-kegiatan")


@router.get("/{application_id}/proof.pdf", response_class=Response, responses=PDF)  # type: ignore[arg-type]
async def my_proof(application_id: ApplicationId, caller: Seeker, see: See, use: UsePrinter) -> Response:
    """That the application was sent, to whom and when, with a QR code that anybody can check."""
    return _pdf(await use.pdf(await see.proof(application_id, seeker_id=caller.account_id)), "bukti-lamaran")


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)
