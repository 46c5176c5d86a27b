"""An application that is begun: kept for the person until the advert closes, taken up again, thrown away."""

import contextlib

from fastapi import APIRouter, Response

from services.portal.client import Away, Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.attached import chosen
from services.portal.pages.paths import Id
from services.portal.pages.unsent import let_go, take_up
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
DRAFTS = "/applications/drafts"
NOTE, ANSWER = 1000, 200  # characters; what is too long for sending may still be kept


@router.post("/lamaran/draf/{vacancy_id}/hapus")
async def drop(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("seeker")
    await visit.form()
    await visit.send("DELETE", f"{DRAFTS}/{vacancy_id}")
    return visit.go("/lamaran", "draft_gone")


async def store(visit: Visit, vacancy: Json, form: Form) -> None:
    """As it was typed, right or not. Raises where the API does not take it."""
    answers = {each["id"]: form.text(f"answers_{each['id']}")[:ANSWER] for each in vacancy["questions"]}
    ready = [each for each in vacancy["documents_asked"] if each in form.many("documents")]
    body = compact({"note": form.text("note")[:NOTE], "answers": compact(answers) or None, "documents": ready})
    body |= compact({"attachments": chosen(form) or None})
    await visit.send("PUT", f"{DRAFTS}/{vacancy['id']}", body)


async def begun(visit: Visit, vacancy: Json, *, page: str) -> Form:
    """The form as it was left: what could not be sent a moment ago, or what was kept; else empty."""
    typed = take_up(visit, page)
    if typed:
        with contextlib.suppress(Away, Refused):
            await store(visit, vacancy, typed)
            let_go(visit)
        return typed
    try:
        draft = await visit.get(f"{DRAFTS}/{vacancy['id']}")
    except (Away, Refused):
        return Form()
    answers = {f"answers_{name}": str(value) for name, value in (draft.get("answers") or {}).items()}
    ticked = {name: list(draft.get(name) or []) for name in ("documents", "attachments")}
    return Form({"note": draft.get("note") or "", **ticked, **answers})


async def all_begun(visit: Visit) -> list[Json]:
    """For the list, which is there also without them."""
    try:
        return list((await visit.get(DRAFTS)).get("items", []))
    except (Away, Refused):
        return []


async def forget(visit: Visit, vacancy_id: str) -> None:
    """After sending it is not needed; where that fails, the API hides it all the same."""
    with contextlib.suppress(Away, Refused):
        await visit.send("DELETE", f"{DRAFTS}/{vacancy_id}")
