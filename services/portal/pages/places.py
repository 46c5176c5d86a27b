"""Pages to be found by search engines and shared: what is open in a kecamatan, in a field of work, at an employer."""

import asyncio

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole_results
from services.portal.client import Refused
from services.portal.pages.paths import Code, Id
from services.portal.searching import Search, counts
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)
SHOWN = 12


@router.get("/lowongan/di/{slug}")
async def place(visit: Visiting, slug: Code) -> Response:
    name = choices.districts().get(slug)
    if name is None:
        raise Refused(404, {"code": "not_found"})
    wards = choices.wards()[name]
    search = Search(kelurahan=tuple(ward.code for ward in wards))
    found = whole_results(await visit.get("/vacancies", search.params(SHOWN)))
    by_ward = counts(found["facets"], "kelurahan")
    return visit.page("pages/place.html", name=name, wards=wards, search=search, found=found, by_ward=by_ward)


@router.get("/lowongan/bidang/{code}")
async def field(visit: Visiting, code: Code) -> Response:
    """One field of work: a major group of KBJI."""
    if code not in choices.FIELDS:
        raise Refused(404, {"code": "not_found"})
    search = Search(bidang=(code,))
    found = whole_results(await visit.get("/vacancies", search.params(SHOWN)))
    everywhere = counts(found["facets"], "bidang")
    return visit.page("pages/field.html", code=code, search=search, found=found, everywhere=everywhere)


@router.get("/perusahaan/{employer_id}")
async def employer(visit: Visiting, employer_id: Id) -> Response:
    """An employer and what it has open."""
    cursor = visit.request.query_params.get("cursor")
    about, found = await asyncio.gather(
        visit.get(f"/employers/{employer_id}"),
        visit.get(f"/employers/{employer_id}/vacancies", {"limit": SHOWN, "cursor": cursor}),
    )
    return visit.page("pages/employer.html", employer=about, found=found, first=not cursor)
