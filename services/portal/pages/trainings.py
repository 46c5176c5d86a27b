"""Trainings as everybody sees them, and asking for a seat in one."""

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/pelatihan")
async def list_trainings(visit: Visiting) -> Response:
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/trainings", {"limit": 20, "cursor": cursor})
    return visit.page("pages/trainings.html", found=found, first=not cursor)


@router.get("/pelatihan/{training_id}")
async def one(visit: Visiting, training_id: Id) -> Response:
    training = await visit.get(f"/trainings/{training_id}")
    mine = await _mine(visit, training_id)
    return visit.page("pages/training.html", training=training, mine=mine)


@router.get("/pelatihan/{training_id}/daftar")
async def ask(visit: Visiting, training_id: Id) -> Response:
    visit.need("seeker")
    training = await visit.get(f"/trainings/{training_id}")
    if training["enrolment"] != "open":
        return visit.go(f"/pelatihan/{training_id}", "changed")
    return visit.page("pages/training_enrol.html", training=training)


@router.post("/pelatihan/{training_id}/daftar")
async def enrol(visit: Visiting, training_id: Id) -> Response:
    visit.need("seeker")
    form = await visit.form()
    try:
        made = await visit.post(f"/trainings/{training_id}/enrolments", {"follow_up": form.flag("follow_up")})
    except Refused as refused:
        return await _refused(visit, training_id, form, refused)
    return visit.go(f"/latihan/{made['id']}", f"enrolment_{made['state']}")


async def _refused(visit: Visit, training_id: str, form: Form, refused: Refused) -> Response:
    form.refuse(refused)
    training = await visit.get(f"/trainings/{training_id}")
    return visit.page("pages/training_enrol.html", training=training, form=form)


async def _mine(visit: Visit, training_id: str) -> Json | None:
    """The visitor's own place in it."""
    if not visit.session.access or visit.session.role != "seeker":
        return None
    found = await visit.get(f"/trainings/{training_id}/enrolments/mine")
    return found["items"][0] if found["items"] else None
