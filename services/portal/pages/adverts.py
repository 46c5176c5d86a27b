"""The employer's adverts: writing, checking, sending to the officers, closing."""

from fastapi import APIRouter, Response

from services.portal.advert_form import FIELDS, body_of, given, values_of
from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/pasang")
async def mine(visit: Visiting) -> Response:
    visit.need("employer")
    employer = await optional(visit, "/employers/me")
    cursor = visit.request.query_params.get("cursor")
    found: Json = {"items": [], "next": None}
    if employer:
        found = await visit.get("/vacancies/mine", {"limit": 20, "cursor": cursor})
    return visit.page("pages/adverts.html", employer=employer, found=found, first=not cursor)


@router.get("/pasang/baru")
async def new_form(visit: Visiting) -> Response:
    visit.need("employer")
    employer = await optional(visit, "/employers/me")
    if not employer:
        return visit.go("/usaha", "business_first")
    form = Form({"openings": "1", "kind": "full_time", "workplace": "onsite", "wage_per": "month"})
    form.values["kelurahan_code"] = employer.get("kelurahan_code") or ""
    return visit.page("pages/advert_form.html", form=form, vacancy=None, etag="")


@router.post("/pasang/baru")
async def new(visit: Visiting) -> Response:
    visit.need("employer")
    form = await visit.form()
    body = body_of(form, visit.words)
    if not form.bad:
        try:
            made = await visit.post("/vacancies", given(body), key=form.text("key"))
            return visit.go(f"/pasang/{made['id']}", "advert_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return visit.page("pages/advert_form.html", form=form, vacancy=None, etag="")


@router.get("/pasang/{vacancy_id}")
async def one(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    known = await visit.read(f"/vacancies/{vacancy_id}")
    employer = await optional(visit, "/employers/me")
    return visit.page("pages/advert.html", vacancy=known.body, etag=known.etag, employer=employer)


@router.get("/pasang/{vacancy_id}/ubah")
async def change_form(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    known = await visit.read(f"/vacancies/{vacancy_id}")
    if known.body["state"] not in ("draft", "returned"):
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return _form_page(visit, Form(values_of(known.body)), known.body, known.etag)


@router.post("/pasang/{vacancy_id}/ubah")
async def change(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    body = body_of(form, visit.words)
    if not form.bad:
        try:
            await visit.send("PATCH", f"/vacancies/{vacancy_id}", body, etag=form.text("etag") or known.etag)
            return visit.go(f"/pasang/{vacancy_id}", "advert_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return _form_page(visit, form, known.body, known.etag)


@router.post("/pasang/{vacancy_id}/kirim")
async def submit(visit: Visiting, vacancy_id: Id) -> Response:
    """Send it to the officers; what is missing is shown beside its field on the edit form."""
    visit.need("employer")
    await visit.form()
    try:
        await visit.post(f"/vacancies/{vacancy_id}/submit")
    except Refused as refused:
        if refused.status != 422:
            return visit.go(f"/pasang/{vacancy_id}", "changed")
        known = await visit.read(f"/vacancies/{vacancy_id}")
        form = Form(values_of(known.body))
        form.refuse(refused, fields=FIELDS)
        return _form_page(visit, form, known.body, known.etag)
    return visit.go(f"/pasang/{vacancy_id}", "advert_sent")


@router.get("/pasang/{vacancy_id}/tutup")
async def close_form(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    vacancy = await visit.get(f"/vacancies/{vacancy_id}")
    if vacancy["state"] != "published":
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return visit.page("pages/advert_close.html", vacancy=vacancy)


@router.post("/pasang/{vacancy_id}/tutup")
async def close(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    form = await visit.form()
    reason = form.text("reason")
    text = visit.portal.rendering.words["id"].texts.get(f"close.{reason}")
    try:
        await visit.post(f"/vacancies/{vacancy_id}/close", compact({"reason": text}))
    except Refused as refused:
        if refused.status not in (409, 412):
            raise
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return visit.go(f"/pasang/{vacancy_id}", "advert_closed")


def _form_page(visit: Visit, form: Form, vacancy: Json, etag: str | None) -> Response:
    return visit.page("pages/advert_form.html", form=form, vacancy=vacancy, etag=etag or "")
