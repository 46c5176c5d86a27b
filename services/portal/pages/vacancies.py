"""Adverts for everybody: the list with its filters, and one advert."""

import re
from datetime import UTC, datetime

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from services.portal.client import Away, Json, Refused
from services.portal.formats import to_moment
from services.portal.pages.paths import Reference
from services.portal.posting import job_posting, vacancy_path
from services.portal.searching import Search, ages, counts
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
_NUMBER = re.compile(r"(LWK-\d{4}-\d{4,9})(?:-.*)?")


@router.get("/lowongan")
async def results(visit: Visiting) -> Response:
    search = Search.of(visit.request.query_params)
    try:
        found = await visit.get("/vacancies", search.params())
    except Refused as refused:
        if refused.status != 422 or not search.cursor:
            raise
        return visit.go(search.address())  # an old cursor: begin again
    return visit.page(
        "pages/results.html",
        search=search,
        found=found,
        applied=search.applied(visit.words),
        ages=ages(visit.words),
        kinds=counts(found["facets"], "kind"),
        wards=counts(found["facets"], "kelurahan"),
    )


@router.get("/lowongan/{reference}")
async def one(visit: Visiting, reference: Reference) -> Response:
    vacancy = await load(visit, reference)
    path = vacancy_path(vacancy)
    if visit.path != path:
        return RedirectResponse(visit.url(path), 308)
    open_now = is_open(vacancy)
    posting = job_posting(vacancy, origin=visit.portal.origin) if open_now else None
    mine = await application_for(visit, vacancy["id"])
    return visit.page("pages/vacancy.html", vacancy=vacancy, open_now=open_now, posting=posting, mine=mine)


async def load(visit: Visit, reference: str) -> Json:
    """An advert by its number, its number with the slug, or its id."""
    named = _NUMBER.fullmatch(reference)
    return await visit.get(f"/vacancies/{named[1] if named else reference}")


def is_open(vacancy: Json) -> bool:
    closes: str | None = vacancy.get("closes_at")
    return vacancy["state"] == "published" and closes is not None and to_moment(closes) > datetime.now(UTC)


async def application_for(visit: Visit, vacancy_id: str) -> Json | None:
    """The visitor's own application for an advert, if there is one; the page does without it where it must."""
    if visit.session.role != "seeker" or not visit.session.access:
        return None
    try:
        mine = await visit.get("/applications", {"vacancy_id": vacancy_id})
    except (Away, Refused):
        return None
    return next((each for each in mine["items"] if each["state"] != "withdrawn"), None)
