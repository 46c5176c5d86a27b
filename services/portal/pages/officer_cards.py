"""The officers' desk for AK-1 cards: the queue, one card beside the KTP, and each decision."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
DESK, CARDS = "/petugas/ak1", "/seekers/cards"


@router.get(DESK)
async def queue(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = Form({"nomor": visit.request.query_params.get("nomor", "").strip()[:40]})
    if form.text("nomor"):
        try:
            found = await visit.get(f"{CARDS}/by-number", {"number": form.text("nomor")})
            return visit.go(f"{DESK}/{found['id']}")
        except Refused as refused:
            if refused.status not in (404, 422):
                raise
            form.errors["nomor"] = visit.words("officer_cards.no_number")
    page = await visit.get(CARDS, {"limit": 50, "cursor": visit.request.query_params.get("cursor")})
    first = not visit.request.query_params.get("cursor")
    return visit.page("pages/officer_cards.html", found=page, first=first, form=form)


@router.get(DESK + "/{card_id}")
async def one(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, card_id, Form())


@router.get(DESK + "/{card_id}/foto")
async def photo(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    return await visit.download(f"{CARDS}/{card_id}/photo")


@router.get(DESK + "/{card_id}/cetak")
async def print_it(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    return await visit.download(f"{CARDS}/{card_id}/paper")


@router.post(DESK + "/{card_id}/terbitkan")
async def issue(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _decide(visit, card_id, await visit.form(), "issue", {}, "card_issued", to=f"{DESK}/{card_id}")


@router.post(DESK + "/{card_id}/kembalikan")
async def give_back(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    if form.text("reason") not in choices.CARD_RETURN:
        form.errors["reason"] = visit.words("officer_cards.need_reason")
        return await _page(visit, card_id, form)
    body = {"reason": form.text("reason"), "note": form.text("note") or None}
    return await _decide(visit, card_id, form, "return", body, "card_returned", to=DESK)


@router.post(DESK + "/{card_id}/bekerja")
async def employed(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _decide(visit, card_id, await visit.form(), "employed", {}, "card_kerja", to=f"{DESK}/{card_id}")


@router.post(DESK + "/{card_id}/cabut")
async def revoke(visit: Visiting, card_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    if form.text("revoke_reason") not in choices.CARD_REVOKE:
        form.errors["revoke_reason"] = visit.words("officer_cards.need_reason")
        return await _page(visit, card_id, form)
    body = {"reason": form.text("revoke_reason")}
    return await _decide(visit, card_id, form, "revoke", body, "card_revoked", to=f"{DESK}/{card_id}")


async def _decide(
    visit: Visit, card_id: str, form: Form, step: str, body: Json, message: str, *, to: str
) -> Response:
    try:
        await visit.post(f"{CARDS}/{card_id}/{step}", body)
    except Refused as refused:
        if refused.status == 409:
            return visit.go(f"{DESK}/{card_id}", "changed")  # a colleague was quicker
        if refused.status != 422:
            raise
        form.refuse(refused, fields=("note", "reason"))
        return await _page(visit, card_id, form)
    return visit.go(to, message)


async def _page(visit: Visit, card_id: str, form: Form) -> Response:
    card = await visit.get(f"{CARDS}/{card_id}")
    return visit.page("pages/officer_card.html", card=card, form=form)
