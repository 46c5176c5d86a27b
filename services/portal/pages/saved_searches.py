"""Searches that are looked at again every day or week, and whose news comes by e-mail or SMS."""

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.paths import Id
from services.portal.searching import Search
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
SEARCHES = "/seekers/me/saved-searches"
HOURS = tuple(range(6, 21))  # WIB
FIELDS = ("name", "rhythm", "hour", "channel")


@router.get("/simpanan/cari")
async def ask(visit: Visiting) -> Response:
    """The search stands in the address, as on the page of results."""
    visit.need("seeker")
    form = Form({"rhythm": "daily", "hour": "7", "channel": "email"})
    return _page(visit, Search.of(visit.request.query_params), form)


@router.post("/simpanan/cari")
async def save(visit: Visiting) -> Response:
    visit.need("seeker")
    form, search = await visit.form(), Search.of(visit.request.query_params)
    try:
        await visit.post(SEARCHES, {**terms(search), **_when(form)}, key=form.text("key"))
    except Refused as refused:
        form.refuse(refused, fields=FIELDS)
        return _page(visit, search, form)
    return visit.go("/simpanan", "search_saved")


@router.post("/simpanan/cari/{search_id}/{step}")
async def change(visit: Visiting, search_id: Id, step: Literal["henti", "mulai", "hapus"]) -> Response:
    visit.need("seeker")
    await visit.form()
    path = f"{SEARCHES}/{search_id}"
    if step == "hapus":
        await visit.send("DELETE", path)
    else:
        await visit.send("PATCH", path, {"active": step == "mulai"})
    return visit.go("/simpanan", f"search_{step}")


@router.get("/kabar/henti")
async def stop_form(visit: Visiting) -> Response:
    """One button; opening the page changes nothing, because mail programs open links by themselves."""
    return _stop_page(visit, done=False)


@router.post("/kabar/henti")
async def stop(visit: Visiting) -> Response:
    """Also pressed by mail providers (RFC 8058), without cookie or session: the token says enough, and can do
    nothing else."""
    try:
        await visit.post("/seekers/stop-alerts", {"token": visit.request.query_params.get("t", "")})
    except Refused as refused:
        if refused.status not in (404, 422):
            raise
        return _stop_page(visit, done=False, status=404)
    return _stop_page(visit, done=True)


def terms(search: Search) -> Json:
    """What of a search can be kept: all but from when and in what order."""
    lists = {name: list(getattr(search, name)) for name in ("kelurahan", "kind", "bidang", "workplace", "hours")}
    reach = {"near": search.near, "within_km": float(search.within_km)} if search.within_km else {}
    wage = int(search.wage_min) if search.wage_min else None
    found = {"q": search.q, **lists, "wage_min": wage, "education": search.education, **reach}
    return compact(found) | ({"may_bring_child": True} if search.may_bring_child else {})


def _when(form: Form) -> Json:
    hour = form.text("hour")
    given = {name: form.text(name) for name in ("name", "rhythm", "channel")}
    return compact({**given, "hour": int(hour) if hour.isdigit() and int(hour) in HOURS else None})


def _page(visit: Visit, search: Search, form: Form) -> Response:
    near = search.near if search.within_km else ""
    kept = replace(search, published_since="", sort="", cursor="", near=near)
    shown = [label for label, _ in kept.applied(visit.words)]
    return visit.page("pages/saved_search.html", search=kept, shown=shown, form=form, hours=HOURS)


def _stop_page(visit: Visit, *, done: bool, status: int = 200) -> Response:
    token = visit.request.query_params.get("t", "")[:500]
    return visit.page("pages/stop_alerts.html", done=done, unknown=status == 404, token=token, status=status)
