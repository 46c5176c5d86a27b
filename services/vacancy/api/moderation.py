"""Routes around moderation: the check while typing, reports by the public, and the wage table."""

from typing import Annotated

from fastapi import Query, Request, Response

from services.vacancy.api.context import Key, ModerationReads, Reporting, Vacancies, WageTables, actor, link_next
from services.vacancy.api.moderation_bodies import CheckInput, MinimumWageInput, ReportInput
from services.vacancy.api.visitor import Address
from services.vacancy.views.moderating import Checked, ReportReceived, ReportView, WageRow, WageTable
from services.vacancy.views.shown import show_finding
from shared.auth import Anyone, EmployerOrOfficer, Officer
from shared.guard import language_of
from shared.pages import Cursor, Limit, Page
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["moderation"])


@router.post("/vacancies/check")
async def check_vacancy(
    body: CheckInput, request: Request, caller: EmployerOrOfficer, vacancies: Vacancies
) -> Checked:
    """What the rules find in a text while somebody types it; nothing is stored."""
    language = language_of(request.scope)
    return Checked(findings=[show_finding(each, language) for each in await vacancies.check(body.terms())])


@router.post("/vacancies/{key}/reports", status_code=202)
async def report_vacancy(
    key: Key, body: ReportInput, caller: Anyone, reporting: Reporting, address: Address
) -> ReportReceived:
    """Tell the officers that something is wrong with a vacancy. With three different reporters it takes no more
    applications until an officer has looked."""
    account = caller.account_id if caller else None
    await reporting.report(key, category=body.category, text=body.text, account_id=account, address=address)
    return ReportReceived()


@router.get("/officer/reports")
async def list_reports(
    request: Request,
    response: Response,
    caller: Officer,
    views: ModerationReads,
    vacancy_id: Annotated[str | None, Query(max_length=80)] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ReportView]:
    """What the public reported, the newest first."""
    page = await views.reports(vacancy_id, limit=limit, cursor=cursor)
    link_next(request, response, page.next)
    return page


@router.get("/wages")
async def minimum_wages(caller: Anyone, views: ModerationReads) -> WageTable:
    """The city's minimum wage by day, and the floors that follow from it."""
    return await views.wages()


@router.post("/officer/wages", status_code=201)
async def enter_minimum_wage(body: MinimumWageInput, caller: Officer, wages: WageTables) -> WageRow:
    """Enter a minimum wage from its decree; the same region and day again corrects it."""
    return WageRow(**dict(await wages.enter(body.wage(), by=actor(caller))))
