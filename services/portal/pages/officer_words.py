"""The words that the search takes for one another, as officers keep them: in use some seconds after saving."""

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.pages.account import optional
from services.portal.pages.officer import lost
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
_PATH = "/officer/synonyms"


@router.get("/petugas/padanan")
async def groups(visit: Visiting) -> Response:
    """All groups; with `ubah` the form is filled in with one of them."""
    visit.need("officer", "admin")
    return await _page(visit, Form(), change=visit.request.query_params.get("ubah"))


@router.post("/petugas/padanan")
async def save(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    form.need("canonical", visit.words("synonyms.need_word"))
    words = list(dict.fromkeys(word.casefold() for word in form.listed("variants")))
    if not words:
        form.errors["variants"] = visit.words("synonyms.need_variants")
    if not form.bad:
        try:
            await visit.post(_PATH, {"canonical": form.text("canonical"), "variants": words})
            return visit.go("/petugas/padanan", "synonyms_saved")
        except Refused as refused:
            if refused.status != 422:
                raise
            form.refuse(refused, fields=("canonical", "variants"))
    return await _page(visit, form)


@router.post("/petugas/padanan/{group_id}/hapus")
async def remove(visit: Visiting, group_id: Id) -> Response:
    visit.need("officer", "admin")
    await visit.form()
    try:
        await visit.send("DELETE", f"{_PATH}/{group_id}")
    except Refused as refused:
        return lost(visit, refused)
    return visit.go("/petugas/padanan", "synonyms_removed")


async def _page(visit: Visit, form: Form, *, change: str | None = None) -> Response:
    found = await optional(visit, _PATH) or {"items": [], "built_in": 0}
    chosen = next((each for each in found["items"] if each["id"] == change), None)
    if chosen:
        form.values |= {"canonical": chosen["canonical"], "variants": "\n".join(chosen["variants"])}
    return visit.page("pages/officer_words.html", found=found, form=form, changing=chosen is not None)
