"""A person's consents: given and taken back by one press on the page of the own data."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.portal.client import Json, Refused
from services.portal.pages.account import optional
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
MINE = "/seekers/me/consents"
BACK = "/data-saya#persetujuan"
Kind = Annotated[str, Path(pattern="^[a-z_]{1,30}$")]


@router.post("/data-saya/persetujuan/{kind}/beri")
async def give(visit: Visiting, kind: Kind) -> Response:
    """The page sends along which words the person read."""
    visit.need("seeker")
    form = await visit.form()
    return await _sent(visit, f"{MINE}/{kind}/give", {"text_version": form.text("version")[:20]}, "consent_given")


@router.post("/data-saya/persetujuan/{kind}/tarik")
async def withdraw(visit: Visiting, kind: Kind) -> Response:
    visit.need("seeker")
    await visit.form()
    return await _sent(visit, f"{MINE}/{kind}/withdraw", None, "consent_withdrawn")


async def _sent(visit: Visit, path: str, body: Json | None, message: str) -> Response:
    try:
        await visit.post(path, body)
    except Refused as refused:
        if refused.status not in (404, 409, 422):
            raise
        return visit.go(BACK, "changed")
    return visit.go(BACK, message)


async def agreed(visit: Visit) -> Json:
    """What the person agreed to here, and whether to news: that is chosen on a page of its own."""
    if visit.session.role != "seeker":
        return {"items": [], "news": False}
    mine, choices = await asyncio.gather(optional(visit, MINE), optional(visit, "/notifications/preferences"))
    return {"items": (mine or {"items": []})["items"], "news": bool((choices or {}).get("news"))}
