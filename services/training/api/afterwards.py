"""Routes of attendance and of what became of it."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

from services.training.api.inputs import NothingInput
from services.training.api.using import INPUT, Id, SeeEnrolments, SeeResults, UseAfterwards, UseAttendance
from services.training.views.enrolments import EnrolmentView
from services.training.views.results import ResultsView
from shared.auth import Anyone, Officer, Seeker
from shared.contracts.training import Outcome
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["afterwards"])
Number = Annotated[int, Path(ge=1, le=30, description="of the session, counted from one")]
Ids = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field((), max_length=200)]


class AttendanceInput(BaseModel):
    """Who came and who did not, by their enrolments; others stay as they are."""

    model_config = INPUT
    present: Ids
    absent: Ids


class OutcomeInput(BaseModel):
    """What became of it."""

    model_config = INPUT
    outcome: Outcome


class AnswerInput(BaseModel):
    """The answer to a question that came by message."""

    model_config = INPUT
    token: str = Field(min_length=1, max_length=200, description="`t` of the link in the message")
    outcome: Outcome | Literal["stop"] = Field(description="stop: the person does not want to be asked any more")


@router.put("/trainings/{training_id}/sessions/{number}/attendance", status_code=204)
async def note_attendance(
    training_id: Id, number: Number, body: AttendanceInput, _: Officer, use: UseAttendance
) -> None:
    """Repeating it changes nothing."""
    await use.note(training_id, number, present=body.present, absent=body.absent)


@router.get("/trainings/{training_id}/results")
async def training_results(training_id: Id, _: Officer, see: SeeResults) -> ResultsView:
    """How many were trained, attended, sold something, found work."""
    return await see.of(training_id)


@router.post("/enrolments/answers", status_code=204)
async def answer_by_link(body: AnswerInput, _: Anyone, use: UseAfterwards) -> None:
    """Answer with the token of a message, without signing in. Repeating it changes nothing."""
    if body.outcome == "stop":
        await use.stop(body.token)
    else:
        await use.answer(body.token, body.outcome)


@router.post("/enrolments/{enrolment_id}/outcome")
async def tell_outcome(
    enrolment_id: Id, body: OutcomeInput, caller: Seeker, use: UseAfterwards, see: SeeEnrolments
) -> EnrolmentView:
    """Told without being asked, such as a first sale."""
    return await see.show(await use.tell(enrolment_id, body.outcome, seeker_id=caller.account_id))


@router.post("/enrolments/{enrolment_id}/follow-up/withdraw")
async def withdraw_follow_up(
    enrolment_id: Id, caller: Seeker, use: UseAfterwards, see: SeeEnrolments, body: NothingInput | None = None
) -> EnrolmentView:
    """Take back the consent to be asked (training_followup). Repeating it changes nothing."""
    return await see.show(await use.withdraw(enrolment_id, seeker_id=caller.account_id))
