"""A person's own places in trainings: the line, an offered seat, giving one back."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/latihan")
async def mine(visit: Visiting) -> Response:
    visit.need("seeker")
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/enrolments", {"limit": 20, "cursor": cursor})
    return visit.page("pages/learnings.html", found=found, first=not cursor)


@router.get("/latihan/{enrolment_id}")
async def one(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    enrolment = await visit.get(f"/enrolments/{enrolment_id}")
    training = await visit.get(f"/trainings/{enrolment['training']['id']}")
    form = Form({"outcome": enrolment["outcome"]} if enrolment.get("outcome") else None)
    return visit.page("pages/learning.html", enrolment=enrolment, training=training, form=form)


@router.get("/latihan/{enrolment_id}/sertifikat.pdf")
async def certificate(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    return await visit.download(f"/enrolments/{enrolment_id}/certificate")


@router.post("/latihan/{enrolment_id}/kabar")
async def tell(visit: Visiting, enrolment_id: Id) -> Response:
    """What became of it, told without being asked."""
    visit.need("seeker")
    form = await visit.form()
    if form.text("outcome") in choices.OUTCOMES:
        await visit.post(f"/enrolments/{enrolment_id}/outcome", {"outcome": form.text("outcome")})
        return visit.go(f"/latihan/{enrolment_id}", "outcome_told")
    return visit.go(f"/latihan/{enrolment_id}")


@router.post("/latihan/{enrolment_id}/jangan-tanya")
async def stop_asking(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    await visit.form()
    await visit.post(f"/enrolments/{enrolment_id}/follow-up/withdraw")
    return visit.go(f"/latihan/{enrolment_id}", "not_asked_any_more")


@router.get("/latihan/{enrolment_id}/lepas")
async def ask(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    enrolment = await visit.get(f"/enrolments/{enrolment_id}")
    return visit.page("pages/learning_leave.html", enrolment=enrolment)


@router.post("/latihan/{enrolment_id}/{step}")
async def decide(visit: Visiting, enrolment_id: Id, step: Literal["ambil", "lepas"]) -> Response:
    visit.need("seeker")
    await visit.form()
    name, message = {"ambil": ("accept", "seat_taken"), "lepas": ("cancel", "seat_left")}[step]
    try:
        await visit.post(f"/enrolments/{enrolment_id}/{name}")
    except Refused as refused:
        if refused.status not in (409, 412):
            raise
        message = "offer_over" if refused.code == "offer_over" else "changed"
    return visit.go(f"/latihan/{enrolment_id}", message)
