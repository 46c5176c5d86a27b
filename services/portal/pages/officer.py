"""The officers' queues: employers to verify, adverts to review, oldest first, each answer with its reason."""

import asyncio

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
SHOWN = 100  # of each queue; the oldest are what matters
_EMPLOYERS, _VACANCIES = "/officer/employers", "/officer/vacancies"


@router.get("/petugas")
async def queues(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    employers, vacancies = await asyncio.gather(
        visit.get(_EMPLOYERS, {"state": "pending", "limit": SHOWN}),
        visit.get(_VACANCIES, {"state": "submitted", "limit": SHOWN}),
    )
    return visit.page("pages/officer.html", employers=employers, vacancies=vacancies)


@router.get("/petugas/usaha/{employer_id}")
async def employer(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _employer_page(visit, employer_id, Form())


@router.post("/petugas/usaha/{employer_id}/terima")
async def verify(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    return await _done(visit, f"/employers/{employer_id}/verify", {}, "employer_verified")


@router.post("/petugas/usaha/{employer_id}/kembalikan")
async def return_employer(visit: Visiting, employer_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    reason = _reason(visit, form, "return_employer", choices.RETURN_EMPLOYER)
    if form.bad:
        return await _employer_page(visit, employer_id, form)
    return await _done(visit, f"/employers/{employer_id}/return", {"reason": reason}, "employer_returned")


@router.get("/petugas/lowongan/{vacancy_id}")
async def vacancy(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _vacancy_page(visit, vacancy_id, Form())


@router.post("/petugas/lowongan/{vacancy_id}/terbitkan")
async def publish(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    try:
        await visit.post(f"/vacancies/{vacancy_id}/publish", etag=form.text("etag") or None)
    except Refused as refused:
        if refused.code not in ("employer_not_verified", "same_officer", "closing_passed"):
            return _lost(visit, refused)
        form.refuse(refused)
        return await _vacancy_page(visit, vacancy_id, form)
    return visit.go("/petugas", "advert_published")


@router.post("/petugas/lowongan/{vacancy_id}/kembalikan")
async def return_vacancy(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    reason = _reason(visit, form, "return_vacancy", choices.RETURN_VACANCY)
    if form.bad:
        return await _vacancy_page(visit, vacancy_id, form)
    return await _done(visit, f"/vacancies/{vacancy_id}/return", {"reason": reason}, "advert_returned")


async def _done(visit: Visit, path: str, body: Json, message: str) -> Response:
    try:
        await visit.post(path, body)
    except Refused as refused:
        return _lost(visit, refused)
    return visit.go("/petugas", message)


def _lost(visit: Visit, refused: Refused) -> Response:
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
    return visit.page("pages/officer_employer.html", employer=found, form=form)


async def _find_employer(visit: Visit, employer_id: str) -> Json:
    """The waiting employer, from the queue itself; one that left it was handled by a colleague."""
    cursor: str | None = None
    for _ in range(10):
        page = await visit.get(_EMPLOYERS, {"state": "pending", "limit": SHOWN, "cursor": cursor})
        for each in page["items"]:
            if each["id"] == employer_id:
                return dict(each)
        cursor = page.get("next")
        if not cursor:
            break
    raise Refused(404, {"code": "not_found"})


async def _vacancy_page(visit: Visit, vacancy_id: str, form: Form) -> Response:
    known = await visit.read(f"/vacancies/{vacancy_id}")
    return visit.page("pages/officer_vacancy.html", vacancy=known.body, etag=known.etag or "", form=form)
