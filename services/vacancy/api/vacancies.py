"""Routes of vacancies: writing, the steps of their life, reading."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from services.vacancy.api.context import Key, Vacancies, VacancyReads, actor, link_next
from services.vacancy.api.inputs import OptionalReasonInput, ReasonInput
from services.vacancy.api.vacancy_bodies import VacancyDraft, VacancyPatch
from services.vacancy.domain.vacancy import Vacancy
from services.vacancy.views.models import QueuedVacancy, VacancyView
from shared.auth import Anyone, Employer, EmployerOrOfficer, Officer
from shared.contracts.vacancy import VacancyState
from shared.pages import Cursor, IfMatch, Limit, Page, set_etag
from shared.versions import expected_version, not_modified

router = APIRouter(prefix="/api/v1", tags=["vacancies"])


@router.post("/vacancies", status_code=201)
async def draft_vacancy(
    body: VacancyDraft,
    caller: EmployerOrOfficer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    idempotency_key: Annotated[str | None, Header(min_length=8, max_length=200)] = None,
) -> VacancyView:
    """Begin a vacancy. Only its employer and the officers see it until it is published. With an `Idempotency-Key`
    the same request sent again answers with the vacancy that it made the first time."""
    made = await vacancies.draft(body.terms(), by=actor(caller), employer_id=body.employer_id, key=idempotency_key)
    return await _answer(made, views, response)


@router.get("/vacancies/mine")
async def my_vacancies(
    request: Request,
    response: Response,
    caller: Employer,
    views: VacancyReads,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[VacancyView]:
    """The employer's own in every state, newest first."""
    page = await views.mine(caller.account_id, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.get("/officer/vacancies")
async def queue_of_vacancies(
    request: Request,
    response: Response,
    caller: Officer,
    views: VacancyReads,
    state: Annotated[VacancyState, Query()] = "submitted",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[QueuedVacancy]:
    """Vacancies in one state, the longest waiting first."""
    page = await views.queue(state, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.get("/vacancies/{key}", responses={304: {"description": "not changed since the ETag given"}})
async def read_vacancy(
    key: Key,
    caller: Anyone,
    views: VacancyReads,
    response: Response,
    if_none_match: Annotated[str | None, Header()] = None,
) -> VacancyView:
    """One vacancy, by id or number. Closed and expired ones stay readable."""
    view = await views.one(key, caller)
    set_etag(response, view.version)
    response.headers["Vary"] = "Authorization"
    # What has expired by the clock, but is not written down yet, looks different under the same version.
    if not_modified(if_none_match, view.version) and view.state != "expired":
        return Response(status_code=304, headers=dict(response.headers))  # type: ignore[return-value]
    return view


@router.patch("/vacancies/{key}")
async def change_vacancy(
    key: Key,
    body: VacancyPatch,
    caller: EmployerOrOfficer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    if_match: IfMatch = None,
) -> VacancyView:
    """Change some fields of a draft, or of one that was returned."""
    expected = expected_version(if_match, required=True)
    made = await vacancies.change(key, body.chosen(), by=actor(caller), expected=expected)
    return await _answer(made, views, response)


@router.post("/vacancies/{key}/submit")
async def submit_vacancy(
    key: Key,
    caller: EmployerOrOfficer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    if_match: IfMatch = None,
) -> VacancyView:
    """Ask an officer to look at it; answers 422 `incomplete` with every field that is missing."""
    made = await vacancies.submit(key, by=actor(caller), expected=expected_version(if_match))
    return await _answer(made, views, response)


@router.post("/vacancies/{key}/publish")
async def publish_vacancy(
    key: Key,
    caller: Officer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    if_match: IfMatch = None,
) -> VacancyView:
    """Show it to everybody: only for a verified employer, and never by the officer who typed it."""
    made = await vacancies.publish(key, by=actor(caller), expected=expected_version(if_match))
    return await _answer(made, views, response)


@router.post("/vacancies/{key}/return")
async def return_vacancy(
    key: Key,
    body: ReasonInput,
    caller: Officer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    if_match: IfMatch = None,
) -> VacancyView:
    """Send it back with a reason that its employer reads."""
    expected = expected_version(if_match)
    made = await vacancies.send_back(key, reason=body.reason, by=actor(caller), expected=expected)
    return await _answer(made, views, response)


@router.post("/vacancies/{key}/close")
async def close_vacancy(
    key: Key,
    caller: EmployerOrOfficer,
    vacancies: Vacancies,
    views: VacancyReads,
    response: Response,
    body: OptionalReasonInput | None = None,
    if_match: IfMatch = None,
) -> VacancyView:
    """End it before its time."""
    reason, expected = body.reason if body else None, expected_version(if_match)
    made = await vacancies.close(key, reason=reason, by=actor(caller), expected=expected)
    return await _answer(made, views, response)


async def _answer(vacancy: Vacancy, views: VacancyReads, response: Response) -> VacancyView:
    view = await views.present(vacancy)
    set_etag(response, view.version)
    return view
