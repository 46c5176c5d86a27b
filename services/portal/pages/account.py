"""The home of a signed-in person, one per role, and the messages sent to them."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Json, Params, Refused
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/akun")
async def home(visit: Visiting) -> Response:
    visit.need("seeker", "employer", "officer", "admin", "cadre")
    if visit.session.role == "cadre":
        return visit.go("/bantu")
    if visit.session.role == "seeker":
        profile, mine = await asyncio.gather(optional(visit, "/seekers/me"), visit.get("/applications", {"limit": 3}))
        return visit.page("pages/home_seeker.html", profile=profile, applications=mine["items"])
    if visit.session.role == "employer":
        employer = await optional(visit, "/employers/me")
        adverts = (await visit.get("/vacancies/mine", {"limit": 3}))["items"] if employer else []
        return visit.page("pages/home_employer.html", employer=employer, adverts=adverts)
    return visit.go("/petugas")


@router.get("/kabar")
async def news(visit: Visiting) -> Response:
    visit.need("seeker", "employer", "officer", "admin")
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/notifications", {"limit": 20, "cursor": cursor})
    return visit.page("pages/news.html", found=found, first=not cursor)


async def optional(visit: Visit, path: str, params: Params | None = None) -> Json | None:
    """A thing that need not exist yet, or that is not for whoever helps."""
    try:
        return await visit.get(path, params)
    except Refused as refused:
        if refused.status == 404 or refused.code == "only_in_person":
            return None
        raise
