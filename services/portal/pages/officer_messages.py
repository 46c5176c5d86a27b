"""Officers look for the messages of an account or a number, and send one again; and read every message beforehand."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,60}$")]
_MESSAGES, _TEMPLATES = "/notifications/messages", "/notifications/templates"
_NUMBER, _ACCOUNT = re.compile(r"[A-Z]{3}-\d{4}-\d{6}"), re.compile(r"[A-Za-z0-9_-]{3,60}")


@router.get("/petugas/pesan")
async def messages(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, Form())


@router.post("/petugas/pesan")
async def search(visit: Visiting) -> Response:
    """Sent as a form, so that a phone number typed by mistake is in no address and no log."""
    visit.need("officer", "admin")
    form = await visit.form()
    asked = _asked(form.text("cari"))
    if asked:
        return visit.go(f"/petugas/pesan?cari={asked}")
    form.errors["cari"] = visit.words("officer_messages.bad_search")
    return await _page(visit, form)


@router.post("/petugas/pesan/ulang")
async def send_again(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    if len(form.text("reason")) < 5:
        form.errors["reason"] = visit.words("officer_messages.need_reason")
    back = f"/petugas/pesan?cari={_asked(form.text('cari'))}"
    if form.bad:
        return await _page(visit, form)
    try:
        wanted = {"id": form.text("id"), "reason": form.text("reason")}
        await visit.post(f"{_MESSAGES}/send-again", wanted, key=form.text("key"))
    except Refused as refused:
        if refused.status not in (404, 409):
            raise
        return visit.go(back, "message_not_again")
    return visit.go(back, "message_again")


@router.get("/petugas/surat")
async def letters(visit: Visiting) -> Response:
    """Every message, as people read it."""
    visit.need("officer", "admin")
    found = await visit.portal.api.call("GET", _TEMPLATES, voice=visit.voice)
    return visit.page("pages/officer_letters.html", names=found.body)


@router.get("/petugas/surat/{name}")
async def letter(visit: Visiting, name: Name) -> Response:
    visit.need("officer", "admin")
    return visit.page("pages/officer_letter.html", found=await visit.get(f"{_TEMPLATES}/{name}"))


@router.post("/petugas/surat/{name}/coba/{language}")
async def try_letter(visit: Visiting, name: Name, language: Literal["id", "en"]) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    await visit.post(f"{_TEMPLATES}/{name}/test", {"language": language})
    return visit.go(f"/petugas/surat/{name}", "letter_sent")


def _asked(text: str) -> str:
    """An account or a number; anything else, such as a phone number, never gets into an address."""
    typed = text.strip()
    if _NUMBER.fullmatch(typed.upper()):
        return typed.upper()
    return typed if _ACCOUNT.fullmatch(typed) and not typed.isdigit() else ""


async def _page(visit: Visit, form: Form) -> Response:
    query = visit.request.query_params
    asked = _asked(form.text("cari") or query.get("cari", ""))
    found: Json = {"items": [], "next": None}
    if asked:
        by = "number" if _NUMBER.fullmatch(asked) else "account"
        found = await visit.get(_MESSAGES, {by: asked, "limit": 20, "cursor": query.get("cursor")})
    form.values.setdefault("cari", asked)
    first = not query.get("cursor")
    return visit.page("pages/officer_messages.html", found=found, asked=asked, first=first, form=form)
