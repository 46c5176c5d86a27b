"""Recovery at the desk: find the account masked, ask for a new phone, and let a second officer agree. And the page on
which the owner, who was told, says that it was not so."""

from typing import Literal

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
QUEUE = "/petugas/pemulihan"
PAPERS = ("ktp", "kk", "sim", "passport")
STEPS = {"setuju": "confirm", "tolak": "refuse"}
_API = "/accounts/recoveries"


@router.get(QUEUE)
async def queue(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, Form())


@router.post(QUEUE + "/cari")
async def find(visit: Visiting) -> Response:
    """By POST: neither a phone nor a NIK belongs into an address."""
    visit.need("officer", "admin")
    form = await visit.form()
    form.need("sought", visit.words("recovery.need_sought"))
    found = None
    if not form.bad:
        try:
            found = await _found(visit, form.text("sought"))
        except Refused as refused:
            form.errors["sought"] = (
                visit.words("recovery.not_found")
                if refused.status == 404
                else refused.errors[0].detail
                if refused.errors
                else refused.title
            )
    return await _page(visit, form, found)


@router.post(QUEUE)
async def ask(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form, words = await visit.form(), visit.words
    if form.text("paper") not in PAPERS:
        form.errors["paper"] = words("recovery.need_paper")
    form.need("phone", words("sign_in.need_phone"))
    if len(form.text("reason")) < 5:
        form.errors["reason"] = words("recovery.need_reason")
    if not form.flag("seen"):
        form.errors["seen"] = words("recovery.need_seen")
    if not form.bad:
        try:
            names = ("account_id", "phone", "paper", "reason")
            await visit.post(_API, {name: form.text(name) for name in names})
            return visit.go(QUEUE, "recovery_asked")
        except Refused as refused:
            form.refuse(refused, fields=("phone", "paper", "reason"))
    return await _page(visit, form, await visit.post("/accounts/find", {"account_id": form.text("account_id")}))


@router.post(QUEUE + "/{recovery_id}/{step}")
async def end(visit: Visiting, recovery_id: Id, step: Literal["setuju", "tolak"]) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    if step == "setuju" and not form.flag("sure"):
        form.general.append(visit.words("recovery.need_sure"))
        return await _page(visit, form)
    try:
        await visit.post(f"{_API}/{recovery_id}/{STEPS[step]}")
    except Refused as refused:
        form.general.append(refused.title)
        return await _page(visit, form)
    return visit.go(QUEUE, f"recovery_{STEPS[step]}")


@router.get("/bukan-saya")
async def not_me(visit: Visiting) -> Response:
    """GET changes nothing: links in mails are opened by machines, too."""
    return visit.page("pages/not_me.html", form=Form({"code": visit.request.query_params.get("t", "")}), done=False)


@router.post("/bukan-saya")
async def stop(visit: Visiting) -> Response:
    form = await visit.form()
    if form.need("code", visit.words("recovery.need_code")):
        try:
            await visit.post(f"{_API}/stop", {"token": form.text("code")[:40]})
            return visit.page("pages/not_me.html", form=Form(), done=True)
        except Refused as refused:
            form.errors["code"] = refused.title
    return visit.page("pages/not_me.html", form=form, done=False)


async def _found(visit: Visit, sought: str) -> Json:
    """By NIK where there are sixteen digits, else by phone."""
    if len("".join(filter(str.isdigit, sought))) == 16:
        seeker = await visit.post("/seekers/find", {"nik": sought[:30]})
        return await visit.post("/accounts/find", {"account_id": seeker["seeker_id"]})
    return await visit.post("/accounts/find", {"phone": sought[:40]})


async def _page(visit: Visit, form: Form, found: Json | None = None) -> Response:
    waiting = await optional(visit, _API) or {"items": []}
    return visit.page("pages/officer_recovery.html", waiting=waiting["items"], found=found, papers=PAPERS, form=form)
