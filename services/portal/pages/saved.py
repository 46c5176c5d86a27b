"""What a seeker keeps: saved adverts and saved searches on one page."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.pages.account import optional
from services.portal.pages.paths import Reference
from services.portal.pages.vacancies import SAVED, load
from services.portal.posting import vacancy_path
from services.portal.searching import Search
from services.portal.visit import Visiting, onward

router = APIRouter(include_in_schema=False)
_TOLD = {"too_many_saved": "too_many_saved", "vacancy_recalled": "changed", "vacancy_not_known_yet": "save_later"}


@router.get("/simpanan")
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    cursor = visit.request.query_params.get("cursor")
    empty: Json = {"items": [], "next": None}
    vacancies, searches = await asyncio.gather(
        optional(visit, SAVED, {"limit": 20, "cursor": cursor}), optional(visit, "/seekers/me/saved-searches")
    )
    return visit.page(
        "pages/saved.html",
        vacancies=vacancies or empty,
        searches=(searches or empty)["items"],
        first=not cursor,
        kept_as=lambda each: [label for label, _ in _search(each).applied(visit.words)],
    )


def _search(kept: Json) -> Search:
    """A saved search as the page of results has it; what it looks for is its heading where it has no name."""
    home = ("home",) if kept["from_home"] else ()
    km = kept.get("within_km")
    return Search(
        q=(kept["q"] or "") if kept["name"] else "",
        kelurahan=tuple(kept["kelurahan"]),
        kind=tuple(kept["kind"]),
        bidang=tuple(kept.get("bidang", ())),
        hours=tuple(kept.get("hours", ())),
        workplace=tuple(dict.fromkeys((*home, *kept.get("workplace", ())))),
        may_bring_child="true" if kept.get("may_bring_child") else "",
        education=kept.get("education") or "",
        near=kept.get("near") or "",
        within_km=f"{km:g}" if km else "",
        wage_min=str(kept["wage_min"] or ""),
    )


@router.post("/lowongan/{reference}/simpan")
async def save(visit: Visiting, reference: Reference) -> Response:
    visit.need("seeker")
    await visit.form()
    vacancy = await load(visit, reference)
    try:
        await visit.send("PUT", f"{SAVED}/{vacancy['id']}")
    except Refused as refused:
        if refused.code not in _TOLD:
            raise
        return visit.go(vacancy_path(vacancy), _TOLD[refused.code])
    return visit.go(vacancy_path(vacancy), "saved")


@router.post("/lowongan/{reference}/lepas")
async def drop(visit: Visiting, reference: Reference) -> Response:
    """By its id, because a recalled advert cannot be looked up any more."""
    visit.need("seeker")
    form = await visit.form()
    await visit.send("DELETE", f"{SAVED}/{reference}")
    return visit.go(onward(form.text("dari"), "/simpanan"), "unsaved")
