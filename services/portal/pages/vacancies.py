"""Adverts for everybody: the list with its filters, and one advert."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from services.portal.absent import whole, whole_results
from services.portal.client import Away, Json, Refused
from services.portal.formats import to_moment
from services.portal.pages.paths import Reference
from services.portal.posting import job_posting, vacancy_path
from services.portal.readers import is_person
from services.portal.searching import Search, ages, counts, proposals
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
_NUMBER = re.compile(r"(LWK-\d{4}-\d{4,9})(?:-.*)?")
SAVED = "/seekers/me/saved-vacancies"
SIMILAR = 4


@router.get("/lowongan")
async def results(visit: Visiting) -> Response:
    search = Search.of(visit.request.query_params)
    try:
        found = await visit.get("/vacancies", search.params())
    except Refused as refused:
        if refused.status != 422 or not (search.cursor or search.sort):
            raise
        return visit.go(search.address(sort=search.sort if search.cursor else ""))  # an old cursor: begin again
    found = whole_results(found)
    return visit.page(
        "pages/results.html",
        search=search,
        found=found,
        applied=search.applied(visit.words),
        ages=ages(visit.words),
        kinds=counts(found["facets"], "kind"),
        wards=counts(found["facets"], "kelurahan"),
        fields=counts(found["facets"], "bidang"),
        proposals=proposals(found),
    )


@router.get("/lowongan/{reference}")
async def one(visit: Visiting, reference: Reference) -> Response:
    try:
        vacancy = await load(visit, reference, looking=is_person(visit.request.headers))
    except Refused as refused:
        if refused.status != 410:
            raise
        return visit.page("pages/recalled.html", status=410, reason=refused.detail)
    path = vacancy_path(vacancy)
    if visit.path != path:
        return RedirectResponse(visit.url(path), 308)
    open_now = is_open(vacancy)
    posting = job_posting(vacancy, origin=visit.portal.origin) if open_now else None
    return visit.page(
        "pages/vacancy.html",
        vacancy=vacancy,
        open_now=open_now,
        posting=posting,
        mine=await application_for(visit, vacancy["id"]),
        match=await _match(visit, vacancy["id"]) if open_now else None,
        saved=await _is_saved(visit, vacancy["id"]),
        similar=[] if open_now else await _similar(visit, vacancy["id"]),
    )


async def load(visit: Visit, reference: str, *, looking: bool = False) -> Json:
    """An advert by its number, its number with the slug, or its id. A look counts at its own address only: from the
    others the browser is sent there."""
    named = _NUMBER.fullmatch(reference)
    voice = replace(visit.voice, looking=looking and named is not None and reference != named[1])
    path = f"/vacancies/{named[1] if named else reference}"
    return whole((await visit.portal.api.call("GET", path, voice=voice)).body)


def is_open(vacancy: Json) -> bool:
    closes: str | None = vacancy.get("closes_at")
    return vacancy["state"] == "published" and closes is not None and to_moment(closes) > datetime.now(UTC)


def applies_elsewhere(vacancy: Json) -> bool:
    """A province's advert may name where to apply; what is sent there is not recorded here."""
    return bool((vacancy.get("origin") or {}).get("url"))


async def application_for(visit: Visit, vacancy_id: str) -> Json | None:
    """The visitor's own application for an advert, if there is one; the page does without it where it must."""
    if visit.session.role != "seeker" or not visit.session.access:
        return None
    try:
        mine = await visit.get("/applications", {"vacancy_id": vacancy_id})
    except (Away, Refused):
        return None
    return next((each for each in mine["items"] if each["state"] != "withdrawn"), None)


async def _match(visit: Visit, vacancy_id: str) -> Json | None:
    """How the visitor's profile fits; the page does without it where it must."""
    if visit.session.role != "seeker" or not visit.session.access:
        return None
    try:
        found: Json | None = (await visit.get("/applications/match", {"vacancy_id": vacancy_id})).get("match")
    except (Away, Refused):
        return None
    return found


async def _is_saved(visit: Visit, vacancy_id: str) -> bool:
    """For the button on an advert; where it cannot be known, saving again does no harm."""
    if visit.session.role != "seeker" or not visit.session.access:
        return False
    try:
        await visit.get(f"{SAVED}/{vacancy_id}")
    except (Away, Refused):
        return False
    return True


async def _similar(visit: Visit, vacancy_id: str) -> list[Json]:
    """Open adverts like one that has ended; the page still helps without them."""
    try:
        found = await visit.get(f"/vacancies/{vacancy_id}/similar", {"limit": SIMILAR})
    except (Away, Refused):
        return []
    return list(whole_results(found)["items"])
