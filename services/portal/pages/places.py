"""One page per kecamatan, to be found by search engines and shared: what is open there, and by kelurahan."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole_results
from services.portal.client import Refused
from services.portal.pages.paths import Code
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
