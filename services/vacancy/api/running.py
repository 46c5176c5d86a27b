"""Routes of the steps of a vacancy that is or was public."""


from services.vacancy.api.answering import Answer
from services.vacancy.api.context import Key, Running, actor
from services.vacancy.api.inputs import OptionalReasonInput
from services.vacancy.api.step_bodies import CloseInput, CodedReasonInput, ExtendInput, FillInput, ReopenInput
from services.vacancy.domain.reasons import check_reason
from services.vacancy.views.models import VacancyView
from shared.auth import EmployerOrOfficer, Officer
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])


@router.post("/vacancies/{key}/pause")
async def pause_vacancy(
    key: Key, caller: EmployerOrOfficer, running: Running, answer: Answer, body: OptionalReasonInput | None = None
) -> VacancyView:
    """No new applications for now; its closing date stays."""
    reason = body.reason if body else None
    return await answer.show(await running.pause(key, reason=reason, by=actor(caller), expected=answer.expected))


@router.post("/vacancies/{key}/resume")
async def resume_vacancy(key: Key, caller: EmployerOrOfficer, running: Running, answer: Answer) -> VacancyView:
    """Take applications again. What an officer paused, an officer resumes (409 `under_review`)."""
    return await answer.show(await running.resume(key, by=actor(caller), expected=answer.expected))


@router.post("/vacancies/{key}/fill")
async def fill_vacancy(
    key: Key, caller: EmployerOrOfficer, running: Running, answer: Answer, body: FillInput | None = None
) -> VacancyView:
    """Report openings as taken; with the last one, or without a number, it has ended."""
    count = body.filled_count if body else None
    return await answer.show(await running.fill(key, count=count, by=actor(caller), expected=answer.expected))


@router.post("/vacancies/{key}/close")
async def close_vacancy(
    key: Key, caller: EmployerOrOfficer, running: Running, answer: Answer, body: CloseInput | None = None
) -> VacancyView:
    """End it before its time. Open applications stand, except where the job is cancelled (`cancelled_job`)."""
    reason, code = (body.reason, body.reason_code) if body else (None, None)
    check_reason(code, "close")
    made = await running.close(key, reason=reason, code=code, by=actor(caller), expected=answer.expected)
    return await answer.show(made)


@router.post("/vacancies/{key}/extend")
async def extend_vacancy(
    key: Key, body: ExtendInput, caller: EmployerOrOfficer, running: Running, answer: Answer
) -> VacancyView:
    """Keep it open longer: twice at most, and 120 days in all."""
    made = await running.extend(
        key, closes_on=body.closes_on, answer_by=body.answer_by, by=actor(caller), expected=answer.expected
    )
    return await answer.show(made)


@router.post("/vacancies/{key}/reopen")
async def reopen_vacancy(
    key: Key, body: ReopenInput, caller: EmployerOrOfficer, running: Running, answer: Answer
) -> VacancyView:
    """Open it once more within 30 days of its end, with the same text and new dates; what was filled needs more
    openings."""
    made = await running.reopen(
        key,
        closes_on=body.closes_on,
        answer_by=body.answer_by,
        openings=body.openings,
        by=actor(caller),
        expected=answer.expected,
    )
    return await answer.show(made)


@router.post("/vacancies/{key}/recall")
async def recall_vacancy(
    key: Key, body: CodedReasonInput, caller: Officer, running: Running, answer: Answer
) -> VacancyView:
    """Take away what is false or unlawful, for good; everybody with an open application is warned."""
    check_reason(body.reason_code, "recall")
    made = await running.recall(
        key, reason=body.reason, code=body.reason_code, by=actor(caller), expected=answer.expected
    )
    return await answer.show(made)
