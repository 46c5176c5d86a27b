"""Applying: check what the employer will see, add a line, send, keep the number; or keep it for later."""

import asyncio

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.account import optional
from services.portal.pages.attached import MOST, chosen, keepable
from services.portal.pages.disability import offered, shared
from services.portal.pages.drafts import begun, forget, store
from services.portal.pages.paths import Id, Reference
from services.portal.pages.unsent import unsent
from services.portal.pages.vacancies import application_for, applies_elsewhere, is_open, load
from services.portal.posting import vacancy_path
from services.portal.questions import answers_of
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
NOTE = 300  # characters


@router.get("/lowongan/{reference}/lamar")
async def check(visit: Visiting, reference: Reference) -> Response:
    visit.need("seeker")
    vacancy = await load(visit, reference)
    if not is_open(vacancy) or applies_elsewhere(vacancy):
        return visit.go(vacancy_path(vacancy))
    before = await application_for(visit, vacancy["id"])
    if before:
        return visit.go(f"/lamaran/{before['id']}", "already_applied")
    form = await begun(visit, vacancy, page=visit.path)
    form.values.pop("share_disability", None)  # a consent is given in the moment, never taken up again
    return await _page(visit, vacancy, form)


@router.post("/lowongan/{reference}/lamar")
async def send(visit: Visiting, reference: Reference) -> Response:
    async with unsent(visit, page=visit.path, first="note") as form:
        vacancy = await load(visit, reference)
        if len(form.text("note")) > NOTE:
            form.errors["note"] = visit.words("apply.long_note", n=NOTE)
        if len(form.many("attachments")) > MOST:
            form.errors["attachments"] = visit.words("attached.most", n=MOST)
        answers = answers_of(vacancy, form, visit.words)
        ready = [each for each in vacancy["documents_asked"] if each in form.many("documents")]
        if form.bad:
            return await _page(visit, vacancy, form)
        try:
            body = {"vacancy_id": vacancy["id"], "note": form.text("note") or None}
            body |= compact({"answers": answers or None, "documents": ready, "attachments": chosen(form) or None})
            sent = await visit.post("/applications", body, key=form.text("key"))
        except Refused as refused:
            if refused.code == "vacancy_closed":
                return visit.go(vacancy_path(vacancy))
            if refused.status == 401:
                raise
            form.refuse(refused, fields=[f"answers_{each['id']}" for each in vacancy["questions"]])
            return await _page(visit, vacancy, form)
    await forget(visit, vacancy["id"])
    if form.flag("share_disability") and not await shared(visit, sent["id"], form):
        return visit.go(f"/lamaran/{sent['id']}", "disability_not_shared")
    return visit.go(f"/lamaran/{sent['id']}/terkirim")


@router.post("/lowongan/{reference}/lamar/simpan")
async def keep(visit: Visiting, reference: Reference) -> Response:
    """By the button, or by the script when somebody leaves the page; what is wrong is told when it is sent."""
    async with unsent(visit, page=visit.path.removesuffix("/simpan"), first="note") as form:
        vacancy = await load(visit, reference)
        try:
            await store(visit, vacancy, form)
        except Refused as refused:
            if refused.status == 401:
                raise
            form.refuse(refused)
            return await _page(visit, vacancy, form)
    return visit.go("/lamaran", "draft_kept")


@router.get("/lamaran/{application_id}/terkirim")
async def sent(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    application = await visit.get(f"/applications/{application_id}")
    return visit.page("pages/applied.html", application=application)


async def _page(visit: Visit, vacancy: Json, form: Form) -> Response:
    profile, disability, papers = await asyncio.gather(
        optional(visit, "/seekers/me"), offered(visit), keepable(visit)
    )
    here = vacancy_path(vacancy) + "/lamar"
    return visit.page(
        "pages/apply.html",
        vacancy=vacancy,
        profile=profile,
        disability=disability,
        papers=papers,
        form=form,
        here=here,
        limit=NOTE,
    )
