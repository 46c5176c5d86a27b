"""The officers' other papers: what people reported, and the table of the city's minimum wage."""

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
REGION = "35.77"


@router.get("/petugas/laporan")
async def reports(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    cursor = visit.request.query_params.get("cursor")
    found = await optional(visit, "/officer/reports", {"limit": 20, "cursor": cursor})
    found = found or {"items": [], "next": None}
    return visit.page("pages/officer_reports.html", found=found, first=not cursor)


@router.get("/petugas/upah")
async def wages(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await _wages(visit, Form({"confirmed": "1"}))


@router.post("/petugas/upah")
async def add_wage(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    body = _row(visit, form)
    if not form.bad:
        try:
            await visit.post("/officer/wages", body, key=form.text("key"))
            return visit.go("/petugas/upah", "wage_added")
        except Refused as refused:
            form.refuse(refused, fields=("from_day", "amount", "decree"))
    return await _wages(visit, form)


def _row(visit: Visit, form: Form) -> Json:
    words = visit.words
    amount, since = form.number("amount", words("wages.bad_amount")), form.day("from", words("advert.bad_day"))
    if amount is None:
        form.errors.setdefault("amount", words("wages.bad_amount"))
    if since is None:
        form.errors.setdefault("from", words("advert.bad_day"))
    form.need("decree", words("wages.need_decree"))
    row = {"region": REGION, "from": since, "amount": amount, "decree": form.text("decree")}
    return {**row, "confirmed": form.flag("confirmed")}


async def _wages(visit: Visit, form: Form) -> Response:
    found = await optional(visit, "/wages") or {"items": [], "current": None, "floors": None}
    return visit.page("pages/officer_wages.html", found=found, form=form)
