"""Routes of enrolments: a person's own places, and the list that officers work with."""

from fastapi import Response
from pydantic import BaseModel, Field, StrictBool

from services.training.api.inputs import NothingInput
from services.training.api.using import INPUT, Id, SeeEnrolments, UseEnrolments
from services.training.domain.enrolments import Enrolment
from services.training.views.enrolments import EnrolmentView, EnrolmentViews
from shared.auth import Officer, Seeker
from shared.contracts.training import EnrolmentState
from shared.pages import Cursor, Limit, Page, link_next, set_etag
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["enrolments"])
PATH = "/api/v1/enrolments"


class EnrolInput(BaseModel):
    """A wish for a seat."""

    model_config = INPUT
    follow_up: StrictBool = Field(
        False, description="agrees to be asked after 3, 6 and 12 months how it went on (consent training_followup)"
    )


@router.post(
    "/trainings/{training_id}/enrolments",
    status_code=201,
    responses={200: {"description": "There already: the same enrolment."}},
)
async def enrol(
    training_id: Id, body: EnrolInput, caller: Seeker, use: UseEnrolments, see: SeeEnrolments, response: Response
) -> EnrolmentView:
    """Ask for a seat: confirmed while there are any, else waiting in the order of arrival. Repeating it is safe."""
    enrolment, made = await use.enrol(training_id, seeker_id=caller.account_id, follow_up=body.follow_up)
    response.status_code = 201 if made else 200
    response.headers["Location"] = f"{PATH}/{enrolment.id}"
    return await _shown(enrolment, see, response)


@router.get("/trainings/{training_id}/enrolments/mine")
async def my_enrolment_there(training_id: Id, caller: Seeker, see: SeeEnrolments) -> Page[EnrolmentView]:
    """The own enrolment in this training: one, or none."""
    return await see.of_person(training_id, seeker_id=caller.account_id)


@router.get("/trainings/{training_id}/enrolments")
async def list_enrolments(
    training_id: Id,
    _: Officer,
    see: SeeEnrolments,
    response: Response,
    state: EnrolmentState | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[EnrolmentView]:
    """Who has or awaits a seat, in the order of arrival, for officers."""
    page = await see.of_training(training_id, state=state, limit=limit, cursor=cursor)
    query = f"?state={state}" if state else ""
    link_next(response, f"/api/v1/trainings/{training_id}/enrolments{query}", page.next)
    return page


@router.get("/enrolments")
async def my_enrolments(
    caller: Seeker, see: SeeEnrolments, response: Response, limit: Limit = 20, cursor: Cursor = None
) -> Page[EnrolmentView]:
    """The own ones, newest first."""
    page = await see.mine(caller.account_id, limit=limit, cursor=cursor)
    link_next(response, PATH, page.next)
    return page


@router.get("/enrolments/{enrolment_id}")
async def my_enrolment(enrolment_id: Id, caller: Seeker, see: SeeEnrolments, response: Response) -> EnrolmentView:
    shown = await see.one(enrolment_id, seeker_id=caller.account_id)
    set_etag(response, shown.version)
    return shown


@router.post("/enrolments/{enrolment_id}/accept")
async def accept_seat(
    enrolment_id: Id,
    caller: Seeker,
    use: UseEnrolments,
    see: SeeEnrolments,
    response: Response,
    body: NothingInput | None = None,
) -> EnrolmentView:
    """Take the offered seat. Repeating it is safe."""
    return await _shown(await use.accept(enrolment_id, seeker_id=caller.account_id), see, response)


@router.post("/enrolments/{enrolment_id}/cancel")
async def cancel_enrolment(
    enrolment_id: Id,
    caller: Seeker,
    use: UseEnrolments,
    see: SeeEnrolments,
    response: Response,
    body: NothingInput | None = None,
) -> EnrolmentView:
    """Give the place back, until the first session begins; the next in line is asked."""
    return await _shown(await use.cancel(enrolment_id, seeker_id=caller.account_id), see, response)


async def _shown(enrolment: Enrolment, see: EnrolmentViews, response: Response) -> EnrolmentView:
    set_etag(response, enrolment.version)
    return await see.show(enrolment)
