"""What a person says of the own disability: kept for the person alone, and shared with one application's employer
where the person ticks it there."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Away, Json, Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
HERE, API = "/akun/disabilitas", "/seekers/me/disability"
SHARED, TEXT = "/applications/disability", "/applications/disability/text"
WORDS = 500  # characters of a field


@router.get(HERE)
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    mine = await visit.get(API)
    return await _page(visit, Form({"condition": mine["condition"] or "", "help": mine["help"] or ""}))


@router.post(HERE)
async def keep(visit: Visiting) -> Response:
    visit.need("seeker")
    form = await visit.form()
    for name in ("condition", "help"):
        if len(form.text(name)) > WORDS:
            form.errors[name] = visit.words("disability.long", n=WORDS)
    if form.bad:
        return await _page(visit, form)
    body = {"condition": form.text("condition") or None, "help": form.text("help") or None}
    await visit.send("PUT", API, body)
    return visit.go(HERE, "disability_kept" if any(body.values()) else "disability_gone")


@router.post("/lamaran/{application_id}/disabilitas")
async def share(visit: Visiting, application_id: Id) -> Response:
    """Later than with the application, or again after it was taken back."""
    visit.need("seeker")
    form = await visit.form()
    if not form.flag("share_disability"):
        return visit.go(f"/lamaran/{application_id}", "disability_not_ticked")
    done = await shared(visit, application_id, form)
    return visit.go(f"/lamaran/{application_id}", "disability_shared" if done else "disability_not_shared")


@router.post("/lamaran/{application_id}/disabilitas/tarik")
async def take_back(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    await visit.form()
    await visit.send("DELETE", f"/applications/{application_id}/disability")
    return visit.go(f"/lamaran/{application_id}", "disability_taken_back")


async def offered(visit: Visit) -> Json | None:
    """The own words and the words of consent, where the person has written some; the page works without them."""
    try:
        mine = await optional(visit, API)
        if not mine or not (mine.get("condition") or mine.get("help")):
            return None
        return {**mine, **await visit.get(TEXT)}
    except (Away, Refused):
        return None


async def shared(visit: Visit, application_id: str, form: Form) -> bool:
    """What is kept now goes to this one application, under the words of consent that the page showed. The
    application itself stands either way."""
    try:
        mine = await visit.get(API)
        words = {name: mine[name] for name in ("condition", "help")}
        consent = {"text_version": form.text("disability_version")[:20]}
        await visit.send("PUT", f"/applications/{application_id}/disability", {**words, **consent})
    except (Away, Refused):
        return False
    return True


async def shared_with(visit: Visit, application_id: str) -> Json | None:
    """What this application's employer may read now; None where nothing is shared."""
    try:
        found = await visit.get(f"/applications/{application_id}/disability")
    except (Away, Refused):
        return None
    return found if found.get("condition") or found.get("help") else None


async def _page(visit: Visit, form: Form) -> Response:
    mine, given = await asyncio.gather(visit.get(API), optional(visit, SHARED))
    stand = [each for each in (given or {"items": []})["items"] if each["condition"] or each["help"]]
    kept = bool(mine["condition"] or mine["help"])
    return visit.page("pages/disability.html", form=form, given=stand, kept=kept, limit=WORDS)
