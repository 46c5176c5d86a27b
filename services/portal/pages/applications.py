"""The seeker's applications: where each stands, what happened, and taking one back."""

import asyncio

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole_application
from services.portal.client import Refused
from services.portal.forms import compact
from services.portal.pages.attached import keepable
from services.portal.pages.disability import offered, shared_with
from services.portal.pages.drafts import all_begun
from services.portal.pages.paths import Id
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/lamaran")
async def mine(visit: Visiting) -> Response:
    visit.need("seeker")
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/applications", {"limit": 20, "cursor": cursor})
    items = [whole_application(each) for each in found["items"]]
    drafts = [] if cursor else await all_begun(visit)
    return visit.page("pages/applications.html", found={**found, "items": items}, first=not cursor, drafts=drafts)


@router.get("/lamaran/{application_id}")
async def one(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    known, given, papers = await asyncio.gather(
        visit.read(f"/applications/{application_id}"), shared_with(visit, application_id), keepable(visit)
    )
    application = whole_application(known.body)
    can_share = given is None and application["state"] in choices.OPEN_APPLICATION
    return visit.page(
        "pages/application.html",
        application=application,
        etag=known.etag,
        act="",
        given=given,
        papers=[each for each in papers if each["id"] in application["attachments"]],
        disability=await offered(visit) if can_share else None,
    )


@router.get("/lamaran/{application_id}/tarik")
async def ask(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    application = whole_application(await visit.get(f"/applications/{application_id}"))
    if application["state"] not in choices.OPEN_APPLICATION:
        return visit.go(f"/lamaran/{application_id}", "changed")
    return visit.page("pages/withdraw.html", application=application)


@router.post("/lamaran/{application_id}/tarik")
async def withdraw(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    form = await visit.form()
    try:
        why = form.text("why") if form.text("why") in choices.WHY else None
        body = compact({"reason": form.text("reason"), "why": why})
        await visit.post(f"/applications/{application_id}/withdraw", body, etag=form.text("etag") or None)
    except Refused as refused:
        if refused.status in (409, 412):
            return visit.go(f"/lamaran/{application_id}", "changed")
        form.refuse(refused)
        application = whole_application(await visit.get(f"/applications/{application_id}"))
        return visit.page("pages/withdraw.html", application=application, form=form)
    return visit.go(f"/lamaran/{application_id}", "withdrawn")
