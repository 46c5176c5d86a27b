"""Own documents that go with an application: chosen when applying, and read by its employer."""

from dataclasses import replace

from fastapi import APIRouter, Response

from services.portal.client import Away, Json, Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
MINE, READ = "/seekers/me/documents", "/seekers/attachments"
MOST = 5


@router.get("/pelamar/{application_id}/berkas/{document_id}")
async def read(visit: Visiting, application_id: Id, document_id: Id) -> Response:
    """For the employer; the applicant will see that it was read."""
    visit.need("employer")
    given = await visit.post(f"/applications/{application_id}/attachments/{document_id}/leave")
    return await visit.download(f"{READ}/{document_id}", leave=given["leave"])


async def keepable(visit: Visit) -> list[Json]:
    """The person's documents that can be attached; the page works without them."""
    try:
        found = await optional(visit, MINE) or {"items": []}
    except (Away, Refused):
        return []
    return [each for each in found["items"] if each["state"] == "clean"]


def chosen(form: Form) -> list[str]:
    return form.many("attachments")[:MOST]


async def attached_to(visit: Visit, application: Json) -> list[Json]:
    """What the employer can open; without an answer the page says nothing of it."""
    if not application["attachments"]:
        return []
    try:
        found = await visit.get(f"/applications/{application['id']}/attachments")
        voice = replace(visit.voice, leave=found["leave"])
        answer = await visit.portal.api.call("GET", READ, voice=voice)
    except (Away, Refused):
        return []
    items: list[Json] = answer.body["items"]
    return items
