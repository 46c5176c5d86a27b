"""The employer's business: registering it, its verification, correcting it."""

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form, Values, compact
from services.portal.pages.account import optional
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/usaha")
async def show(visit: Visiting) -> Response:
    visit.need("employer")
    employer = await optional(visit, "/employers/me")
    if employer:
        return visit.page("pages/business.html", employer=employer)
    form = Form({"size": "micro"})
    return visit.page("pages/business_form.html", form=form, employer=None, etag="")


@router.post("/usaha")
async def register(visit: Visiting) -> Response:
    visit.need("employer")
    form = await visit.form()
    body = _body(form, visit.words("business.need_name"))
    if not form.bad:
        try:
            await visit.post("/employers", compact(body), key=form.text("key"))
            return visit.go("/usaha", "business_sent")
        except Refused as refused:
            if refused.code == "employer_exists":
                return visit.go("/usaha")
            form.refuse(refused, fields=("size",))
    return visit.page("pages/business_form.html", form=form, employer=None, etag="")


@router.get("/usaha/ubah")
async def change_form(visit: Visiting) -> Response:
    visit.need("employer")
    known = await visit.read("/employers/me")
    form = Form(_values(known.body))
    return visit.page("pages/business_form.html", form=form, employer=known.body, etag=known.etag)


@router.post("/usaha/ubah")
async def change(visit: Visiting) -> Response:
    visit.need("employer")
    form, known = await visit.form(), await visit.read("/employers/me")
    body = _body(form, visit.words("business.need_name"))
    if not form.bad:
        try:
            await visit.send("PATCH", "/employers/me", body, etag=form.text("etag") or known.etag)
            return visit.go("/usaha", "business_saved")
        except Refused as refused:
            form.refuse(refused, fields=("size",))
    return visit.page("pages/business_form.html", form=form, employer=known.body, etag=known.etag)


def _body(form: Form, need_name: str) -> Json:
    form.need("name", need_name)
    contact = compact({key: form.text(f"contact_{key}") for key in ("name", "phone", "email")})
    facts = {
        "name": form.text("name"),
        "size": form.text("size") or "micro",
        "nib": "".join(filter(str.isdigit, form.text("nib"))) or None,
        "kelurahan_code": form.text("kelurahan_code") or None,
        "address": form.text("address") or None,
    }
    return facts | ({"contact": contact} if contact else {})  # it is never shown again, so empty means unchanged


def _values(employer: Json) -> Values:
    names = ("name", "size", "nib", "kelurahan_code", "address")
    return {name: str(employer[name]) for name in names if employer.get(name)}
