"""Routes of interviews and offers."""

from typing import Annotated

from fastapi import Depends, Request, Response

from services.application.api import PATH, ApplicationId, Decide, UseViews
from services.application.domain import Words
from services.application.meeting.bodies import InterviewInput, OfferInput, RefusalInput, WishInput
from services.application.meeting.calendar import MIME, calendar_file
from services.application.meeting.commands import MeetingCommands
from services.application.views import ApplicationView
from shared.auth import Applicant, Employer, Party
from shared.errors import NotFound
from shared.pages import IfMatch, set_etag
from shared.routing import Router

router = Router(prefix=PATH, tags=["interviews and offers"])


async def meeting(request: Request) -> MeetingCommands:
    found: MeetingCommands = request.app.state.meeting
    return found


UseMeeting = Annotated[MeetingCommands, Depends(meeting)]


@router.post("/{application_id}/offer-interview")
async def offer_interview(
    application_id: ApplicationId,
    body: InterviewInput,
    caller: Employer,
    use: UseMeeting,
    shows: UseViews,
    response: Response,
    if_match: IfMatch = None,
) -> ApplicationView:
    """Invite the person. From now on the two can reach each other."""
    made = await use.invite(application_id, body.given(), caller=caller, if_match=if_match)
    set_etag(response, made.version)
    return await shows.show(made, caller=caller)


@router.post("/{application_id}/offer-job")
async def offer_job(
    application_id: ApplicationId,
    body: OfferInput,
    caller: Employer,
    use: UseMeeting,
    shows: UseViews,
    response: Response,
    if_match: IfMatch = None,
) -> ApplicationView:
    """Offer the job. It is theirs when they accept."""
    made = await use.offer(application_id, body.given(), caller=caller, if_match=if_match)
    set_etag(response, made.version)
    return await shows.show(made, caller=caller)


@router.post("/{application_id}/accept")
async def accept_application(caller: Applicant, decide: Decide) -> ApplicationView:
    """Yes, to the interview or the job."""
    return await decide.make("accept", caller, Words())


@router.post("/{application_id}/decline")
async def decline_application(caller: Applicant, decide: Decide, body: RefusalInput | None = None) -> ApplicationView:
    """No, to the interview or the job."""
    words = Words(why=body.why, reason=body.reason or None) if body else Words()
    return await decide.make("decline", caller, words)


@router.post("/{application_id}/reschedule")
async def reschedule_interview(
    application_id: ApplicationId,
    caller: Applicant,
    use: UseMeeting,
    shows: UseViews,
    response: Response,
    body: WishInput | None = None,
    if_match: IfMatch = None,
) -> ApplicationView:
    """Ask for another time."""
    wish = body.wish if body else None
    made = await use.reschedule(application_id, wish or None, caller=caller, if_match=if_match)
    set_etag(response, made.version)
    return await shows.show(made, caller=caller)


@router.get(
    "/{application_id}/interview.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}, "description": "The interview as a calendar file."}},
)
async def get_calendar_file(application_id: ApplicationId, caller: Party, shows: UseViews) -> Response:
    """The interview for one's own calendar."""
    made = calendar_file(await shows.one(application_id, caller=caller))
    if made is None:
        raise NotFound
    headers = {"Content-Disposition": 'attachment; filename="wawancara.ics"', "Cache-Control": "no-store"}
    return Response(made, media_type=MIME, headers=headers)
