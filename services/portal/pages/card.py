"""The person's own AK-1 card: asking for it, its state, the print, and the six-monthly answer."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form, Values, split_day
from services.portal.pages.account import optional
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
CARD, PHOTO = "/seekers/me/card", "/ak1/foto"
LARGEST = 5_300_000  # bytes: a photo of 5 MB and the form around it
LARGER = {PHOTO: LARGEST}
PLAIN = ("birth_place", "sex", "address", "kelurahan_code", "religion", "marital_status")
PENDING, VALID = ("draft", "submitted", "returned"), ("issued", "report_due")


@router.get("/ak1")
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    return await _show(visit, Form())


async def _show(visit: Visit, form: Form) -> Response:
    cards = (await visit.get("/seekers/me/cards"))["items"]
    pending = next((card for card in cards if card["state"] in PENDING), None)
    issued = next((card for card in cards if card["number"]), None)
    profile = await optional(visit, "/seekers/me") or {}
    return visit.page("pages/card.html", pending=pending, issued=issued, profile=profile, form=form)


@router.get("/ak1/data")
async def ask(visit: Visiting) -> Response:
    visit.need("seeker")
    cards = (await visit.get("/seekers/me/cards"))["items"]
    profile = await optional(visit, "/seekers/me") or {}
    known = next((card["details"] for card in cards if card["details"]), None)
    return _data_page(visit, Form(_known(known) if known else _from_profile(profile)))


@router.post("/ak1/data")
async def write(visit: Visiting) -> Response:
    visit.need("seeker")
    form = await visit.form()
    words = visit.words
    for name in PLAIN:
        form.need(name, words(f"card.need_{name}"))
    born = form.day("birth_date", words("card.need_birth_date"))
    if born is None:
        form.errors.setdefault("birth_date", words("card.need_birth_date"))
    if form.bad:
        return _data_page(visit, form)
    try:
        await visit.send("PUT", CARD, {**{name: form.text(name) for name in PLAIN}, "birth_date": born})
    except Refused as refused:
        form.refuse(refused, fields=("birth_date_day",))
        return _data_page(visit, form)
    return visit.go("/ak1", "card_saved")


@router.get(PHOTO)
async def choose(visit: Visiting) -> Response:
    visit.need("seeker")
    return visit.page("pages/card_photo.html", form=Form())


@router.post(PHOTO)
async def send_photo(visit: Visiting) -> Response:
    visit.need("seeker")
    form, content = await visit.form(), await visit.file("photo")
    if not content:
        form.errors["photo"] = visit.words("card.need_photo")
        return visit.page("pages/card_photo.html", form=form)
    try:
        await visit.portal.api.hand_on(f"{CARD}/photo", content, voice=visit.voice, method="PUT")
    except Refused as refused:
        form.refuse(refused, fields=("photo",))
        return visit.page("pages/card_photo.html", form=form)
    return visit.go("/ak1", "card_photo_saved")


@router.get("/ak1/foto/lihat")
async def photo(visit: Visiting) -> Response:
    visit.need("seeker")
    return await visit.download(f"{CARD}/photo")


@router.get("/ak1/cetak")
async def print_it(visit: Visiting) -> Response:
    visit.need("seeker")
    return await visit.download(f"{CARD}/paper")


@router.post("/ak1/kirim")
async def submit(visit: Visiting) -> Response:
    visit.need("seeker")
    form = await visit.form()
    try:
        await visit.post(f"{CARD}/submit")
    except Refused as refused:
        if refused.status == 409:
            return visit.go("/ak1", "changed")
        form.refuse(refused)
        return await _show(visit, form)
    return visit.go("/ak1", "card_sent")


@router.post("/ak1/jawab/{answer}")
async def report(visit: Visiting, answer: Literal["belum", "kerja"]) -> Response:
    visit.need("seeker")
    await visit.form()
    try:
        await visit.post(f"{CARD}/report", {"working": answer == "kerja"})
    except Refused as refused:
        if refused.status not in (404, 409):
            raise
        return visit.go("/ak1", "changed")
    return visit.go("/ak1", f"card_{answer}")


@router.get("/ak1/lapor")
async def answer_form(visit: Visiting) -> Response:
    """The link of a message: two buttons, no login. Opening it changes nothing: mail programs open links by
    themselves."""
    if not visit.request.query_params.get("t"):
        return visit.go("/ak1")
    return _answer_page(visit, "ask")


@router.post("/ak1/lapor/{answer}")
async def answer_by_link(visit: Visiting, answer: Literal["belum", "kerja"]) -> Response:
    """Without cookie or session: the token says enough, and can do nothing else."""
    token = visit.request.query_params.get("t", "")[:500]
    try:
        await visit.post("/seekers/card-reports", {"token": token, "working": answer == "kerja"})
    except Refused as refused:
        if refused.status not in (404, 409, 422):
            raise
        return _answer_page(visit, "unknown", status=404)
    return _answer_page(visit, answer)


def _answer_page(visit: Visit, outcome: str, *, status: int = 200) -> Response:
    token = visit.request.query_params.get("t", "")[:500]
    return visit.page("pages/card_answer.html", outcome=outcome, token=token, status=status)


def _data_page(visit: Visit, form: Form) -> Response:
    return visit.page("pages/card_data.html", form=form)


def _known(details: Json) -> Values:
    return {**{name: details[name] for name in PLAIN}, **split_day("birth_date", details["birth_date"])}


def _from_profile(profile: Json) -> Values:
    """What the NIK says, to be compared with the KTP; and where the person lives."""
    ward = profile.get("kelurahan_code") or ""
    known: Values = {"kelurahan_code": ward if choices.ward_name(ward) else "", "sex": profile.get("nik_sex") or ""}
    return {**known, **split_day("birth_date", profile.get("nik_birth_date"))}
