"""The employer's adverts: writing, checking, sending to the officers."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Response

from services.portal import findings
from services.portal.absent import whole
from services.portal.advert_form import FIELDS, body_of, copied, given, more_is_open, values_of
from services.portal.client import Answer, Away, Json, Refused
from services.portal.formats import WIB
from services.portal.forms import Form, split_day
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.questions import copied_questions
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
LIVE = ("published", "paused")
CHANGEABLE = ("draft", "returned", *LIVE)
OPEN_FOR = 30  # days that a new advert proposes


@router.get("/pasang")
async def mine(visit: Visiting) -> Response:
    visit.need("employer")
    employer = await optional(visit, "/employers/me")
    cursor = visit.request.query_params.get("cursor")
    found: Json = {"items": [], "next": None}
    if employer:
        found = await visit.get("/vacancies/mine", {"limit": 20, "cursor": cursor})
    return visit.page("pages/adverts.html", employer=employer, found=found, first=not cursor)


@router.get("/pasang/baru")
async def new_form(visit: Visiting) -> Response:
    """Empty, or with `salin` filled in from an older advert."""
    visit.need("employer")
    employer = await optional(visit, "/employers/me")
    if not employer:
        return visit.go("/usaha", "business_first")
    older = visit.request.query_params.get("salin")
    if older and _is_id(older):
        form = Form({**copied(await visit.get(f"/vacancies/{older}")), "salin": older})
    else:
        form = Form({"openings": "1", "kind": "full_time", "wage_per": "month"})
        form.values["kelurahan_code"] = employer.get("kelurahan_code") or ""
    closing = datetime.now(UTC).astimezone(WIB).date() + timedelta(days=OPEN_FOR)
    form.values |= split_day("closes_on", closing.isoformat())
    return await form_page(visit, form)


@router.post("/pasang/baru")
async def new(visit: Visiting) -> Response:
    visit.need("employer")
    form = await visit.form()
    body = body_of(form, visit.words)
    if not form.bad:
        try:
            older = form.text("salin")
            asked = copied_questions(await visit.get(f"/vacancies/{older}")) if _is_id(older) else {}
            made = await visit.post("/vacancies", given(body) | asked, key=form.text("key"))
            return visit.go(f"/pasang/{made['id']}", "advert_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return await form_page(visit, form)


@router.post("/pasang/cek")
async def look(visit: Visiting) -> Response:
    """What the rules find in a form that is still being typed; a part of a page, asked for by the script."""
    visit.need("employer")
    body = body_of(await visit.form(), visit.words)
    return visit.page("parts/findings.html", findings=await findings.check(visit, body), vacancy=None)


@router.get("/pasang/{vacancy_id}")
async def one(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    return await advert_page(visit, vacancy_id, Form())


@router.get("/pasang/{vacancy_id}/ubah")
async def change_form(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    known = await visit.read(f"/vacancies/{vacancy_id}")
    if known.body["state"] not in CHANGEABLE:
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    waiting = (known.body.get("waiting") or {}).get("new", {})
    return await form_page(visit, Form(values_of({**known.body, **waiting})), known)


@router.post("/pasang/{vacancy_id}/ubah")
async def change(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    body = body_of(form, visit.words)
    for younger in ("piecework", "licences"):
        if younger not in known.body and not body[younger]:
            del body[younger]
    if not form.bad:
        try:
            etag = form.text("etag") or known.etag
            made = (await visit.send("PATCH", f"/vacancies/{vacancy_id}", body, etag=etag)).body
            message = "advert_waits" if made.get("waiting") else "advert_edited"
            return visit.go(f"/pasang/{vacancy_id}", message if known.body["state"] in LIVE else "advert_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return await form_page(visit, form, known)


@router.post("/pasang/{vacancy_id}/kirim")
async def submit(visit: Visiting, vacancy_id: Id) -> Response:
    """Send it to the officers; what is missing is shown beside its field on the edit form."""
    visit.need("employer")
    await visit.form()
    try:
        await visit.post(f"/vacancies/{vacancy_id}/submit")
    except Refused as refused:
        if refused.status != 422:
            return await refused_step(visit, vacancy_id, refused)
        known = await visit.read(f"/vacancies/{vacancy_id}")
        form = Form(values_of(known.body))
        form.refuse(refused, fields=FIELDS)
        return await form_page(visit, form, known)
    return visit.go(f"/pasang/{vacancy_id}", "advert_sent")


async def advert_page(visit: Visit, vacancy_id: str, form: Form) -> Response:
    known = await visit.read(f"/vacancies/{vacancy_id}")
    vacancy, employer = whole(known.body), await optional(visit, "/employers/me")
    found = await findings.check(visit, vacancy) if vacancy["state"] in ("draft", "returned") else []
    return visit.page("pages/advert.html", vacancy=vacancy, employer=employer, findings=found, form=form)


async def refused_step(visit: Visit, vacancy_id: str, refused: Refused) -> Response:
    """Somebody was quicker; or a rule stands against it, and the page says which."""
    if refused.status not in (409, 412, 422):
        raise refused
    if refused.code in ("wrong_state", "stale_version"):
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    form = Form()
    form.refuse(refused)
    return await advert_page(visit, vacancy_id, form)


def _is_id(text: str) -> bool:
    return text.replace("_", "").isalnum()


async def form_page(visit: Visit, form: Form, known: Answer | None = None) -> Response:
    vacancy, etag = (whole(known.body), known.etag) if known else (None, "")
    more, wage = more_is_open(form), await _minimum_wage(visit)
    return visit.page("pages/advert_form.html", form=form, vacancy=vacancy, etag=etag or "", more=more, minimum=wage)


async def _minimum_wage(visit: Visit) -> Json | None:
    try:
        found: Json | None = (await visit.get("/wages")).get("current")
    except (Away, Refused):
        return None
    return found
