"""Who came to a session: a list to tick on a phone, at the door. And the end of a training."""

from fastapi import APIRouter, Response

from services.portal.client import Params, Refused
from services.portal.pages.paths import Id
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)
SHOWN = 60  # names on one page, sent as one form


@router.get("/petugas/pelatihan/{training_id}/hadir/{number}")
async def tick(visit: Visiting, training_id: Id, number: int) -> Response:
    visit.need("officer", "admin")
    training = await visit.get(f"/trainings/{training_id}")
    if not 1 <= number <= len(training["sessions"]):
        raise Refused(404, {"code": "not_found"})
    asked: Params = {"state": "confirmed", "limit": SHOWN, "cursor": visit.request.query_params.get("cursor")}
    people = await visit.get(f"/trainings/{training_id}/enrolments", asked)
    first = not visit.request.query_params.get("cursor")
    return visit.page("pages/attendance.html", training=training, people=people, number=number, first=first)


@router.post("/petugas/pelatihan/{training_id}/hadir/{number}")
async def note(visit: Visiting, training_id: Id, number: int) -> Response:
    """Whoever stood on the page and has no tick did not come."""
    visit.need("officer", "admin")
    form = await visit.form()
    present = form.many("present")
    absent = [each for each in form.many("shown") if each not in present]
    here = f"/petugas/pelatihan/{training_id}"
    body = {"present": present, "absent": absent}
    try:
        await visit.send("PUT", f"/trainings/{training_id}/sessions/{number}/attendance", body)
    except Refused as refused:
        if refused.status not in (404, 409, 412):
            raise
        return visit.go(here, "session_not_begun" if refused.code == "session_not_begun" else "changed")
    following = form.text("next")
    onward = f"{here}/hadir/{number}?cursor={following}" if following else here
    return visit.go(onward, "attendance_noted")


@router.post("/petugas/pelatihan/{training_id}/selesai")
async def finish(visit: Visiting, training_id: Id) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    here = f"/petugas/pelatihan/{training_id}"
    try:
        await visit.post(f"/trainings/{training_id}/finish")
    except Refused as refused:
        if refused.status not in (409, 412):
            raise
        return visit.go(here, "training_not_over" if refused.code == "training_not_over" else "changed")
    return visit.go(here, "training_finished")
