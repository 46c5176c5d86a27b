"""Routes of the steps between an employer and the officers: sent in, taken back, returned, refused, published."""

from typing import Annotated

from fastapi import Query, Request, Response

from services.vacancy.api.answering import Answer
from services.vacancy.api.context import Key, Vacancies, VacancyReads, actor, link_next
from services.vacancy.api.step_bodies import CodedReasonInput, PublishInput
from services.vacancy.domain.reasons import REASONS, check_reason
from services.vacancy.views.models import QueuedVacancy, VacancyView
from services.vacancy.views.moderating import ReasonList, ReasonView
from shared.auth import EmployerOrOfficer, Officer
from shared.contracts.vacancy import VacancyState
from shared.pages import Cursor, Limit, Page
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])


@router.get("/officer/vacancies")
async def queue_of_vacancies(
    request: Request,
    response: Response,
    caller: Officer,
    views: VacancyReads,
    state: Annotated[VacancyState, Query()] = "submitted",
    reason_code: Annotated[str | None, Query(max_length=40, description="such as under_review")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[QueuedVacancy]:
    """Vacancies in one state, the longest waiting first; `flags` say what the rules found in each."""
    page = await views.queue(state, reason_code=reason_code, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.get("/officer/reasons")
async def stock_reasons(caller: Officer) -> ReasonList:
    """Codes and texts to return, refuse, close or recall with."""
    return ReasonList(
        items=[
            ReasonView(code=each.code, steps=each.steps, indonesian=each.indonesian, english=each.english)
            for each in REASONS
        ]
    )


@router.post("/vacancies/{key}/submit")
async def submit_vacancy(key: Key, caller: EmployerOrOfficer, vacancies: Vacancies, answer: Answer) -> VacancyView:
    """Ask an officer to look at it; answers 422 `incomplete` with every field that is missing."""
    return await answer.show(await vacancies.submit(key, by=actor(caller), expected=answer.expected))


@router.post("/vacancies/{key}/take-back")
async def take_back_vacancy(key: Key, caller: EmployerOrOfficer, vacancies: Vacancies, answer: Answer) -> VacancyView:
    """Go on writing what was sent in, as long as no officer has decided."""
    return await answer.show(await vacancies.take_back(key, by=actor(caller), expected=answer.expected))


@router.post("/vacancies/{key}/publish")
async def publish_vacancy(
    key: Key, caller: Officer, vacancies: Vacancies, answer: Answer, body: PublishInput | None = None
) -> VacancyView:
    """Show it to everybody: only for a verified employer, and never by the officer who typed it. One that asks for
    an age, a sex or looks needs `accept_flags` and a reason (409 `fairness_unjustified`)."""
    why = body.reason if body and body.accept_flags else None
    made = await vacancies.publish(key, by=actor(caller), expected=answer.expected, justification=why)
    return await answer.show(made)


@router.post("/vacancies/{key}/return")
async def return_vacancy(
    key: Key, body: CodedReasonInput, caller: Officer, vacancies: Vacancies, answer: Answer
) -> VacancyView:
    """Send it back with a reason that its employer reads."""
    check_reason(body.reason_code, "return")
    made = await vacancies.send_back(
        key, reason=body.reason, code=body.reason_code, by=actor(caller), expected=answer.expected
    )
    return await answer.show(made)


@router.post("/vacancies/{key}/refuse")
async def refuse_vacancy(
    key: Key, body: CodedReasonInput, caller: Officer, vacancies: Vacancies, answer: Answer
) -> VacancyView:
    """Refuse it for good; its employer reads why."""
    check_reason(body.reason_code, "refuse")
    made = await vacancies.refuse(
        key, reason=body.reason, code=body.reason_code, by=actor(caller), expected=answer.expected
    )
    return await answer.show(made)
