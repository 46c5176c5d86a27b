"""Placements at the officers' desk: the list, a job found elsewhere, and by what a hire is counted."""

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.forms import Form, compact
from services.portal.labour import AGES, COUNTED, EDUCATIONS, RECEIVERS, SCOPES, SEXES, month_asked, near
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
DESK, API = "/petugas/penempatan", "/placements"
SHOWN = 50


@router.get(DESK)
async def listing(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    asked = visit.request.query_params
    month, scope = month_asked(asked.get("bulan")), asked.get("cakupan", "")
    scope = scope if scope in SCOPES else ""
    params = {"month": month, "scope": scope or None, "limit": SHOWN, "cursor": asked.get("cursor")}
    found = await visit.get(API, params)
    return visit.page(
        "pages/officer_placements.html",
        found=found,
        near=near(month),
        month=month,
        scope=scope,
        scopes=SCOPES,
        first=not asked.get("cursor"),
    )


@router.get(DESK + "/unduh.csv")
async def download(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await visit.download(f"{API}/table.csv", {"month": month_asked(visit.request.query_params.get("bulan"))})


@router.get(DESK + "/baru")
async def new(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return _form_page(visit, Form({"scope": "AKL"}))


@router.post(DESK + "/baru")
async def record(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    for name in ("job", "employer_name", "scope"):
        form.need(name, visit.words(f"placements.need_{name}"))
    start = form.day("start_date", visit.words("advert.bad_day"))
    if form.bad:
        return _form_page(visit, form)
    body = compact({name: form.text(name) for name in ("card_number", "job", "employer_name", "scope")})
    body |= {"start_date": start, "counts": _counts(form)}
    try:
        made = await visit.post(API, body, key=form.text("key"))
    except Refused as refused:
        if refused.status != 422:
            raise
        form.refuse(refused, fields=("card_number", "job", "employer_name"))
        return _form_page(visit, form)
    return visit.go(f"{DESK}?bulan={made['month']}", "placement_recorded")


@router.get(DESK + "/{placement_id}")
async def one(visit: Visiting, placement_id: Id) -> Response:
    visit.need("officer", "admin")
    placement = await visit.get(f"{API}/{placement_id}")
    known = {name: value for name, value in placement["counts"].items() if value != "?"}
    return _form_page(visit, Form(known), placement)


@router.post(DESK + "/{placement_id}")
async def complete(visit: Visiting, placement_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    try:
        made = await visit.post(f"{API}/{placement_id}/complete", _counts(form))
    except Refused as refused:
        if refused.status != 422:
            raise
        form.refuse(refused, fields=COUNTED)
        return _form_page(visit, form, await visit.get(f"{API}/{placement_id}"))
    return visit.go(f"{DESK}?bulan={made['month']}", "placement_completed")


def _counts(form: Form) -> dict[str, str]:
    return {name: form.text(name) or "?" for name in COUNTED}


def _form_page(visit: Visit, form: Form, placement: object = None) -> Response:
    return visit.page(
        "pages/officer_placement.html",
        form=form,
        placement=placement,
        ages=AGES,
        sexes=SEXES,
        educations=EDUCATIONS,
        receivers=RECEIVERS,
        scopes=SCOPES,
    )
