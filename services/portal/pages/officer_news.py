"""Officers write announcements to those who agreed to news, see how many they reach, release a colleague's, and stop
one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response

from services.portal import choices
from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
AnnouncementId = Annotated[str, Path(pattern=r"^ann_[0-9a-f]{8,40}$")]
_PATH = "/notifications/announcements"
HERE = "/petugas/pengumuman"
PACES = ("20", "60", "200", "600")
FIELDS = ("indonesian_title", "indonesian_body", "english_title", "english_body", "path")


@router.get(HERE)
async def announcements(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get(_PATH, {"limit": 20, "cursor": cursor})
    return visit.page("pages/officer_news.html", found=found, first=not cursor)


@router.get(f"{HERE}/baru")
async def ask(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return _form(visit, Form({"path": "/lowongan", "per_minute": "60", "purpose": "news"}))


@router.post(f"{HERE}/baru")
async def write(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    form.need("indonesian_title", visit.words("announce.need_title"))
    form.need("indonesian_body", visit.words("announce.need_body"))
    if not form.bad:
        try:
            made = await visit.post(_PATH, _body(form), key=form.text("key"))
            return visit.go(f"{HERE}/{made['id']}", "announcement_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return _form(visit, form)


@router.get(HERE + "/{announcement_id}")
async def announcement(visit: Visiting, announcement_id: AnnouncementId) -> Response:
    visit.need("officer", "admin")
    return visit.page("pages/officer_announcement.html", found=await visit.get(f"{_PATH}/{announcement_id}"))


@router.post(HERE + "/{announcement_id}/{step}")
async def change(visit: Visiting, announcement_id: AnnouncementId, step: Literal["lepas", "henti"]) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    command = "release" if step == "lepas" else "stop"
    try:
        await visit.post(f"{_PATH}/{announcement_id}/{command}")
    except Refused as refused:
        if refused.status not in (409, 412):
            raise
        known = "four_eyes" if refused.code == "four_eyes" else "changed"
        return visit.go(f"{HERE}/{announcement_id}", known)
    return visit.go(f"{HERE}/{announcement_id}", f"announcement_{step}")


def _body(form: Form) -> Json:
    breach = form.text("purpose") == "breach"
    segment = {
        "kelurahan": form.many("kelurahan"),
        "education": form.many("education"),
        "work_kinds": [name for name in form.many("work") if name in choices.KINDS and not breach],
    }
    pace = form.text("per_minute")
    body: dict[str, Any] = {
        "purpose": "breach" if breach else "news",
        "indonesian": {"title": form.text("indonesian_title"), "body": form.text("indonesian_body")},
        "path": form.text("path") or "/lowongan",
        "segment": compact(segment),
        "per_minute": int(pace) if pace in PACES else 60,
    }
    if form.text("english_title") or form.text("english_body"):
        body["english"] = {"title": form.text("english_title"), "body": form.text("english_body")}
    return body


def _form(visit: Visit, form: Form) -> Response:
    return visit.page("pages/officer_announce.html", form=form, paces=PACES)
