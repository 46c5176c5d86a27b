"""Routes of applications."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.application.answered import Fit
from services.application.commands import Commands
from services.application.domain import Command, Words
from services.application.domain.matching import Match
from services.application.domain.reasons import RejectCode
from services.application.letter_input import LetterInput
from services.application.problems import VacancyIdMissing
from services.application.views import ApplicationView, Views
from shared.auth import Applicant, Employer, EmployerOrOfficer, Officer, PartyOrHelper
from shared.callers import Caller
from shared.contracts.application import ApplicationState, Why
from shared.pages import Cursor, IfMatch, Limit, Page, link_next, set_etag
from shared.routing import Router

PATH = "/api/v1/applications"
router = Router(prefix=PATH, tags=["applications"])


async def commands(request: Request) -> Commands:
    found: Commands = request.app.state.commands
    return found


async def views(request: Request) -> Views:
    found: Views = request.app.state.views
    return found


UseCommands = Annotated[Commands, Depends(commands)]
UseViews = Annotated[Views, Depends(views)]
OfVacancy = Annotated[str | None, Query(max_length=64, description="an employer or officer must say which vacancy")]
OfFit = Annotated[
    Fit | None,
    Query(
        description="for an employer: all needs met, or all questions that are a must; whoever wants no comparison "
        "is always among them"
    ),
]
VacancyId = Annotated[str, Query(min_length=1, max_length=64)]
ApplicationId = Annotated[str, Path(max_length=64)]
_INPUT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class SubmitInput(LetterInput):
    """An application."""

    vacancy_id: str = Field(min_length=1, max_length=64)


class ReasonInput(BaseModel):
    """Why."""

    model_config = _INPUT
    reason: str | None = Field(None, max_length=500, description="told to the other side")


class WithdrawInput(ReasonInput):
    """`why` in one word is only ever counted; the employer reads `reason`."""

    why: Why | None = None


class RejectInput(ReasonInput):
    """A stock reason, own words, or both; where nothing is said, the seeker reads a kind text."""

    reason_code: RejectCode | None = None


class HireInput(BaseModel):
    """The job is theirs."""

    model_config = _INPUT
    start_date: date | None = Field(None, description="first day of work")


class MatchView(BaseModel):
    """A comparison."""

    match: Match | None = Field(description="null where the person wants none, or the vacancy needs nothing special")


class NothingInput(BaseModel):
    """No words are needed."""

    model_config = _INPUT


@router.post("", status_code=201, responses={200: {"description": "There already: the same application."}})
async def submit_application(
    body: SubmitInput, caller: Applicant, use: UseCommands, shows: UseViews, response: Response
) -> ApplicationView:
    """Apply for a vacancy. Repeating it is safe: there is one application per vacancy and person."""
    letter = body.letter()
    application, made = await use.submit(
        seeker_id=caller.account_id, vacancy_id=body.vacancy_id, note=letter.note, more=letter
    )
    response.status_code = 201 if made else 200
    response.headers["Location"] = f"{PATH}/{application.id}"
    set_etag(response, application.version)
    return shows.accepted(application, letter=letter) if made else await shows.show(application, caller=caller)


@router.get("")
async def list_applications(
    request: Request,
    caller: PartyOrHelper,
    shows: UseViews,
    response: Response,
    vacancy_id: OfVacancy = None,
    state: ApplicationState | None = None,
    fit: OfFit = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ApplicationView]:
    """A seeker's own, newest first; with `vacancy_id` a vacancy's applicants, oldest first, for its employer."""
    if caller.role == "seeker":
        page = await shows.mine(caller.account_id, vacancy_id=vacancy_id, state=state, limit=limit, cursor=cursor)
    elif vacancy_id is None:
        raise VacancyIdMissing
    else:
        page = await shows.of_vacancy(vacancy_id, caller=caller, state=state, fit=fit, limit=limit, cursor=cursor)
    asked = urlencode([(name, value) for name, value in request.query_params.items() if name != "cursor"])
    link_next(response, f"{PATH}?{asked}" if asked else PATH, page.next)
    return page


@router.get("/match")
async def match_vacancy(caller: Applicant, shows: UseViews, vacancy_id: VacancyId) -> MatchView:
    """What the vacancy needs beside the own profile, before applying. It is only for the person: nobody is ranked or
    refused by it, and the profile switches it off."""
    return MatchView(match=await shows.match(caller.account_id, vacancy_id=vacancy_id))


@router.get("/{application_id}")
async def get_application(
    application_id: ApplicationId, caller: PartyOrHelper, shows: UseViews, response: Response
) -> ApplicationView:
    """One application, for its seeker, the vacancy's employer and officers."""
    shown = await shows.one(application_id, caller=caller)
    set_etag(response, shown.version)
    return shown


class Decision:
    """Runs one command for one caller and shows what stands then."""

    def __init__(self, id: str, use: Commands, shows: Views, response: Response, if_match: str | None) -> None:
        self._id, self._use, self._shows = id, use, shows
        self._response, self._if_match = response, if_match

    async def make(self, command: Command, caller: Caller, words: Words) -> ApplicationView:
        decided = await self._use.decide(self._id, command, caller=caller, words=words, if_match=self._if_match)
        set_etag(self._response, decided.version)
        return await self._shows.show(decided, caller=caller)


async def decision(
    application_id: ApplicationId, use: UseCommands, shows: UseViews, response: Response, if_match: IfMatch = None
) -> Decision:
    return Decision(application_id, use, shows, response, if_match)  # a bare class would be made in another thread


Decide = Annotated[Decision, Depends(decision)]


@router.post("/{application_id}/withdraw")
async def withdraw_application(
    caller: Applicant, decide: Decide, body: WithdrawInput | None = None
) -> ApplicationView:
    """Take it back; until somebody was hired or not chosen."""
    words = Words(reason=body.reason or None, why=body.why) if body else Words()
    return await decide.make("withdraw", caller, words)


@router.post("/{application_id}/view")
async def view_application(caller: Employer, decide: Decide, body: NothingInput | None = None) -> ApplicationView:
    """The employer opened it: the seeker sees "Dibaca". Later views change nothing."""
    return await decide.make("view", caller, Words())


@router.post("/{application_id}/shortlist")
async def shortlist_application(
    caller: Employer, decide: Decide, body: NothingInput | None = None
) -> ApplicationView:
    """Keep it among the favourites."""
    return await decide.make("shortlist", caller, Words())


@router.post("/{application_id}/reject")
async def reject_application(caller: Employer, decide: Decide, body: RejectInput | None = None) -> ApplicationView:
    """Not chosen. Without a reason the seeker gets a kind stock text."""
    words = Words(reason=body.reason or None, reason_code=body.reason_code) if body else Words()
    return await decide.make("reject", caller, words)


@router.post("/{application_id}/hire")
async def hire_applicant(caller: EmployerOrOfficer, decide: Decide, body: HireInput | None = None) -> ApplicationView:
    """The person who accepted the offer has begun: recorded by the employer, or by an officer who knows."""
    return await decide.make("hire", caller, Words(start_date=body.start_date if body else None))


@router.post("/{application_id}/correct")
async def correct_hire(caller: Officer, decide: Decide, body: ReasonInput) -> ApplicationView:
    """An officer takes back a hire that was recorded by mistake."""
    return await decide.make("cancel", caller, Words(reason=body.reason or None))
