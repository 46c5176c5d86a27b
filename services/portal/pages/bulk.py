"""Many adverts from one table: choose the file, look at each row, store. The rows that were looked at travel in the
page itself, so nothing is stored before somebody says so and no script is needed."""

import base64
import binascii
import gzip
import json
import zlib

from fastapi import APIRouter, Response

from services.portal.client import PATIENCE, Json, Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
EMPLOYER, OFFICER = "/pasang/unggah", "/petugas/unggah"
LARGEST = 2_200_000  # bytes: a table of 2 MB and the form around it
LARGER = {path: LARGEST for base in (EMPLOYER, OFFICER) for path in (base, f"{base}/simpan")}
# What the page may carry: a form field is read up to a megabyte.
MOST_CARRIED, MOST_UNPACKED = 1_000_000, 8_000_000
EMPLOYERS = 100


@router.get("/pasang/unduh.csv")
async def download(visit: Visiting) -> Response:
    visit.need("employer")
    return await visit.download("/vacancies/mine.csv")


@router.get("/petugas/unduh.csv")
async def download_of(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await visit.download("/vacancies/mine.csv", {"employer_id": visit.request.query_params.get("usaha")})


@router.get(EMPLOYER)
@router.get(OFFICER)
async def choose(visit: Visiting) -> Response:
    _allow(visit)
    if _base(visit) == EMPLOYER and not await optional(visit, "/employers/me"):
        return visit.go("/usaha", "business_first")
    return await _form_page(visit, Form({"employer_id": visit.request.query_params.get("usaha", "")}))


@router.post(EMPLOYER)
@router.post(OFFICER)
async def look(visit: Visiting) -> Response:
    """What the table would make, row by row."""
    _allow(visit)
    form = await visit.form()
    content = await visit.file("berkas")
    if not content:
        form.errors["berkas"] = visit.words("bulk.need_file")
    if _base(visit) == OFFICER:
        form.need("employer_id", visit.words("bulk.need_employer"))
    if form.bad:
        return await _form_page(visit, form)
    try:
        found = (await visit.portal.api.hand_on("/vacancies/bulk/check", content, voice=visit.voice)).body
    except Refused as refused:
        if refused.status not in (413, 422):
            raise
        form.errors["berkas"] = refused.errors[0].detail if refused.errors else refused.title
        return await _form_page(visit, form)
    carried = pack([{"row": each["row"], "vacancy": each["vacancy"]} for each in found["rows"] if each["vacancy"]])
    if len(carried) > MOST_CARRIED:
        form.errors["berkas"] = visit.words("bulk.too_much")
        return await _form_page(visit, form)
    return _preview(visit, form, found, carried)


@router.post(f"{EMPLOYER}/simpan")
@router.post(f"{OFFICER}/simpan")
async def store(visit: Visiting) -> Response:
    """Store what was looked at, as drafts or sent in; the page's key makes a second press harmless."""
    _allow(visit)
    form = await visit.form()
    items = unpack(form.text("isi"))
    if not items or len(form.text("key")) < 8:
        form.errors["berkas"] = visit.words("bulk.again")
        return await _form_page(visit, form)
    body = {"items": items, "submit": form.text("langkah") == "kirim"}
    if _base(visit) == OFFICER:
        body["employer_id"] = form.text("employer_id")
    try:
        made = await visit.portal.api.call(
            "POST", "/vacancies/bulk", voice=visit.voice, body=body, key=form.text("key"), timeout=PATIENCE
        )
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        form.refuse(refused)
        return await _form_page(visit, form)
    return visit.go(f"{_base(visit)}/selesai?kirim={made.body['submitted']}&draf={made.body['drafts']}")


@router.get(f"{EMPLOYER}/selesai")
@router.get(f"{OFFICER}/selesai")
async def stored(visit: Visiting) -> Response:
    _allow(visit)
    asked = visit.request.query_params
    sent, drafts = (_count(asked.get(name, "")) for name in ("kirim", "draf"))
    return visit.page("pages/bulk_stored.html", sent=sent, drafts=drafts, officer=_base(visit) == OFFICER)


def pack(items: list[Json]) -> str:
    return base64.b64encode(gzip.compress(json.dumps(items, ensure_ascii=False).encode(), mtime=0)).decode()


def unpack(text: str) -> list[Json]:
    """What `pack` made; nothing where it is anything else, however much that would grow."""
    try:
        grown = zlib.decompressobj(wbits=31).decompress(base64.b64decode(text, validate=True), MOST_UNPACKED)
        found = json.loads(grown)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _base(visit: Visit) -> str:
    return OFFICER if visit.path.startswith(OFFICER) else EMPLOYER


def _allow(visit: Visit) -> None:
    if _base(visit) == OFFICER:
        visit.need("officer", "admin")
    else:
        visit.need("employer")


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


async def _form_page(visit: Visit, form: Form) -> Response:
    employers: list[Json] = []
    if _base(visit) == OFFICER:
        for state in ("verified", "pending"):
            page = await visit.get("/officer/employers", {"state": state, "limit": EMPLOYERS})
            employers += page["items"]
    form.values.pop("isi", None)
    named = [(each["id"], each["name"]) for each in sorted(employers, key=lambda each: str(each["name"]).casefold())]
    return visit.page("pages/bulk.html", form=form, base=_base(visit), employers=named)


def _preview(visit: Visit, form: Form, found: Json, carried: str) -> Response:
    rows = found["rows"]
    return visit.page(
        "pages/bulk_preview.html",
        base=_base(visit),
        employer_id=form.text("employer_id"),
        found=found,
        carried=carried,
        to_mend=[each for each in rows if each["wrong"] or each["missing"]],
        good=[each for each in rows if each["vacancy"] and not each["missing"]],
    )
