"""Short honest pages: help, privacy, accessibility, and what an error code means."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from services.portal.pages.paths import Code
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/bantuan")
async def help_page(visit: Visiting) -> Response:
    return visit.page("pages/help.html")


@router.get("/privasi")
async def privacy(visit: Visiting) -> Response:
    return visit.page("pages/privacy.html")


@router.get("/aksesibilitas")
async def accessibility(visit: Visiting) -> Response:
    return visit.page("pages/accessibility.html")


@router.get("/kesalahan/{code}")
async def error_code(visit: Visiting, code: Code) -> Response:
    """Programs get this address as the `type` of a problem; it answers in both languages at once."""
    words = visit.portal.rendering.words
    key = f"error_code.{code}"
    known = key in words["id"].texts
    texts = {language: words[language].texts.get(key, words[language]("error_code.unknown")) for language in words}
    return visit.page("pages/error_code.html", code=code, texts=texts, status=200 if known else 404)


@router.get("/favicon.ico")
async def favicon(visit: Visiting) -> Response:
    return RedirectResponse(visit.portal.rendering.address("icon.svg"), 308)
