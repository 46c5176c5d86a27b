"""The person's own documents: kept here to be shown later, checked before they are kept."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
HERE, API = "/akun/dokumen", "/seekers/me/documents"
LARGEST = 5_300_000  # bytes: a file of 5 MB and the form around it
LARGER = {HERE: LARGEST}


@router.get(HERE)
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    return await _page(visit, Form())


@router.post(HERE)
async def send(visit: Visiting) -> Response:
    visit.need("seeker")
    form, content = await visit.form(), await visit.file("file")
    kind = form.text("kind")
    if kind not in choices.DOCUMENTS:
        form.errors["kind"] = visit.words("documents.need_kind")
    if not content:
        form.errors["file"] = visit.words("documents.need_file")
    if form.bad:
        return await _page(visit, form)
    try:
        await visit.portal.api.hand_on(f"{API}?kind={kind}", content, voice=visit.voice)
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        form.refuse(refused, fields=("file",))
        return await _page(visit, form)
    return visit.go(HERE, "document_kept")


@router.get(HERE + "/{document_id}")
async def download(visit: Visiting, document_id: Id) -> Response:
    visit.need("seeker")
    return await visit.download(f"{API}/{document_id}")


@router.post(HERE + "/{document_id}/hapus")
async def drop(visit: Visiting, document_id: Id) -> Response:
    visit.need("seeker")
    await visit.form()
    await visit.send("DELETE", f"{API}/{document_id}")
    return visit.go(HERE, "document_gone")


async def _page(visit: Visit, form: Form) -> Response:
    return visit.page("pages/my_documents.html", form=form, found=(await visit.get(API))["items"])
