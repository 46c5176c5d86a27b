"""What a person wants to be told, over which way, and in which language."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
_PATH, _DEVICES = "/notifications/preferences", "/notifications/devices"
ROLES = ("seeker", "employer", "officer", "admin")


@router.get("/kabar/atur")
async def show(visit: Visiting) -> Response:
    visit.need(*ROLES)
    found = await visit.get(_PATH)
    return await _page(visit, found, _filled(found))


@router.post("/kabar/atur")
async def save(visit: Visiting) -> Response:
    visit.need(*ROLES)
    form = await visit.form()
    answer = await visit.read(_PATH)
    wanted = set(form.many("on"))
    off = [(kind, each["channel"]) for kind, each in _switches(answer.body)]
    body = {
        "language": form.text("language"),
        "off": [{"kind": kind, "channel": name} for kind, name in off if f"{kind}:{name}" not in wanted],
        "news": form.flag("news"),
        "shared_phone": form.flag("shared_phone"),
        "work_kinds": [name for name in form.many("work") if name in choices.KINDS],
    }
    try:
        await visit.send("PUT", _PATH, body, etag=form.text("etag") or None)
    except Refused as refused:
        if refused.status == 412:
            return visit.go("/kabar/atur", "changed")
        form.refuse(refused, fields=("language",))
        return await _page(visit, answer.body, form)
    return visit.go("/kabar/atur", "choices_saved")


@router.post("/kabar/atur/perangkat")
async def add_device(visit: Visiting) -> Response:
    """What the browser gave to the script of the page."""
    visit.need(*ROLES)
    form = await visit.form()
    try:
        await visit.post(_DEVICES, {name: form.text(name) for name in ("endpoint", "p256dh", "auth")})
    except Refused as refused:
        found = await visit.get(_PATH)
        again = _filled(found)
        again.general.append(refused.detail or refused.title)
        return await _page(visit, found, again)
    return visit.go("/kabar/atur#perangkat", "device_added")


@router.post("/kabar/atur/perangkat/{device_id}/hapus")
async def remove_device(visit: Visiting, device_id: Id) -> Response:
    visit.need(*ROLES)
    await visit.form()
    try:
        await visit.send("DELETE", f"{_DEVICES}/{device_id}")
    except Refused as refused:
        if refused.status != 404:  # it is gone already
            raise
    return visit.go("/kabar/atur#perangkat", "device_removed")


@router.get("/kabar/berhenti")
async def stop_form(visit: Visiting) -> Response:
    """One button; opening the page changes nothing, because mail programs open links by themselves."""
    return _stop_page(visit, done=False)


@router.post("/kabar/berhenti")
async def stop(visit: Visiting) -> Response:
    """Also pressed by mail providers (RFC 8058), without cookie or session: the token says enough."""
    try:
        await visit.post("/notifications/stop-news", {"token": visit.request.query_params.get("t", "")})
    except Refused as refused:
        if refused.status not in (404, 422):
            raise
        return _stop_page(visit, done=False, status=404)
    return _stop_page(visit, done=True)


def _stop_page(visit: Visit, *, done: bool, status: int = 200) -> Response:
    token = visit.request.query_params.get("t", "")[:300]
    return visit.page("pages/stop_news.html", done=done, unknown=status == 404, token=token, status=status)


def _switches(found: Json) -> list[tuple[str, Json]]:
    """What may be switched, in the order of the page."""
    return [(kind["kind"], each) for kind in found["kinds"] for each in kind["channels"] if each["may_switch"]]


def _filled(found: Json) -> Form:
    on = [f"{kind}:{each['channel']}" for kind, each in _switches(found) if each["on"]]
    news = {"news": "1"} if found["news"] else {}
    shared = {"shared_phone": "1"} if found.get("shared_phone") else {}
    return Form({"language": found["language"], "on": on, "work": found["work_kinds"], **news, **shared})


async def _page(visit: Visit, found: Json, form: Form) -> Response:
    free = [kind for kind in found["kinds"] if any(each["may_switch"] for each in kind["channels"])]
    always = [kind for kind in found["kinds"] if kind not in free]
    return visit.page(
        "pages/preferences.html",
        found=found,
        free=free,
        always=always,
        form=form,
        devices=await visit.get(_DEVICES),
        seeker=visit.session.role == "seeker",
    )
