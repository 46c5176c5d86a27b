"""Routes of the employer's desk."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.application.api import ApplicationId
from services.application.desk.commands import DeskCommands, Outcome
from services.application.desk.model import Decision, Note
from services.application.desk.table import lines
from services.application.desk.views import DeskView, DeskViews, HeldView
from services.application.views import ApplicationView, Views
from shared.auth import Employer
from shared.pages import Page
from shared.routing import Router

PATH = "/api/v1/applications"
router = Router(prefix=PATH, tags=["the employer's desk"])
BATCH = 100


async def desk(request: Request) -> DeskCommands:
    found: DeskCommands = request.app.state.desk
    return found


async def desk_views(request: Request) -> DeskViews:
    found: DeskViews = request.app.state.desk_views
    return found


async def views(request: Request) -> Views:
    found: Views = request.app.state.views
    return found


UseDesk = Annotated[DeskCommands, Depends(desk)]
Reads = Annotated[DeskViews, Depends(desk_views)]
VacancyId = Annotated[str, Query(min_length=1, max_length=64)]
NoteId = Annotated[str, Path(max_length=64)]
Id = Annotated[str, Field(min_length=1, max_length=64)]
_INPUT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class NoteInput(BaseModel):
    """Words for the employer alone."""

    model_config = _INPUT
    text: str = Field(min_length=1, max_length=1000)


class DecisionsInput(BaseModel):
    """The same decision for many applicants of one vacancy."""

    model_config = _INPUT
    vacancy_id: Id
    applications: tuple[Id, ...] = Field(min_length=1, max_length=BATCH)
    to: Decision
    reason: str | None = Field(None, max_length=500, description="told to each; a kind stock text where not given")
    release_at: AwareDatetime | None = Field(
        None, description="until then nobody but the employer knows; now where not given"
    )


class Outcomes(BaseModel):
    items: list[Outcome] = Field(description="in the order of the request")


class HeldList(BaseModel):
    items: list[HeldView]


@router.post("/decisions")
async def decide_many(body: DecisionsInput, caller: Employer, use: UseDesk) -> Outcomes:
    """Decide many at once, now or at `release_at`. Each stands for itself; repeating it is safe."""
    ids = list(dict.fromkeys(body.applications))
    made = await use.decide_many(
        body.vacancy_id,
        ids,
        body.to,
        reason=body.reason or None,
        release_at=_whole(body.release_at),
        caller=caller,
    )
    return Outcomes(items=made)


@router.get("/held")
async def held_decisions(caller: Employer, shows: Reads, vacancy_id: VacancyId) -> HeldList:
    """The decisions that wait for their hour."""
    return HeldList(items=await shows.held_of(vacancy_id, caller=caller))


@router.get("/table.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def applicants_as_table(
    caller: Employer, use: UseDesk, shows: Annotated[Views, Depends(views)], vacancy_id: VacancyId
) -> Response:
    """The applicants of a vacancy for a spreadsheet, oldest first, at most 5,000; notes stay out."""
    vacancy = await use.own(vacancy_id, caller=caller)

    async def more(cursor: str | None) -> Page[ApplicationView]:
        return await shows.of_vacancy(
            vacancy_id, caller=caller, state=None, limit=BATCH, cursor=cursor, way="downloaded"
        )

    first = await more(None)  # what is refused is refused before the answer begins
    made: AsyncIterator[bytes] = lines(first, more, vacancy.questions)
    name = f"pelamar-{vacancy.number}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(made, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{application_id}/desk")
async def read_desk(application_id: ApplicationId, caller: Employer, shows: Reads) -> DeskView:
    """Notes and a decision that waits: for the employer alone, never for the applicant."""
    return await shows.one(application_id, caller=caller)


@router.post("/{application_id}/notes", status_code=201)
async def add_note(application_id: ApplicationId, body: NoteInput, caller: Employer, use: UseDesk) -> Note:
    """Note something about an applicant. It goes with the person's data when that is erased."""
    return await use.add_note(application_id, body.text, caller=caller)


@router.delete("/{application_id}/notes/{note_id}", status_code=204)
async def delete_note(application_id: ApplicationId, note_id: NoteId, caller: Employer, use: UseDesk) -> None:
    await use.delete_note(application_id, note_id, caller=caller)


@router.delete("/{application_id}/held", status_code=204)
async def take_back_decision(application_id: ApplicationId, caller: Employer, use: UseDesk) -> None:
    """A decision that waits is not made after all."""
    await use.take_back(application_id, caller=caller)


def _whole(at: datetime | None) -> datetime | None:
    """The store keeps milliseconds."""
    return None if at is None else at.replace(microsecond=at.microsecond // 1000 * 1000)
