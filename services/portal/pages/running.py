"""What becomes of an advert after it was sent in: taken back, paused, extended, filled, closed, opened again."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal import choices, findings
from services.portal.absent import whole
from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.adverts import refused_step
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
STEPS = {"ambil": "take-back", "jeda": "pause", "lanjut": "resume"}
# Steps that ask something first: the API's name and the states in which they can be taken.
LIVE, ENDED = ("published", "paused"), ("closed", "expired", "filled")
ASKING = {
    "perpanjang": ("extend", LIVE),
    "terisi": ("fill", LIVE),
    "tutup": ("close", LIVE),
    "buka-lagi": ("reopen", ENDED),
}
Asking = Literal["perpanjang", "terisi", "tutup", "buka-lagi"]


@router.post("/pasang/{vacancy_id}/hapus-kata")
async def drop_words(visit: Visiting, vacancy_id: Id) -> Response:
    """Take out what a rule found."""
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    field, advice = form.text("field"), visit.words("advert.bad_number")
    start, end = form.number("start", advice) or 0, form.number("end", advice) or 0
    text = findings.without(known.body, field=field, start=start, end=end, found=form.text("found"))
    if text is None:
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return await _taken(visit, vacancy_id, "PATCH", "", {field: text}, "advert_reworded", etag=known.etag)


@router.post("/pasang/{vacancy_id}/ambil")
@router.post("/pasang/{vacancy_id}/jeda")
@router.post("/pasang/{vacancy_id}/lanjut")
async def take(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    await visit.form()
    step = STEPS[visit.path.rsplit("/", 1)[-1]]
    return await _taken(visit, vacancy_id, "POST", f"/{step}", {}, f"advert_{step.replace('-', '_')}")


@router.get("/pasang/{vacancy_id}/angka")
async def figures(visit: Visiting, vacancy_id: Id) -> Response:
    """How often the advert was looked at, kept and applied for."""
    visit.need("employer")
    found = await visit.get(f"/vacancies/{vacancy_id}/figures")
    return visit.page("pages/figures.html", figures=found, whys=await _whys(visit, vacancy_id))


async def _whys(visit: Visit, vacancy_id: str) -> Json:
    """Why people said no; an API that cannot tell knows of nobody."""
    try:
        return await visit.get("/applications/whys/vacancy", {"vacancy_id": vacancy_id})
    except Refused:
        return {"items": []}


@router.get("/pasang/{vacancy_id}/{step}")
async def ask(visit: Visiting, vacancy_id: Id, step: Asking) -> Response:
    visit.need("employer")
    vacancy = whole(await visit.get(f"/vacancies/{vacancy_id}"))
    if vacancy["state"] not in ASKING[step][1]:
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return _page(visit, vacancy, step, Form())


@router.post("/pasang/{vacancy_id}/{step}")
async def send(visit: Visiting, vacancy_id: Id, step: Asking) -> Response:
    visit.need("employer")
    form = await visit.form()
    name = ASKING[step][0]
    body = _body(visit, form, step)
    if not form.bad:
        try:
            await visit.post(f"/vacancies/{vacancy_id}/{name}", body)
            return visit.go(f"/pasang/{vacancy_id}", f"advert_{name}")
        except Refused as refused:
            if refused.status != 422:
                return await refused_step(visit, vacancy_id, refused)
            form.refuse(refused, fields=("closes_on_day", "openings", "filled_count"))
    return _page(visit, whole(await visit.get(f"/vacancies/{vacancy_id}")), step, form)


def _body(visit: Visit, form: Form, step: str) -> Json:
    words = visit.words
    if step == "tutup":
        told = visit.portal.rendering.words["id"].texts.get(f"close.{form.text('reason')}")
        code = form.text("reason") if form.text("reason") in choices.CLOSE_CODES else None
        return compact({"reason": told, "reason_code": code})
    if step == "terisi":
        return compact({"filled_count": form.number("filled_count", words("advert.bad_number"))})
    closes = form.day("closes_on", words("advert.bad_day"))
    if closes is None:
        form.errors.setdefault("closes_on", words("advert.bad_day"))
    openings = form.number("openings", words("advert.bad_number")) if step == "buka-lagi" else None
    return compact({"closes_on": closes, "openings": openings})


async def _taken(
    visit: Visit, vacancy_id: str, method: str, step: str, body: Json, message: str, *, etag: str | None = None
) -> Response:
    try:
        await visit.send(method, f"/vacancies/{vacancy_id}{step}", body, etag=etag)
    except Refused as refused:
        return await refused_step(visit, vacancy_id, refused)
    return visit.go(f"/pasang/{vacancy_id}", message)


def _page(visit: Visit, vacancy: Json, step: str, form: Form) -> Response:
    return visit.page("pages/advert_step.html", vacancy=vacancy, step=step, name=ASKING[step][0], form=form)
