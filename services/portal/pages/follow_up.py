"""How it went on after a training: one tap on the page that a message links to. Opening it changes nothing, because
mail programs open links by themselves."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)


@router.get("/latihan/kabar")
async def ask(visit: Visiting) -> Response:
    return _page(visit, done=None)


@router.post("/latihan/kabar")
async def answer(visit: Visiting) -> Response:
    form = await visit.form()
    outcome = form.text("outcome")
    if outcome not in (*choices.OUTCOMES, "stop"):
        return _page(visit, done=None)
    try:
        await visit.post("/enrolments/answers", {"token": _token(visit), "outcome": outcome})
    except Refused as refused:
        if refused.status not in (404, 409, 422):
            raise
        return _page(visit, done=None, status=404)
    return _page(visit, done="stopped" if outcome == "stop" else "answered")


def _token(visit: Visit) -> str:
    return visit.request.query_params.get("t", "")[:200]


def _page(visit: Visit, *, done: str | None, status: int = 200) -> Response:
    context = {"done": done, "unknown": status == 404, "token": _token(visit)}
    return visit.page("pages/follow_up.html", form=Form(), status=status, **context)
