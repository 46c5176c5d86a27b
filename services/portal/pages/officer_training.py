"""Trainings at the officers' desk: made, published, called off."""

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.officer import lost
from services.portal.pages.paths import Id
from services.portal.training_form import FIELDS, body_of, values_of
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/petugas/pelatihan")
async def list_trainings(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/trainings/all", {"limit": 20, "cursor": cursor})
    return visit.page("pages/officer_trainings.html", found=found, first=not cursor)


@router.get("/petugas/pelatihan/baru")
async def new(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return _form_page(visit, Form({"audience": "anyone"}), None)


@router.post("/petugas/pelatihan/baru")
async def draft(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    body = body_of(form, visit.words)
    if not form.bad:
        try:
            made = await visit.post("/trainings", body)
            return visit.go(f"/petugas/pelatihan/{made['id']}", "training_drafted")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return _form_page(visit, form, None)


@router.get("/petugas/pelatihan/{training_id}")
async def one(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, training_id, Form())


@router.get("/petugas/pelatihan/{training_id}/ubah")
async def change_form(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    training = await visit.get(f"/trainings/{training_id}")
    return _form_page(visit, Form(values_of(training)), training)


@router.post("/petugas/pelatihan/{training_id}/ubah")
async def change(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    form, training = await visit.form(), await visit.get(f"/trainings/{training_id}")
    body = body_of(form, visit.words, published=training["state"] == "published")
    if not form.bad:
        try:
            await visit.send("PATCH", f"/trainings/{training_id}", body, etag=form.text("etag") or None)
            return visit.go(f"/petugas/pelatihan/{training_id}", "training_changed")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return _form_page(visit, form, training)


@router.post("/petugas/pelatihan/{training_id}/terbitkan")
async def publish(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    try:
        await visit.post(f"/trainings/{training_id}/publish")
    except Refused as refused:
        form.refuse(refused)
        return await _page(visit, training_id, form)
    return visit.go(f"/petugas/pelatihan/{training_id}", "training_published")


@router.post("/petugas/pelatihan/{training_id}/batalkan")
async def cancel(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    reason = form.need("reason", visit.words("officer_training.need_reason"))
    if form.bad:
        return await _page(visit, training_id, form)
    try:
        await visit.post(f"/trainings/{training_id}/cancel", {"reason": reason})
    except Refused as refused:
        if refused.status != 422:
            return lost(visit, refused)
        form.refuse(refused, fields=("reason",))
        return await _page(visit, training_id, form)
    return visit.go(f"/petugas/pelatihan/{training_id}", "training_cancelled")


def _form_page(visit: Visit, form: Form, training: Json | None) -> Response:
    return visit.page("pages/officer_training_form.html", form=form, training=training)


async def _page(visit: Visit, training_id: str, form: Form) -> Response:
    training = await visit.get(f"/trainings/{training_id}")
    cursor = visit.request.query_params.get("cursor")
    people = await visit.get(f"/trainings/{training_id}/enrolments", {"limit": 100, "cursor": cursor})
    results = await visit.get(f"/trainings/{training_id}/results")
    return visit.page(
        "pages/officer_training.html",
        training=training,
        people=people,
        results=results,
        first=not cursor,
        form=form,
    )
