"""What a route needs of its application, and the one way to page a list."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from services.vacancy.commands.bulk import BulkCommands
from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.province import ProvinceCommands
from services.vacancy.commands.reports import ReportCommands
from services.vacancy.commands.revoking import Revoking
from services.vacancy.commands.running import RunningCommands
from services.vacancy.commands.vacancies import VacancyCommands
from services.vacancy.commands.wages import WageCommands
from services.vacancy.domain.vacancy import Actor
from services.vacancy.search.index import VacancyIndex
from services.vacancy.views.employers import EmployerViews
from services.vacancy.views.moderation import ModerationViews
from services.vacancy.views.vacancies import VacancyViews
from shared.callers import Caller


async def _vacancy_commands(request: Request) -> VacancyCommands:
    found: VacancyCommands = request.app.state.vacancies
    return found


async def _running_commands(request: Request) -> RunningCommands:
    found: RunningCommands = request.app.state.running
    return found


async def _bulk_commands(request: Request) -> BulkCommands:
    found: BulkCommands = request.app.state.bulk
    return found


async def _province_commands(request: Request) -> ProvinceCommands:
    found: ProvinceCommands = request.app.state.province
    return found


async def _report_commands(request: Request) -> ReportCommands:
    found: ReportCommands = request.app.state.reports
    return found


async def _wage_commands(request: Request) -> WageCommands:
    found: WageCommands = request.app.state.wages
    return found


async def _moderation_views(request: Request) -> ModerationViews:
    found: ModerationViews = request.app.state.moderation_views
    return found


async def _vacancy_views(request: Request) -> VacancyViews:
    found: VacancyViews = request.app.state.vacancy_views
    return found


async def _employer_commands(request: Request) -> EmployerCommands:
    found: EmployerCommands = request.app.state.employers
    return found


async def _revoking(request: Request) -> Revoking:
    found: Revoking = request.app.state.revoking
    return found


async def _employer_views(request: Request) -> EmployerViews:
    found: EmployerViews = request.app.state.employer_views
    return found


async def _index(request: Request) -> VacancyIndex:
    found: VacancyIndex = request.app.state.index
    return found


Vacancies = Annotated[VacancyCommands, Depends(_vacancy_commands)]
Running = Annotated[RunningCommands, Depends(_running_commands)]
Bulk = Annotated[BulkCommands, Depends(_bulk_commands)]
Provinces = Annotated[ProvinceCommands, Depends(_province_commands)]
Reporting = Annotated[ReportCommands, Depends(_report_commands)]
WageTables = Annotated[WageCommands, Depends(_wage_commands)]
ModerationReads = Annotated[ModerationViews, Depends(_moderation_views)]
VacancyReads = Annotated[VacancyViews, Depends(_vacancy_views)]
Employers = Annotated[EmployerCommands, Depends(_employer_commands)]
Revokes = Annotated[Revoking, Depends(_revoking)]
EmployerReads = Annotated[EmployerViews, Depends(_employer_views)]
Index = Annotated[VacancyIndex, Depends(_index)]
Key = Annotated[str, Path(max_length=80, description="id, or number such as LWK-2026-000123")]


def actor(caller: Caller) -> Actor:
    """Whoever is signed in, as a history names him."""
    return Actor(kind="employer" if caller.role == "employer" else "officer", id=caller.account_id)


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """The address of the next page: this one's, filters included."""
    if cursor:
        url = request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
