"""What a seeker keeps: saved adverts and saved searches on one page."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.pages.account import optional
from services.portal.pages.paths import Reference
from services.portal.pages.vacancies import SAVED, load
from services.portal.posting import vacancy_path
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
        "pages/saved.html", vacancies=vacancies or empty, searches=(searches or empty)["items"], first=not cursor
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
