"""Routes of why people said no."""

from typing import Annotated

from fastapi import Depends, Request

from services.application.api import PATH, VacancyId
from services.application.whys.counting import By, WhyGroups
from services.application.whys.views import WhyViews
from shared.auth import EmployerOrOfficer, Officer
from shared.routing import Router

router = Router(prefix=PATH, tags=["why not"])


async def why_views(request: Request) -> WhyViews:
    found: WhyViews = request.app.state.why_views
    return found


See = Annotated[WhyViews, Depends(why_views)]


@router.get("/whys")
async def list_whys(_: Officer, see: See, by: By = "field") -> WhyGroups:
    """Why people withdrew or declined: only what five or more people said, never who."""
    return await see.all(by)


@router.get("/whys/vacancy")
async def whys_of_vacancy(caller: EmployerOrOfficer, see: See, vacancy_id: VacancyId) -> WhyGroups:
    """The same of one vacancy, for its employer."""
    return await see.of_vacancy(vacancy_id, caller=caller)
