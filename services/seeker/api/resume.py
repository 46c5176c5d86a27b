"""Routes of the own CV: what it tells besides the profile, and the CV as a paper."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from services.seeker.api.cards import PDF, UsePrinter
from services.seeker.api.profile import UseCommands
from services.seeker.domain import Career
from services.seeker.views.resume import CareerView, ResumeViews, show_career
from shared import auth
from shared.pages import IfMatch, set_etag

router = APIRouter(tags=["CV"])


async def views(request: Request) -> ResumeViews:
    found: ResumeViews = request.app.state.resume_views
    return found


UseViews = Annotated[ResumeViews, Depends(views)]
WithPhoto = Annotated[bool, Query(description="with the photo of the jobseeker card, where there is one")]


@router.get("/me/career")
async def my_career(caller: auth.Seeker, found: UseViews, response: Response) -> CareerView:
    """Jobs, courses, school and a few words: what a CV tells besides the profile."""
    shown = await found.career(caller.account_id)
    set_etag(response, shown.version)
    return shown


@router.put("/me/career")
async def save_my_career(
    body: Career, caller: auth.Seeker, use: UseCommands, response: Response, if_match: IfMatch = None
) -> CareerView:
    """Write all of it. The ETag is that of the profile, and If-Match is always needed."""
    seeker = await use.write_career(caller.account_id, body, if_match=if_match)
    set_etag(response, seeker.version)
    return show_career(seeker)


@router.get("/me/cv.pdf", response_class=Response, responses={200: {"content": PDF}})
async def my_cv(caller: auth.Seeker, found: UseViews, use: UsePrinter, photo: WithPhoto = False) -> Response:
    """The CV, A4, made anew each time."""
    pdf = await use.pdf(await found.paper(caller.account_id, photo=photo))
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="cv.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
