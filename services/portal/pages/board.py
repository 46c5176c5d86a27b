"""The employer's board of one advert: who applied, filters, many answers at once, notes, the list as a table."""

import asyncio
from datetime import datetime

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole, whole_application
from services.portal.client import Away, Json, Params, Refused
from services.portal.formats import WIB
from services.portal.forms import Form, compact
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
SHOWN = 20
HAVE_APPLICANTS = ("published", "paused", "filled", "closed", "expired")


@router.get("/pelamar")
async def listing(visit: Visiting) -> Response:
    visit.need("employer")
    vacancy_id = _named(visit.request.query_params.get("lowongan", ""))
    if vacancy_id:
        return await _board(visit, vacancy_id, Form({"when": "now"}))
    employer = await optional(visit, "/employers/me")
    found: Json = await visit.get("/vacancies/mine", {"limit": 50}) if employer else {"items": []}
    shown = [each for each in found["items"] if each["state"] in HAVE_APPLICANTS]
    return visit.page("pages/applicants_choose.html", adverts=shown)


@router.get("/pelamar/unduh.csv")
async def download(visit: Visiting) -> Response:
    visit.need("employer")
    vacancy_id = _named(visit.request.query_params.get("lowongan", ""))
    return await visit.download("/applications/table.csv", {"vacancy_id": vacancy_id})


@router.post("/pelamar/sekaligus")
async def decide_many(visit: Visiting) -> Response:
    """The same answer for everybody who is ticked, now or at a chosen hour."""
    visit.need("employer")
    form = await visit.form()
    vacancy_id = _named(form.text("lowongan"))
    body = {"vacancy_id": vacancy_id, "applications": form.many("pilih"), "to": form.text("to")} | _told(visit, form)
    if not body["applications"]:
        form.errors["pilih"] = visit.words("board.need_people")
    if body["to"] not in choices.TOGETHER:
        form.errors["to"] = visit.words("board.need_answer")
    if form.bad:
        return await _board(visit, vacancy_id, form)
    try:
        made = await visit.post("/applications/decisions", compact(body))
    except Refused as refused:
        if refused.status != 422:
            raise
        form.refuse(refused, fields=("release_at_day",))
        return await _board(visit, vacancy_id, form)
    counts = [sum(each["outcome"] == name for each in made["items"]) for name in ("done", "held", "refused")]
    counted = "&".join(f"{name}={count}" for name, count in zip("dht", counts, strict=True))
    return visit.go(f"/pelamar/sekaligus/selesai?lowongan={vacancy_id}&{counted}")


@router.get("/pelamar/sekaligus/selesai")
async def decided(visit: Visiting) -> Response:
    visit.need("employer")
    asked = visit.request.query_params
    counts = {name: _count(asked.get(name, "")) for name in "dht"}
    return visit.page("pages/decided.html", counts=counts, vacancy_id=_named(asked.get("lowongan", "")))


@router.post("/pelamar/{application_id}/catatan")
async def note(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form = await visit.form()
    text = form.text("note")
    if not text or len(text) > choices.LONGEST_NOTE:
        return visit.go(f"/pelamar/{application_id}#catatan", "note_wrong")
    try:
        await visit.post(f"/applications/{application_id}/notes", {"text": text})
    except Refused as refused:
        if refused.status != 409:
            raise
        return visit.go(f"/pelamar/{application_id}#catatan", "notes_full")
    return visit.go(f"/pelamar/{application_id}#catatan", "note_saved")


@router.post("/pelamar/{application_id}/catatan/hapus")
async def drop_note(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    form = await visit.form()
    return await _drop(visit, application_id, f"notes/{_named(form.text('note'))}", "note_gone")


@router.post("/pelamar/{application_id}/jadwal/batal")
async def take_back(visit: Visiting, application_id: Id) -> Response:
    visit.need("employer")
    await visit.form()
    return await _drop(visit, application_id, "held", "held_gone")


async def _drop(visit: Visit, application_id: str, what: str, message: str) -> Response:
    try:
        await visit.send("DELETE", f"/applications/{application_id}/{what}")
    except Refused as refused:
        if refused.status != 404:
            raise
        message = "changed"
    return visit.go(f"/pelamar/{application_id}", message)


async def _board(visit: Visit, vacancy_id: str, form: Form) -> Response:
    asked = visit.request.query_params
    state = asked.get("keadaan", "") if asked.get("keadaan") in choices.APPLICATION_STATES else ""
    fit = asked.get("cocok", "") if asked.get("cocok") in choices.FITS else ""
    cursor = asked.get("cursor")
    params: Params = {"vacancy_id": vacancy_id, "limit": SHOWN, "cursor": cursor, "state": state, "fit": fit}
    vacancy, found, held = await asyncio.gather(
        visit.get(f"/vacancies/{vacancy_id}"), visit.get("/applications", params), _held(visit, vacancy_id)
    )
    found["items"] = [whole_application(each) for each in found["items"]]
    filtered = "".join(f"&{name}={value}" for name, value in (("keadaan", state), ("cocok", fit)) if value)
    return visit.page(
        "pages/applicants.html",
        vacancy=whole(vacancy),
        found=found,
        held=held,
        first=not cursor,
        form=form,
        chosen=Form({"keadaan": state, "cocok": fit}),
        address=f"/pelamar?lowongan={vacancy_id}{filtered}",
    )


async def _held(visit: Visit, vacancy_id: str) -> dict[str, Json]:
    """What waits for its hour, by application; the board works without it."""
    try:
        found = await visit.get("/applications/held", {"vacancy_id": vacancy_id})
    except (Away, Refused):
        return {}
    return {each["application_id"]: each for each in found.get("items", [])}


def _told(visit: Visit, form: Form) -> Json:
    """The reason, and the hour."""
    told: Json = {}
    if form.text("to") == "reject":
        stock = visit.portal.rendering.words["id"].texts.get(f"reject.{form.text('reason')}")
        if form.text("reason") not in choices.REJECT or not stock:
            form.errors["reason"] = visit.words("applicant.need_reason")
        told["reason"] = "" if form.text("reason") == "none" else stock
    if form.text("when") == "later":
        day = form.day("release_at", visit.words("advert.bad_day"))
        hour = form.clock("release_hour", visit.words("advert.bad_clock"))
        if day and hour:
            told["release_at"] = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=WIB).isoformat()
        elif not {"release_at", "release_hour"} & set(form.errors):
            form.errors["release_at"] = visit.words("board.need_hour")
    return told


def _named(text: str) -> str:
    """An id as the API makes them; anything else is none."""
    return text if len(text) <= 80 and text.replace("_", "").replace("-", "").isalnum() else ""


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
