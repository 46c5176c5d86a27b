"""Signing in and out: a code by SMS for seekers, e-mail and password for employers and officers."""

import contextlib
import time

from fastapi import APIRouter, Response

from services.portal.client import Away, Refused
from services.portal.renewal import signed_in
from services.portal.session import Session, Waiting
from services.portal.visit import Visit, Visiting, onward

router = APIRouter(include_in_schema=False)


@router.get("/masuk")
async def phone_form(visit: Visiting) -> Response:
    if visit.session.access:
        return visit.go("/akun")
    return visit.page("pages/sign_in_phone.html", onward=onward(visit.request.query_params.get("lanjut"), ""))


@router.post("/masuk")
async def phone(visit: Visiting) -> Response:
    form = await visit.form()
    to = onward(form.text("lanjut"), "")
    if form.need("phone", visit.words("sign_in.need_phone")):
        try:
            await ask_for_code(visit, form.text("phone"), to=to or "/akun", borrowed=form.flag("borrowed"))
            return visit.go("/masuk/kode")
        except Refused as refused:
            form.refuse(refused)
    return visit.page("pages/sign_in_phone.html", form=form, onward=to)


@router.get("/masuk/kode")
async def code_form(visit: Visiting) -> Response:
    if not visit.session.waiting:
        return visit.go("/masuk")
    return visit.page("pages/sign_in_code.html", waiting=visit.session.waiting)


@router.post("/masuk/kode")
async def code(visit: Visiting) -> Response:
    form, waiting = await visit.form(), visit.session.waiting
    if not waiting:
        return visit.go("/masuk")
    digits = "".join(filter(str.isdigit, form.text("code")))
    if len(digits) != 6:
        form.errors["code"] = visit.words("sign_in.need_code")
    else:
        try:
            answer = await visit.send("POST", f"/login/codes/{waiting.request_id}", {"code": digits})
            visit.session = signed_in(Session(borrowed=visit.session.borrowed, typed=visit.session.typed), answer)
            await _remember_name(visit)
            return visit.go(waiting.onward)
        except Refused as refused:
            form.errors["code"] = told(visit, refused)
    form.values.pop("code", None)
    return visit.page("pages/sign_in_code.html", form=form, waiting=waiting)


@router.post("/masuk/kode/ulang")
async def code_again(visit: Visiting) -> Response:
    form, waiting = await visit.form(), visit.session.waiting
    if not waiting:
        return visit.go("/masuk")
    try:
        borrowed = visit.session.borrowed
        await ask_for_code(visit, waiting.phone, name=waiting.name, to=waiting.onward, borrowed=borrowed)
    except Refused as refused:
        form.general.append(told(visit, refused))
        return visit.page("pages/sign_in_code.html", form=form, waiting=waiting)
    return visit.go("/masuk/kode", "code_sent")


@router.get("/masuk/email")
async def email_form(visit: Visiting) -> Response:
    if visit.session.access:
        return visit.go("/akun")
    return visit.page("pages/sign_in_email.html", onward=onward(visit.request.query_params.get("lanjut"), ""))


@router.post("/masuk/email")
async def email(visit: Visiting) -> Response:
    form = await visit.form()
    to = onward(form.text("lanjut"), "")
    form.need("email", visit.words("sign_in.need_email"))
    form.need("password", visit.words("sign_in.need_password"))
    if not form.bad:
        try:
            await enter(visit, email=form.text("email"), password=form.text("password"))
            return visit.go(to or "/akun")
        except Refused as refused:
            form.refuse(refused)
    form.values.pop("password", None)
    return visit.page("pages/sign_in_email.html", form=form, onward=to)


@router.post("/keluar")
async def leave(visit: Visiting) -> Response:
    await visit.form()
    refresh = visit.session.refresh
    if refresh:
        with contextlib.suppress(Away, Refused):  # the cookie goes in any case, and the token with it
            await visit.post("/tokens/revoke", {"refresh_token": refresh})
    borrowed = visit.session.borrowed
    visit.sign_out()
    answer = visit.go("/", "signed_out")
    # A borrowed phone keeps nothing: no page, no cookie, no push.
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"' if borrowed else '"cache"'
    return answer


def told(visit: Visit, refused: Refused) -> str:
    """The refusal and, where the API says so, when to try again."""
    text = str(refused.detail or refused.title)
    return f"{text} {visit.words('form.wait', n=refused.retry_after)}" if refused.retry_after else text


async def ask_for_code(visit: Visit, phone: str, *, to: str, name: str | None = None, borrowed: bool = False) -> None:
    """Have a code sent and remember, sealed, which number waits for it."""
    answer = await visit.post("/login/codes", {"phone": phone})
    waiting = Waiting(request_id=answer["request_id"], phone=phone, name=name, onward=to, sent_at=int(time.time()))
    kept = visit.session.typed
    visit.session = Session(secret=visit.session.secret, waiting=waiting, borrowed=borrowed, typed=kept)


async def enter(visit: Visit, *, email: str, password: str) -> None:
    answer = await visit.send("POST", "/login", {"email": email, "password": password})
    visit.session = signed_in(Session(), answer)
    await _remember_name(visit)


async def _remember_name(visit: Visit) -> None:
    """The name for the page's head; signing in does not fail for the want of it."""
    try:
        mine = await visit.get("/accounts/me")
    except (Away, Refused):
        return
    known = {"name": str(mine.get("name") or "")[:60], "role": mine.get("role") or visit.session.role}
    visit.session = visit.session.model_copy(update=known)
