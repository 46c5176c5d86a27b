"""Routes of employers."""

from typing import Annotated

from fastapi import Query, Request, Response

from services.vacancy.api.context import EmployerReads, Employers, Key, Revokes, VacancyReads, actor, link_next
from services.vacancy.api.employer_bodies import EmployerInput, EmployerPatch
from services.vacancy.api.inputs import ReasonInput, RevokeInput
from services.vacancy.domain.employer import Details
from services.vacancy.views.models import EmployerView, PublicEmployer, QueuedEmployer, VacancySummary
from shared.auth import Anyone, Employer, Officer
from shared.contracts.employer import EmployerState
from shared.pages import Cursor, IfMatch, Limit, Page, set_etag
from shared.routing import Router
from shared.versions import expected_version

router = Router(prefix="/api/v1", tags=["employers"])


@router.post("/employers", status_code=201)
async def register_employer(
    body: EmployerInput, caller: Employer, employers: Employers, views: EmployerReads, response: Response
) -> EmployerView:
    """Register the employer of this account; an officer verifies it then."""
    made = await employers.register(
        Details.model_construct(**body.chosen()), given=body.given(), owner_id=caller.account_id
    )
    return _answer(views.present(made), response)


@router.get("/employers/me")
async def my_employer(caller: Employer, views: EmployerReads, response: Response) -> EmployerView:
    return _answer(await views.mine(caller.account_id), response)


@router.patch("/employers/me")
async def change_employer(
    body: EmployerPatch,
    caller: Employer,
    employers: Employers,
    views: EmployerReads,
    response: Response,
    if_match: IfMatch = None,
) -> EmployerView:
    """Change some fields. One that was returned waits for an officer again, as does a verified one under another
    name or business number."""
    made = await employers.change(
        caller.account_id,
        body.chosen(),
        given=body.given() if "contact" in body.model_fields_set else None,
        expected=expected_version(if_match, required=True),
    )
    return _answer(views.present(made), response)


@router.get("/employers/{key}")
async def read_employer(key: Key, caller: Anyone, views: EmployerReads) -> PublicEmployer:
    """What everybody may know of an employer that is verified or has shown a vacancy."""
    return await views.public(key)


@router.get("/employers/{key}/vacancies")
async def vacancies_of_employer(
    request: Request,
    response: Response,
    key: Key,
    caller: Anyone,
    views: VacancyReads,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[VacancySummary]:
    """What it has open, the newest first."""
    page = await views.open_of(key, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.post("/employers/{key}/verify")
async def verify_employer(
    key: Key,
    caller: Officer,
    employers: Employers,
    views: EmployerReads,
    response: Response,
    if_match: IfMatch = None,
) -> EmployerView:
    made = await employers.verify(key, by=actor(caller), expected=expected_version(if_match))
    return _answer(views.present(made), response)


@router.post("/employers/{key}/return")
async def return_employer(
    key: Key,
    body: ReasonInput,
    caller: Officer,
    employers: Employers,
    views: EmployerReads,
    response: Response,
    if_match: IfMatch = None,
) -> EmployerView:
    """Send it back with a reason that its owner reads."""
    made = await employers.send_back(key, reason=body.reason, by=actor(caller), expected=expected_version(if_match))
    return _answer(views.present(made), response)


@router.post("/employers/{key}/revoke")
async def revoke_employer(
    key: Key,
    body: RevokeInput,
    caller: Officer,
    revoking: Revokes,
    views: EmployerReads,
    response: Response,
    if_match: IfMatch = None,
) -> EmployerView:
    """It is no employer of ours any more, for good: what it has open is closed, and open applications there end with
    a kind word."""
    made = await revoking.revoke(
        key, cause=body.cause, reason=body.reason, by=actor(caller), expected=expected_version(if_match)
    )
    return _answer(views.present(made), response)


@router.get("/officer/employers")
async def queue_of_employers(
    request: Request,
    response: Response,
    caller: Officer,
    views: EmployerReads,
    state: Annotated[EmployerState, Query()] = "pending",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[QueuedEmployer]:
    """Employers in one state, the longest waiting first."""
    page = await views.queue(state, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


def _answer(view: EmployerView, response: Response) -> EmployerView:
    set_etag(response, view.version)
    return view
