"""Reporting an advert: what is wrong, sent to the officers; no account needed."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.paths import Reference
from services.portal.pages.vacancies import load
from services.portal.posting import vacancy_path
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
TEXT = 500  # characters


@router.get("/lowongan/{reference}/lapor")
async def ask(visit: Visiting, reference: Reference) -> Response:
    return _page(visit, await load(visit, reference), Form())


@router.post("/lowongan/{reference}/lapor")
async def send(visit: Visiting, reference: Reference) -> Response:
    form, vacancy = await visit.form(), await load(visit, reference)
    if form.text("category") not in choices.REPORT:
        form.errors["category"] = visit.words("report.need_category")
    if len(form.text("text")) > TEXT:
        form.errors["text"] = visit.words("report.long_text", n=TEXT)
    if not form.bad:
        try:
            body = compact({"category": form.text("category"), "text": form.text("text")})
            await visit.post(f"/vacancies/{vacancy['id']}/reports", body, key=form.text("key"))
            return visit.go(f"{vacancy_path(vacancy)}/lapor/terkirim")
        except Refused as refused:
            form.refuse(refused, fields=("category", "text"))
    return _page(visit, vacancy, form)


@router.get("/lowongan/{reference}/lapor/terkirim")
async def sent(visit: Visiting, reference: Reference) -> Response:
    return visit.page("pages/reported.html", vacancy=await load(visit, reference))


def _page(visit: Visit, vacancy: Json, form: Form) -> Response:
    return visit.page("pages/report.html", vacancy=vacancy, form=form, limit=TEXT)
