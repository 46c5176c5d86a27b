"""Routes of vacancies: writing and reading."""

from typing import Annotated

from fastapi import Header, Request, Response

from services.vacancy.api.context import Key, Vacancies, VacancyReads, actor, link_next
from services.vacancy.api.figures import Seen
from services.vacancy.api.vacancy_bodies import VacancyDraft, VacancyPatch
from services.vacancy.domain.vacancy import Vacancy
from services.vacancy.views.models import VacancyView
from shared.auth import Anyone, Employer, EmployerOrOfficer
from shared.pages import Cursor, IfMatch, IfNoneMatch, Limit, Page, set_etag
from shared.routing import Router
from shared.versions import expected_version, not_modified

router = Router(prefix="/api/v1", tags=["vacancies"])
_ANSWERS: dict[int | str, dict[str, str]] = {
    304: {"description": "not changed since the ETag given"},
    410: {"description": "an officer took it away; the problem is a warning to show"},
}


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


@router.get("/vacancies/{key}", responses=_ANSWERS)
async def read_vacancy(
    key: Key,
    caller: Anyone,
    views: VacancyReads,
    response: Response,
    seen: Seen,
    if_none_match: IfNoneMatch = None,
) -> VacancyView:
    """One vacancy, by id or number. Ended ones stay readable; one that was recalled is a 410 with a warning."""
    view = await views.one(key, caller)
    if seen is not None and view.state == "published" and (caller is None or caller.role == "seeker"):
        seen.seen(view.id)
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
    """Change some fields of a draft, or of one that was returned. Of one that is live, dates and openings count at
    once; the rest waits for an officer (`waiting`) while the old text stays."""
    expected = expected_version(if_match, required=True)
    made = await vacancies.change(key, body.chosen(), by=actor(caller), expected=expected)
    return await _answer(made, views, response)


async def _answer(vacancy: Vacancy, views: VacancyReads, response: Response) -> VacancyView:
    view = await views.present(vacancy)
    set_etag(response, view.version)
    return view
