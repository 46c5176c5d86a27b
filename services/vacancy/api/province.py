"""Routes of later texts of live vacancies, a province's or an employer's: what waits, and an officer's decision."""

from fastapi import Request, Response

from services.vacancy.api.answering import Answer
from services.vacancy.api.context import Key, Provinces, VacancyReads, actor, link_next
from services.vacancy.api.inputs import ReasonInput
from services.vacancy.api.step_bodies import PublishInput
from services.vacancy.views.models import QueuedVacancy, VacancyView
from shared.auth import Officer
from shared.pages import Cursor, Limit, Page
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])


@router.get("/officer/revisions")
async def queue_of_revisions(
    request: Request,
    response: Response,
    caller: Officer,
    views: VacancyReads,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[QueuedVacancy]:
    """Live vacancies whose later text waits (`waiting`), the longest waiting first."""
    page = await views.revisions(limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.post("/vacancies/{key}/revision/adopt")
async def adopt_revision(
    key: Key, caller: Officer, provinces: Provinces, answer: Answer, body: PublishInput | None = None
) -> VacancyView:
    """Show the later text from now on. One that asks for an age, a sex or looks needs `accept_flags` and a reason."""
    why = body.reason if body and body.accept_flags else None
    made = await provinces.adopt(key, by=actor(caller), expected=answer.expected, justification=why)
    return await answer.show(made)


@router.post("/vacancies/{key}/revision/discard")
async def discard_revision(
    key: Key, body: ReasonInput, caller: Officer, provinces: Provinces, answer: Answer
) -> VacancyView:
    """Keep the text that is shown; the reason stays in the history."""
    made = await provinces.discard(key, reason=body.reason, by=actor(caller), expected=answer.expected)
    return await answer.show(made)
