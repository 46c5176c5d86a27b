"""Interviews and offers: the employer's forms, the seeker's answers, and the calendar file for both."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole_application
from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.applicants import decide
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
WIB = "+07:00"
ANSWERS = {"bisa": "accept", "waktu-lain": "reschedule", "tidak-bisa": "decline"}
Answering = Literal["bisa", "waktu-lain", "tidak-bisa"]


@router.post("/pelamar/{application_id}/undang")
async def invite(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form, words = await visit.form(), visit.words
    day, clock = form.day("starts_at", words("advert.bad_day")), form.clock("clock", words("advert.bad_clock"))
    remote = form.text("remote") == "yes"
    if not day:
        form.errors.setdefault("starts_at", words("advert.bad_day"))
    if not clock:
        form.errors.setdefault("clock", words("advert.bad_clock"))
    if not remote:
        form.need("place", words("meeting.need_place"))
    form.need("contact", words("meeting.need_contact"))
    body = {
        "starts_at": f"{day}T{clock}:00{WIB}",
        "remote": remote,
        "place": form.text("place"),
        "contact": form.text("contact"),
    }
    return await decide(visit, application_id, "offer-interview", form, body)


@router.post("/pelamar/{application_id}/tawari")
async def offer(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form, words = await visit.form(), visit.words
    amount = form.number("wage_amount", words("advert.bad_number"))
    if not amount:
        form.errors.setdefault("wage_amount", words("advert.bad_number"))
    start = form.day("start_date", words("advert.bad_day"))
    if not start:
        form.errors.setdefault("start_date", words("advert.bad_day"))
    form.need("hours", words("meeting.need_hours"))
    per = form.text("wage_per") if form.text("wage_per") in choices.WAGE_PER else "month"
    body = {"wage": {"amount": amount, "per": per}, "hours": form.text("hours"), "start_date": start}
    return await decide(visit, application_id, "offer-job", form, body)


@router.post("/lamaran/{application_id}/{answer}")
async def reply(visit: Visiting, application_id: Id, answer: Answering) -> Response:
    visit.need("seeker")
    form, command = await visit.form(), ANSWERS[answer]
    why = form.text("why") if form.text("why") in choices.WHY else None
    bodies: dict[str, Json] = {"accept": {}, "reschedule": {"wish": form.text("wish")}, "decline": {"why": why}}
    try:
        etag = form.text("etag") or None
        await visit.post(f"/applications/{application_id}/{command}", compact(bodies[command]), etag=etag)
    except Refused as refused:
        if refused.status in (409, 412):
            return visit.go(f"/lamaran/{application_id}", "changed")
        form.refuse(refused, fields=("wish", "why"))
        return await _page(visit, application_id, form, command)
    return visit.go(f"/lamaran/{application_id}", f"answered_{command}")


@router.get("/lamaran/{application_id}/wawancara.ics")
@router.get("/pelamar/{application_id}/wawancara.ics")
async def calendar(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker", "employer")
    return await visit.download(f"/applications/{application_id}/interview.ics")


async def _page(visit: Visit, application_id: str, form: Form, act: str) -> Response:
    known = await visit.read(f"/applications/{application_id}")
    shown = whole_application(known.body)
    return visit.page("pages/application.html", application=shown, etag=known.etag, form=form, act=act)
