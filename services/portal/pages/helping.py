"""Acting for somebody: an officer or a cadre (kader PKK) fills in what the person wants, after a code read aloud."""

import time

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.pages.sign_in import told
from services.portal.renewal import acting
from services.portal.session import Helping, Session, Waiting
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
HELP = "/bantu"
HELPERS = ("officer", "admin", "cadre")
_API = "/mandates"


@router.get(HELP)
async def desk(visit: Visiting) -> Response:
    if visit.session.helping:
        return visit.go("/akun")
    visit.need(*HELPERS)
    return await _desk(visit, Form())


@router.post(HELP)
async def ask(visit: Visiting) -> Response:
    """Have a code sent; with a name, after an account was made for a number that has none."""
    visit.need(*HELPERS)
    form = await visit.form()
    if form.need("phone", visit.words("sign_in.need_phone")):
        try:
            if form.text("name"):
                person = {"name": form.text("name"), "phone": form.text("phone")}
                await visit.post("/accounts", {"role": "seeker", **person})
            answer = await visit.post(f"{_API}/codes", {"phone": form.text("phone")})
        except Refused as refused:
            form.refuse(refused, fields=("phone", "name"))
        else:
            now = int(time.time())
            waiting = Waiting(request_id=answer["request_id"], phone=form.text("phone"), onward=HELP, sent_at=now)
            visit.session = visit.session.model_copy(update={"waiting": waiting})
            return visit.go(f"{HELP}/kode")
    return await _desk(visit, form)


@router.get(HELP + "/kode")
async def code_form(visit: Visiting) -> Response:
    visit.need(*HELPERS)
    return _code(visit, Form()) if visit.session.waiting else visit.go(HELP)


@router.post(HELP + "/kode")
async def begin(visit: Visiting) -> Response:
    visit.need(*HELPERS)
    form, waiting = await visit.form(), visit.session.waiting
    if not waiting:
        return visit.go(HELP)
    digits = "".join(filter(str.isdigit, form.text("code")))
    form.values.pop("code", None)
    if len(digits) != 6:
        form.errors["code"] = visit.words("sign_in.need_code")
        return _code(visit, form)
    try:
        begun = await visit.post(_API, {"request_id": waiting.request_id, "code": digits})
    except Refused as refused:
        form.errors["code"] = told(visit, refused)
        return _code(visit, form)
    return await _act(visit, begun, "help_began")


@router.post(HELP + "/selesai")
async def finish(visit: Visiting) -> Response:
    """Back to the own session; the mandate ends with it."""
    await visit.form()
    helping = visit.session.helping
    if helping is None:
        return visit.go(HELP)
    visit.session = helping.own
    return await _ended(visit, helping.mandate)


@router.post(HELP + "/{mandate_id}/lanjut")
async def come_back(visit: Visiting, mandate_id: Id) -> Response:
    visit.need(*HELPERS)
    await visit.form()
    try:
        return await _act(visit, await visit.post(f"{_API}/{mandate_id}/sit"), "help_began")
    except Refused as refused:
        if refused.status not in (404, 409):
            raise
        return visit.go(HELP, "help_over")


@router.post(HELP + "/{mandate_id}/selesai")
async def end(visit: Visiting, mandate_id: Id) -> Response:
    visit.need(*HELPERS)
    await visit.form()
    return await _ended(visit, mandate_id)


@router.post("/data-saya/bantuan/{mandate_id}/henti")
async def stop(visit: Visiting, mandate_id: Id) -> Response:
    """By the person, on the page of the own data."""
    visit.need("seeker")
    await visit.form()
    await visit.post(f"{_API}/{mandate_id}/end")
    return visit.go("/data-saya#bantuan", "help_stopped")


async def _act(visit: Visit, mandate: Json, message: str) -> Response:
    answer = await visit.send("POST", f"{_API}/{mandate['id']}/token", {})
    own = visit.session.model_copy(update={"waiting": None})
    helping = Helping(mandate=mandate["id"], until=mandate["sitting_until"], own=own)
    person = Session(secret=own.secret, role="seeker", name=mandate["name"][:60], helping=helping)
    visit.session = acting(person, answer)
    return visit.go("/akun", message)


async def _ended(visit: Visit, mandate_id: str) -> Response:
    try:
        await visit.post(f"{_API}/{mandate_id}/end")
    except Refused as refused:
        if refused.status != 404:
            raise
    return visit.go(HELP, "help_ended")


def _code(visit: Visit, form: Form) -> Response:
    return visit.page("pages/helping_code.html", waiting=visit.session.waiting, form=form)


async def _desk(visit: Visit, form: Form) -> Response:
    mine = (await visit.get(_API))["items"]
    return visit.page("pages/helping.html", mine=mine, form=form)
