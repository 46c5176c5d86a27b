"""What an advert asks of people who apply: questions one by one, and copies of papers."""

from typing import Any

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.absent import whole
from services.portal.client import FieldRefusal, Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.adverts import refused_step
from services.portal.pages.paths import Id
from services.portal.questions import bare, plain
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
EDITABLE = ("draft", "returned")
FIELDS = ("text", "options", "wanted", "need", "at_least", "at_most")


@router.get("/pasang/{vacancy_id}/tanya")
async def show(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    vacancy = whole(await visit.get(f"/vacancies/{vacancy_id}"))
    if vacancy["state"] not in EDITABLE:
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    return _page(visit, vacancy, Form({"kind": "yes_no", "need": ""}))


@router.post("/pasang/{vacancy_id}/tanya")
async def add(visit: Visiting, vacancy_id: Id) -> Response:
    """One more question, at the end."""
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    vacancy = whole(known.body)
    if vacancy["state"] not in EDITABLE:
        return visit.go(f"/pasang/{vacancy_id}", "changed")
    question = _question(visit, form)
    if not form.bad:
        try:
            return await _save(visit, vacancy, {"questions": [*plain(vacancy), question]}, known.etag)
        except Refused as refused:
            if refused.status != 422:
                return await refused_step(visit, vacancy_id, refused)
            _beside(refused, len(vacancy["questions"]))
            form.refuse(refused, fields=FIELDS)
    return _page(visit, vacancy, form)


@router.post("/pasang/{vacancy_id}/tanya/hapus")
async def remove(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    vacancy = whole(known.body)
    left = [bare(each) for each in vacancy["questions"] if each["id"] != form.text("question")]
    try:
        return await _save(visit, vacancy, {"questions": left}, known.etag)
    except Refused as refused:
        return await refused_step(visit, vacancy_id, refused)


@router.post("/pasang/{vacancy_id}/tanya/berkas")
async def documents(visit: Visiting, vacancy_id: Id) -> Response:
    visit.need("employer")
    form, known = await visit.form(), await visit.read(f"/vacancies/{vacancy_id}")
    wanted = [each for each in choices.DOCUMENTS if each in form.many("documents_asked")]
    try:
        return await _save(visit, whole(known.body), {"documents_asked": wanted}, known.etag)
    except Refused as refused:
        return await refused_step(visit, vacancy_id, refused)


async def _save(visit: Visit, vacancy: Json, changes: Json, etag: str | None) -> Response:
    await visit.send("PATCH", f"/vacancies/{vacancy['id']}", changes, etag=etag)
    return visit.go(f"/pasang/{vacancy['id']}/tanya", "asking_saved")


def _question(visit: Visit, form: Form) -> Json:
    """The question as the API takes it: of the wished answers only what belongs to its kind."""
    words, kind, need = visit.words, form.text("kind") or "yes_no", form.text("need")
    form.need("text", words("asking.need_text"))
    asked: Json = {"kind": kind, "text": form.text("text"), "need": need or None}
    if kind == "choice":
        asked["options"] = form.listed("options")
    if need and kind == "yes_no":
        asked["wanted"] = [form.text("wanted_yes_no") or "yes"]
    if need and kind == "choice":
        asked["wanted"] = [_as_offered(each, asked["options"]) for each in form.listed("wanted")]
    if need and kind == "number":
        asked |= {name: form.number(name, words("advert.bad_number")) for name in ("at_least", "at_most")}
    return compact(asked)


def _as_offered(wanted: str, options: list[str]) -> str:
    """`pagi` means the option `Pagi`."""
    return next((option for option in options if option.casefold() == wanted.casefold()), wanted)


def _beside(refused: Refused, place: int) -> None:
    """`/questions/2/text` is the field `text` of the question that is being added."""
    start = f"/questions/{place}"
    refused.errors = [
        FieldRefusal(
            each.pointer.removeprefix(start) if each.pointer.startswith(start) else each.pointer, each.detail
        )
        for each in refused.errors
    ]


def _page(visit: Visit, vacancy: Json, form: Form) -> Response:
    papers: dict[str, Any] = {"documents_asked": vacancy["documents_asked"]}
    return visit.page("pages/asking.html", vacancy=vacancy, form=form, papers=Form(papers))
