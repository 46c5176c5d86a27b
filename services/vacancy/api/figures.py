"""The route of a vacancy's figures, and which reading of a vacancy counts as a look."""

from typing import Annotated

from fastapi import Depends, Request

from services.vacancy.api.context import Key
from services.vacancy.commands.counting import ViewCounter
from services.vacancy.views.figures import FiguresView, FigureViews
from shared.auth import EmployerOrOfficer
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])


async def _seen(request: Request) -> ViewCounter | None:
    """The counter, where the portal says that a person looks at the page now; only it can tell."""
    looking = request.headers.get("x-view") == "1" and request.app.state.visitors.from_portal(request)
    found: ViewCounter | None = request.app.state.counter if looking else None
    return found


async def _figures(request: Request) -> FigureViews:
    found: FigureViews = request.app.state.figure_views
    return found


Seen = Annotated[ViewCounter | None, Depends(_seen)]
Figures = Annotated[FigureViews, Depends(_figures)]


@router.get("/vacancies/{key}/figures")
async def vacancy_figures(key: Key, caller: EmployerOrOfficer, figures: Figures) -> FiguresView:
    """How often it was looked at, kept and applied for, by day."""
    return await figures.of(key, caller)
