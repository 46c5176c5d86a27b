"""A person's own data: everything that is kept, to see and to take along; requests, and their answers by officers
within 72 hours (UU 27/2022)."""

import asyncio
import json
from datetime import UTC, datetime

from fastapi import APIRouter, Response

from services.portal.client import Json, Params, Refused
from services.portal.forms import Form
from services.portal.own_data import OwnData
from services.portal.pages.account import optional
from services.portal.pages.agreeing import agreed
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
KINDS = ("copy", "correction", "restriction", "objection", "erasure")
MOST_PAGES = 20  # of a hundred: nobody has more
WORDS = 1000
READERS = 20  # rows on the page; the file has all
_MINE, _QUEUE = "/accounts/me/requests", "/accounts/requests"
# What is asked for a copy of everything: the name in the file, and where it is. Lists are read to their end.
SINGLES = {"account": "/accounts/me", "message_choices": "/notifications/preferences"}
SEEKER = {"profile": "/seekers/me", "disability": "/seekers/me/disability"}
EMPLOYER = {"business": "/employers/me"}
LISTS = {"messages": "/notifications", "requests": _MINE}
SEEKER_LISTS = {
    "applications": "/applications",
    "jobseeker_cards": "/seekers/me/cards",
    "saved_vacancies": "/seekers/me/saved-vacancies",
    "saved_searches": "/seekers/me/saved-searches",
    "trainings": "/enrolments",
    "application_drafts": "/applications/drafts",
    "application_readers": "/applications/readers",
    "card_readers": "/seekers/me/readers",
    "helped_by": "/mandates",
    "consents": "/seekers/me/consents",
    "documents": "/seekers/me/documents",
    "disability_shared": "/applications/disability",
}
EMPLOYER_LISTS = {"vacancies": "/vacancies/mine"}


@router.get("/data-saya")
async def own_data(visit: Visiting) -> Response:
    visit.need("seeker", "employer")
    return await _own(visit, Form())


@router.get("/data-saya/unduh")
async def download(visit: Visiting) -> Response:
    """Everything in one file that a machine can read (art. 13: a form in common use)."""
    visit.need("seeker", "employer")
    content = json.dumps(await _everything(visit), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="data-saya-si-caker.json"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/data-saya/unduh.pdf")
async def download_paper(visit: Visiting) -> Response:
    """The same to read and to print."""
    visit.need("seeker", "employer")
    paper = OwnData(visit.words).paper(await _everything(visit), at=datetime.now(UTC))
    headers = {"Content-Disposition": 'attachment; filename="data-saya-si-caker.pdf"', "Cache-Control": "no-store"}
    return Response(await visit.portal.printer.pdf(paper), media_type="application/pdf", headers=headers)


@router.post("/data-saya/permintaan")
async def ask(visit: Visiting) -> Response:
    visit.need("seeker", "employer")
    form = await visit.form()
    kind = form.text("kind")
    if kind not in KINDS:
        form.errors["kind"] = visit.words("rights.need_kind")
    if kind in ("correction", "restriction", "objection"):
        form.need("words", visit.words("rights.need_words"))
    if kind == "erasure" and not form.flag("sure"):
        form.errors["sure"] = visit.words("rights.need_sure")
    if not form.bad:
        try:
            await visit.post(_MINE, {"kind": kind, "words": form.text("words") or None})
            return visit.go("/data-saya#permintaan", "right_asked")
        except Refused as refused:
            form.refuse(refused, fields=("kind", "words"))
    return await _own(visit, form)


@router.post("/data-saya/permintaan/{request_id}/tarik")
async def take_back(visit: Visiting, request_id: Id) -> Response:
    visit.need("seeker", "employer")
    await visit.form()
    try:
        await visit.post(f"{_MINE}/{request_id}/withdraw")
    except Refused as refused:
        if refused.status not in (404, 409):
            raise
        return visit.go("/data-saya#permintaan", "changed")
    return visit.go("/data-saya#permintaan", "right_withdrawn")


@router.get("/petugas/data")
async def queue(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    found = await visit.get(_QUEUE)
    return visit.page("pages/officer_rights.html", found=found, now=datetime.now(UTC).isoformat())


@router.get("/petugas/data/{request_id}")
async def one(visit: Visiting, request_id: Id) -> Response:
    visit.need("officer", "admin")
    return await _one(visit, request_id, Form())


@router.post("/petugas/data/{request_id}/{step}")
async def answer(visit: Visiting, request_id: Id, step: str) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    path = {"jawab": "answer", "tolak": "refuse", "hapus": "erase"}.get(step)
    if path is None:
        raise Refused(404, {"code": "not_found"})
    if path == "refuse":
        form.need("words", visit.words("rights.need_reason"))
    if path == "erase" and not form.flag("sure"):
        form.errors["sure"] = visit.words("rights.need_sure_officer")
    if form.bad:
        return await _one(visit, request_id, form)
    body = {} if path == "erase" else {"words": form.text("words") or None}
    try:
        await visit.post(f"{_QUEUE}/{request_id}/{path}", body)
    except Refused as refused:
        if refused.status in (404, 409, 412):
            return visit.go("/petugas/data", "changed")
        form.refuse(refused, fields=("words",))
        return await _one(visit, request_id, form)
    return visit.go("/petugas/data", "right_answered")


async def _own(visit: Visit, form: Form) -> Response:
    account, mine, readers, consents, helped = await asyncio.gather(
        visit.get("/accounts/me"), visit.get(_MINE), _readers(visit), agreed(visit), _helped(visit)
    )
    return visit.page(
        "pages/rights.html",
        account=account,
        found=mine,
        readers=readers,
        consents=consents,
        helped=helped,
        kinds=KINDS,
        limit=WORDS,
        form=form,
    )


async def _readers(visit: Visit) -> list[Json]:
    """Who looked at the person's data lately, of applications and cards in one list, the newest first."""
    if visit.session.role != "seeker":
        return []
    lists = [SEEKER_LISTS["application_readers"], SEEKER_LISTS["card_readers"]]
    pages = await asyncio.gather(*(visit.get(path, {"limit": READERS}) for path in lists))
    rows: list[Json] = [row for page in pages for row in page["items"]]
    return sorted(rows, key=lambda row: str(row["last_at"]), reverse=True)[:READERS]


async def _helped(visit: Visit) -> list[Json]:
    """Who acts for the person, and did within a year."""
    if visit.session.role != "seeker":
        return []
    found = await optional(visit, SEEKER_LISTS["helped_by"]) or {"items": []}
    items: list[Json] = found["items"]
    return items


async def _one(visit: Visit, request_id: str, form: Form) -> Response:
    found = await visit.get(f"{_QUEUE}/{request_id}")
    return visit.page("pages/officer_right.html", wanted=found, limit=WORDS, form=form)


async def _everything(visit: Visit) -> Json:
    seeker = visit.session.role == "seeker"
    singles = {**SINGLES, **(SEEKER if seeker else EMPLOYER)}
    lists = {**LISTS, **(SEEKER_LISTS if seeker else EMPLOYER_LISTS)}
    found = await asyncio.gather(
        *(optional(visit, path) for path in singles.values()), *(_all(visit, path) for path in lists.values())
    )
    return {"made_at": datetime.now(UTC).isoformat(), **dict(zip((*singles, *lists), found, strict=True))}


async def _all(visit: Visit, path: str) -> list[Json]:
    items: list[Json] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        params: Params = {"limit": 100, "cursor": cursor}
        page = await optional(visit, path, params) or {"items": []}
        items += page["items"]
        cursor = page.get("next")
        if not cursor:
            break
    return items
