"""Routes of the saved vacancies."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from services.seeker.commands.saved import SavedCommands
from services.seeker.views.saved import SavedVacancyView, SavedViews
from shared import auth
from shared.pages import Cursor, Limit, Page, link_next
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["saved vacancies"])
HERE = "/me/saved-vacancies"


async def commands(request: Request) -> SavedCommands:
    found: SavedCommands = request.app.state.saved_commands
    return found


async def views(request: Request) -> SavedViews:
    found: SavedViews = request.app.state.saved_views
    return found


UseCommands = Annotated[SavedCommands, Depends(commands)]
UseViews = Annotated[SavedViews, Depends(views)]
VacancyId = Annotated[str, Path(min_length=1, max_length=60)]


@router.put(HERE + "/{vacancy_id}", status_code=201, responses={200: {"description": "It was saved already."}})
async def save_vacancy(
    vacancy_id: VacancyId, caller: auth.Seeker, use: UseCommands, found: UseViews, response: Response
) -> SavedVacancyView:
    """Keep a vacancy. Repeating it changes nothing."""
    saved, vacancy, made = await use.keep(caller.account_id, vacancy_id)
    if not made:
        response.status_code = 200
    return found.show(saved, vacancy)


@router.delete(HERE + "/{vacancy_id}", status_code=204)
async def forget_vacancy(vacancy_id: VacancyId, caller: auth.Seeker, use: UseCommands) -> None:
    """Keep it no longer. Repeating it changes nothing."""
    await use.drop(caller.account_id, vacancy_id)


@router.get(HERE)
async def my_saved_vacancies(
    caller: auth.Seeker, found: UseViews, response: Response, limit: Limit = 20, cursor: Cursor = None
) -> Page[SavedVacancyView]:
    """What the person keeps, newest first; also what has ended since."""
    page = await found.vacancies(caller.account_id, limit=limit, cursor=cursor)
    link_next(response, f"/api/v1/seekers{HERE}?limit={limit}", page.next)
    return page


@router.get(HERE + "/{vacancy_id}")
async def my_saved_vacancy(vacancy_id: VacancyId, caller: auth.Seeker, found: UseViews) -> SavedVacancyView:
    """Whether the person keeps this vacancy: 404 where not."""
    return await found.vacancy(caller.account_id, vacancy_id)
