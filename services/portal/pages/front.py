"""The front page: search, what is new, what closes soon."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Away, Json, Refused
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/")
async def front(visit: Visiting) -> Response:
    newest, closing = await asyncio.gather(_some(visit, "newest", 6), _some(visit, "deadline", 4))
    return visit.page("pages/front.html", newest=newest, closing=closing)


async def _some(visit: Visit, sort: str, limit: int) -> Json | None:
    """A few adverts; None where they cannot be had, because the rest of the page still helps."""
    try:
        return await visit.get("/vacancies", {"sort": sort, "limit": limit})
    except (Away, Refused):
        return None
