"""Who applied, for the employer: opening an application, and answering it."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole_application
from services.portal.client import Away, Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.attached import attached_to
from services.portal.pages.disability import shared_with
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
# Of every form on an applicant's page: what is refused is shown beside it.
FIELDS = ("reason", "words", "start_date_day", "starts_at_day", "clock", "place", "contact", "wage_amount", "hours")


@router.post("/pelamar/{application_id}/buka")
async def open_one(visit: Visiting, application_id: Id) -> Response:
    """Opening is what the seeker sees as "Dibaca", so it is an act and not a link."""
    visit.need("employer")
    await visit.form()
    try:
        await visit.post(f"/applications/{application_id}/view")
    except Refused as refused:
        if refused.status not in (409, 412):
            raise
    return visit.go(f"/pelamar/{application_id}")


@router.get("/pelamar/{application_id}")
async def one(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    return await _page(visit, application_id, Form())


@router.post("/pelamar/{application_id}/pilih")
async def shortlist(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    return await decide(visit, application_id, "shortlist", await visit.form(), {})


@router.post("/pelamar/{application_id}/terima")
async def hire(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form = await visit.form()
    start = form.day("start_date", visit.words("advert.bad_day"))
    return await decide(visit, application_id, "hire", form, {"start_date": start})


@router.post("/pelamar/{application_id}/tolak")
async def reject(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form = await visit.form()
    code = form.text("reason")
    if code not in choices.REJECT:
        form.errors["reason"] = visit.words("applicant.need_reason")
    body = {"reason_code": None if code == "none" else code, "reason": form.text("words")}
    return await decide(visit, application_id, "reject", form, body)


async def decide(visit: Visit, application_id: str, act: str, form: Form, body: Json) -> Response:
    if form.bad:
        return await _page(visit, application_id, form, act)
    try:
        etag = form.text("etag") or None
        await visit.post(f"/applications/{application_id}/{act}", compact(body), etag=etag)
    except Refused as refused:
        if refused.status in (409, 412):
            return visit.go(f"/pelamar/{application_id}", "changed")
        form.refuse(refused, fields=FIELDS)
        return await _page(visit, application_id, form, act)
    return visit.go(f"/pelamar/{application_id}", f"decided_{act.replace('-', '_')}")


async def _page(visit: Visit, application_id: str, form: Form, act: str = "") -> Response:
    known = await visit.read(f"/applications/{application_id}")
    application = whole_application(known.body)
    return visit.page(
        "pages/applicant.html",
        application=application,
        etag=known.etag,
        form=form,
        act=act,
        desk=await _desk(visit, application_id),
        # Reading it is noted for the person, so it is not asked for before the application is opened.
        papers=await attached_to(visit, application),
        given=None if application["state"] == "submitted" else await shared_with(visit, application_id),
    )


async def _desk(visit: Visit, application_id: str) -> Json:
    """Notes and what waits for its hour; the page works without them."""
    try:
        return await visit.get(f"/applications/{application_id}/desk")
    except (Away, Refused):
        return {"notes": [], "held": None}
