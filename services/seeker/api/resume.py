"""Routes of the own CV: what it tells besides the profile, and the CV as a paper."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.seeker.api.cards import PDF, UsePrinter
from services.seeker.api.profile import Skill, UseCommands
from services.seeker.domain import Career
from services.seeker.views.resume import CareerView, ResumePreview, ResumeViews, show_career
from shared import auth
from shared.guard import language_of
from shared.pages import IfMatch, set_etag
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["CV"])


async def views(request: Request) -> ResumeViews:
    found: ResumeViews = request.app.state.resume_views
    return found


UseViews = Annotated[ResumeViews, Depends(views)]
_FILE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
}
WithPhoto = Annotated[bool, Query(description="with the photo of the jobseeker card, where there is one")]


@router.get("/me/career")
async def my_career(caller: auth.ProfileOwner, found: UseViews, response: Response) -> CareerView:
    """Jobs, courses, school and a few words: what a CV tells besides the profile."""
    shown = await found.career(caller.account_id)
    set_etag(response, shown.version)
    return shown


@router.put("/me/career")
async def save_my_career(
    body: Career, caller: auth.ProfileOwner, use: UseCommands, response: Response, if_match: IfMatch = None
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


class ResumeInput(BaseModel):
    """What a preview answered, as the person agrees to it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    career: Career
    skills: tuple[Skill, ...] = Field(max_length=30)


@router.get("/me/resume.json")
async def my_resume(caller: auth.Seeker, found: UseViews, response: Response) -> dict[str, Any]:
    """The CV as a JSON Resume (jsonresume.org, schema v1.0.0), for other programs."""
    response.headers["Content-Disposition"] = 'attachment; filename="cv.json"'
    return await found.as_json(caller.account_id)


@router.post("/me/resume/preview", openapi_extra=_FILE)
async def preview_resume(caller: auth.Seeker, found: UseViews, request: Request) -> ResumePreview:
    """Read a JSON Resume (the body is the file itself, at most 100 KB) and say row by row what would be taken.
    Nothing is stored."""
    language = language_of(request.scope)
    return await found.preview(caller.account_id, await request.body(), language=language)


@router.put("/me/resume")
async def take_resume(
    body: ResumeInput, caller: auth.Seeker, use: UseCommands, response: Response, if_match: IfMatch = None
) -> CareerView:
    """Write what a preview showed, over the version that it was compared with (If-Match is always needed)."""
    seeker = await use.write_career(caller.account_id, body.career, if_match=if_match, skills=body.skills)
    set_etag(response, seeker.version)
    return show_career(seeker)
