"""The CV as JSON Resume: taken along, and brought in from another program: looked at first, stored only then."""

import json
from typing import Any

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
HERE, API = "/akun/cv/impor", "/seekers/me/resume"
LONGEST = 100_000  # letters of what the preview answered


@router.get("/akun/cv.json")
async def download(visit: Visiting) -> Response:
    visit.need("seeker")
    return await visit.download(f"{API}.json")


@router.get(HERE)
async def ask(visit: Visiting) -> Response:
    visit.need("seeker")
    return visit.page("pages/cv_import.html", form=Form())


@router.post(HERE)
async def look(visit: Visiting) -> Response:
    visit.need("seeker")
    form, content = await visit.form(), await visit.file("file")
    if not content:
        form.errors["file"] = visit.words("cv.need_file")
        return visit.page("pages/cv_import.html", form=form)
    try:
        found = (await visit.portal.api.hand_on(f"{API}/preview", content, voice=visit.voice)).body
    except Refused as refused:
        if refused.status == 404:
            return visit.go("/akun/profil?lanjut=/akun/cv", "cv_profile_first")
        form.refuse(refused, fields=("file",))
        return visit.page("pages/cv_import.html", form=form)
    carried = json.dumps({name: found[name] for name in ("career", "skills")})
    etag = f'"{found["version"]}"'
    return visit.page("pages/cv_preview.html", found=found, carried=carried, etag=etag)


@router.post(f"{HERE}/simpan")
async def store(visit: Visiting) -> Response:
    """What the page carried is checked by the API as any other input."""
    visit.need("seeker")
    form = await visit.form()
    try:
        await visit.send("PUT", API, _carried(visit, form), etag=form.text("etag") or '"0"')
    except Refused as refused:
        if refused.status not in (412, 422):
            raise
        return visit.go("/akun/cv", "changed")
    return visit.go("/akun/cv", "cv_saved")


def _carried(visit: Visit, form: Form) -> dict[str, Any]:
    try:
        found = json.loads(form.text("isi")[:LONGEST])
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}
