"""Making an account: a phone for job seekers, an e-mail address for employers."""

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.forms import Form, compact
from services.portal.pages.sign_in import ask_for_code, enter
from services.portal.visit import Visiting, onward

router = APIRouter(include_in_schema=False)


@router.get("/daftar")
async def seeker_form(visit: Visiting) -> Response:
    return visit.page("pages/join_seeker.html", onward=onward(visit.request.query_params.get("lanjut"), ""))


@router.post("/daftar")
async def seeker(visit: Visiting) -> Response:
    form = await visit.form()
    to = onward(form.text("lanjut"), "")
    form.need("name", visit.words("join.need_name"))
    form.need("phone", visit.words("sign_in.need_phone"))
    if not form.bad:
        try:
            body = {"role": "seeker", "name": form.text("name"), "phone": form.text("phone")}
            await visit.post("/accounts", body, key=form.text("key"))
            await ask_for_code(visit, form.text("phone"), name=form.text("name"), to=to or "/akun/profil")
            return visit.go("/masuk/kode")
        except Refused as refused:
            form.refuse(refused)
    return visit.page("pages/join_seeker.html", form=form, onward=to)


@router.get("/daftar/usaha")
async def employer_form(visit: Visiting) -> Response:
    return visit.page("pages/join_employer.html")


@router.post("/daftar/usaha")
async def employer(visit: Visiting) -> Response:
    form = await visit.form()
    for name in ("name", "email", "password"):
        form.need(name, visit.words(f"join.need_employer_{name}"))
    if not form.bad:
        try:
            body = {name: form.text(name) for name in ("name", "email", "password")}
            await visit.post("/accounts", compact({"role": "employer", **body}), key=form.text("key"))
            return await _first_sign_in(visit, form)
        except Refused as refused:
            form.refuse(refused)
    form.values.pop("password", None)
    return visit.page("pages/join_employer.html", form=form)


async def _first_sign_in(visit: Visiting, form: Form) -> Response:
    """Sign in at once; where the address belongs to an older account, its owner has been told and knows the way."""
    try:
        await enter(visit, email=form.text("email"), password=form.text("password"))
    except Refused as refused:
        if refused.status != 401:
            raise
        return visit.go("/masuk/email", "account_exists")
    return visit.go("/usaha", "welcome")
