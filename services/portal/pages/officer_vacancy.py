"""An advert before the officer: what the rules found, and publish, return, refuse, pause, resume, recall."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal.absent import whole
from services.portal.client import Away, Json, Refused
from services.portal.forms import Form
from services.portal.pages.officer import done, lost
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
# Decisions that need a reason, as the address names them: the API's name and the message afterwards.
REASONED = {
    "kembalikan": ("return", "advert_returned"),
    "tolak": ("refuse", "advert_refused"),
    "tarik": ("recall", "advert_recalled"),
}
EXPLAINED = ("employer_not_verified", "same_officer", "closing_passed", "fairness_unjustified")


@router.get("/petugas/lowongan/{vacancy_id}")
async def vacancy(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, vacancy_id, Form())


@router.post("/petugas/lowongan/{vacancy_id}/terbitkan")
async def publish(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    why = form.text("publish_reason")
    body = {"accept_flags": True, "reason": why} if why else {}
    try:
        await visit.post(f"/vacancies/{vacancy_id}/publish", body, etag=form.text("etag") or None)
    except Refused as refused:
        if refused.code not in EXPLAINED and refused.status != 422:
            return lost(visit, refused)
        if refused.code == "fairness_unjustified":
            form.errors["publish_reason"] = str(refused.detail or refused.title)
        else:
            form.refuse(refused)
        return await _page(visit, vacancy_id, form)
    return visit.go("/petugas", "advert_published")


@router.post("/petugas/lowongan/{vacancy_id}/jeda")
@router.post("/petugas/lowongan/{vacancy_id}/lanjut")
async def pause_or_resume(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    step = "pause" if visit.path.endswith("/jeda") else "resume"
    return await done(visit, f"/vacancies/{vacancy_id}/{step}", {}, f"advert_{step}")


@router.post("/petugas/lowongan/{vacancy_id}/perubahan/tayangkan")
async def adopt(visit: Visiting, vacancy_id: Id) -> Response:
    """The later text of a province's advert, from now on."""
    visit.need("officer", "admin")
    form = await visit.form()
    why = form.text("publish_reason")
    body = {"accept_flags": True, "reason": why} if why else {}
    try:
        await visit.post(f"/vacancies/{vacancy_id}/revision/adopt", body, etag=form.text("etag") or None)
    except Refused as refused:
        if refused.code != "fairness_unjustified":
            return lost(visit, refused)
        form.errors["publish_reason"] = str(refused.detail or refused.title)
        return await _page(visit, vacancy_id, form)
    return visit.go("/petugas", "revision_adopted")


@router.post("/petugas/lowongan/{vacancy_id}/perubahan/lewati")
async def discard(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    why = form.text("revision_words")
    if not 3 <= len(why) <= 500:
        form.errors["revision_words"] = visit.words("officer.revision_need_why")
        return await _page(visit, vacancy_id, form)
    path = f"/vacancies/{vacancy_id}/revision/discard"
    return await done(visit, path, {"reason": why}, "revision_discarded", etag=form.text("etag") or None)


@router.post("/petugas/lowongan/{vacancy_id}/{step}")
async def decide(visit: Visiting, vacancy_id: Id, step: Literal["kembalikan", "tolak", "tarik"]) -> Response:
    visit.need("officer", "admin")
    form, (name, message) = await visit.form(), REASONED[step]
    body = _reason(visit, form, name, await stock(visit, name))
    if form.bad:
        return await _page(visit, vacancy_id, form)
    return await done(visit, f"/vacancies/{vacancy_id}/{name}", body, message, etag=form.text("etag") or None)


async def stock(visit: Visit, step: str) -> list[Json]:
    """The API's stock reasons for a step; without them officers write their own words."""
    try:
        found = await visit.get("/officer/reasons")
    except (Away, Refused):
        return []
    return [dict(each) for each in found["items"] if step in (each.get("steps") or each.get("for") or ())]


def _reason(visit: Visit, form: Form, step: str, known: list[Json]) -> Json:
    """The stock reason in Indonesian, as employers read it, and the officer's own words."""
    code = form.text(f"{step}_code")
    chosen = next((each for each in known if each["code"] == code), None)
    text = " ".join(filter(None, (chosen["indonesian"] if chosen else "", form.text(f"{step}_words"))))
    if len(text) < 3:
        form.errors[f"{step}_code" if known else f"{step}_words"] = visit.words("officer.need_reason")
    if len(text) > 500:
        form.errors[f"{step}_words"] = visit.words("report.long_text", n=500)
    return {"reason": text} | ({"reason_code": code} if chosen else {})


async def _page(visit: Visit, vacancy_id: str, form: Form) -> Response:
    known = await visit.read(f"/vacancies/{vacancy_id}")
    found = whole(known.body)
    steps = ("return", "refuse") if found["state"] == "submitted" else ("recall",)
    reasons = {step: await stock(visit, step) for step in steps}
    unfair = any(flag["rule"] == "M6" for flag in found["flags"])
    return visit.page(
        "pages/officer_vacancy.html",
        vacancy=found,
        etag=known.etag or "",
        form=form,
        reasons=reasons,
        unfair=unfair or "publish_reason" in form.errors,
        unfair_revision="publish_reason" in form.errors or _unfair(found["waiting"]),
    )


def _unfair(waiting: Json | None) -> bool:
    return waiting is not None and any(flag["rule"] == "M6" for flag in waiting["flags"])
