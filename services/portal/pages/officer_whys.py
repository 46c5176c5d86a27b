"""Why people said no, for officers who advise employers: counts in which nobody can be found."""

from fastapi import APIRouter, Response

from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)
WAYS = {"bidang": "field", "lowongan": "vacancy", "kelurahan": "ward"}


@router.get("/petugas/alasan")
async def whys(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    asked = visit.request.query_params.get("per", "")
    way = asked if asked in WAYS else "bidang"
    found = await visit.get("/applications/whys", {"by": WAYS[way]})
    return visit.page("pages/officer_whys.html", found=found, way=way, ways=tuple(WAYS), by=WAYS[way])
