"""The officers' queues, oldest first, and the verification of employers, each answer with its reason."""

import asyncio

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole
from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
CAUSES = ("nib", "npwp", "visit")
SHOWN = 100  # of each queue; the oldest are what matters
_EMPLOYERS, _VACANCIES = "/officer/employers", "/officer/vacancies"


@router.get("/petugas")
async def queues(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    employers, vacancies, paused, revisions = await asyncio.gather(
        visit.get(_EMPLOYERS, {"state": "pending", "limit": SHOWN}),
        visit.get(_VACANCIES, {"state": "submitted", "limit": SHOWN}),
        _reported(visit),
        _revisions(visit),
    )
    for found in (vacancies, paused, revisions):
        found["items"] = [whole(each) for each in found["items"]]
    return visit.page(
        "pages/officer.html", employers=employers, vacancies=vacancies, paused=paused, revisions=revisions
    )


@router.get("/petugas/usaha/{employer_id}")
async def employer(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _employer_page(visit, employer_id, Form())


@router.post("/petugas/usaha/{employer_id}/terima")
async def verify(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    return await done(visit, f"/employers/{employer_id}/verify", {}, "employer_verified")


@router.post("/petugas/usaha/{employer_id}/kembalikan")
async def return_employer(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    reason = _reason(visit, form, "return_employer", choices.RETURN_EMPLOYER)
    if form.bad:
        return await _employer_page(visit, employer_id, form)
    return await done(visit, f"/employers/{employer_id}/return", {"reason": reason}, "employer_returned")


@router.post("/petugas/usaha/{employer_id}/cabut")
async def revoke(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    if form.text("cause") not in CAUSES:
        form.errors["cause"] = visit.words("officer.need_cause")
    form.need("words", visit.words("officer.need_reason"))
    if form.bad:
        return await _employer_page(visit, employer_id, form)
    body = {"cause": form.text("cause"), "reason": form.text("words")}
    return await done(visit, f"/employers/{employer_id}/revoke", body, "employer_revoked")


async def done(visit: Visit, path: str, body: Json, message: str, *, etag: str | None = None) -> Response:
    try:
        await visit.post(path, body, etag=etag)
    except Refused as refused:
        return lost(visit, refused)
    return visit.go("/petugas", message)


async def _reported(visit: Visit) -> Json:
    """Adverts that reports have paused; an API that cannot tell has none."""
    try:
        found = await visit.get(_VACANCIES, {"state": "paused", "limit": SHOWN})
    except Refused:
        return {"items": [], "next": None}
    return {**found, "items": [each for each in found["items"] if each.get("reason_code") == "under_review"]}


async def _revisions(visit: Visit) -> Json:
    """Live adverts of a province whose later text waits; an API that cannot tell has none."""
    try:
        return dict(await visit.get("/officer/revisions", {"limit": SHOWN}))
    except Refused:
        return {"items": [], "next": None}


def lost(visit: Visit, refused: Refused) -> Response:
    """A colleague was quicker, or the employer changed it: back to the queue."""
    if refused.status in (404, 409, 412):
        return visit.go("/petugas", "changed")
    raise refused


def _reason(visit: Visit, form: Form, group: str, known: tuple[str, ...]) -> str:
    """Stock reasons in Indonesian, as employers read them, and the officer's own words."""
    words = visit.portal.rendering.words["id"]
    chosen = [words(f"{group}.{name}") for name in form.many("reasons") if name in known]
    text = " ".join(filter(None, (*chosen, form.text("words"))))
    if not text:
        form.errors["reasons"] = visit.words("officer.need_reason")
    return text


async def _employer_page(visit: Visit, employer_id: str, form: Form) -> Response:
    found = await _find_employer(visit, employer_id)
    return visit.page("pages/officer_employer.html", employer=found, causes=CAUSES, form=form)


async def _find_employer(visit: Visit, employer_id: str) -> Json:
    """The waiting employer from the queue, else a verified one; others were handled by a colleague."""
    for state in ("pending", "verified"):
        cursor: str | None = None
        for _ in range(10):
            page = await visit.get(_EMPLOYERS, {"state": state, "limit": SHOWN, "cursor": cursor})
            found = next((dict(each) for each in page["items"] if each["id"] == employer_id), None)
            cursor = page.get("next")
            if found or not cursor:
                break
        if found:
            return found
    raise Refused(404, {"code": "not_found"})
