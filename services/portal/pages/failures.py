"""What visitors see when a page cannot be had: plainly, in their language, with a way on."""

from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from services.portal.client import Away, Refused
from services.portal.portal import ForeignForm, HelpOver, OtherRole, SignInFirst
from services.portal.renewal import signed_out
from services.portal.visit import Visit
from shared import log
from shared.errors import Problem

BY_EMAIL = ("/pasang", "/pelamar", "/usaha", "/petugas", "/bantu")  # pages of those who sign in with a password


def add_failures(app: FastAPI) -> None:
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(OtherRole, _other_role)
    app.add_exception_handler(HelpOver, _help_over)
    app.add_exception_handler(ForeignForm, _foreign_form)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Away, _away)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _missing)
    app.add_exception_handler(Exception, _broken)


def _visit(request: Request) -> Visit:
    known: Visit | None = request.scope.get("visit")
    if known:
        return known
    portal = request.app.state.portal
    return Visit(request, portal, portal.seal.open(request.cookies.get(portal.cookie, "")))


def _shown(request: Request, name: str, status: int, **context: object) -> Response:
    return _visit(request).page("pages/failure.html", status=status, name=name, **context)


async def _sign_in_first(request: Request, _: Exception) -> Response:
    visit = _visit(request)
    query = f"?{request.url.query}" if request.url.query else ""
    typed = visit.session.typed
    here = visit.path + query if request.method == "GET" else (typed.page if typed else "/akun")
    page = "/masuk/email" if visit.path.startswith(BY_EMAIL) else "/masuk"
    return visit.go(f"{page}?{urlencode({'lanjut': here})}", "sign_in_first")


async def _other_role(request: Request, error: Exception) -> Response:
    assert isinstance(error, OtherRole)
    return _shown(request, "other_role", 403, role=error.role)


async def _help_over(request: Request, _: Exception) -> Response:
    return _visit(request).go("/bantu", "help_over")


async def _foreign_form(request: Request, _: Exception) -> Response:
    return _shown(request, "foreign_form", 403)


async def _refused(request: Request, error: Exception) -> Response:
    """A refusal that no page has dealt with."""
    assert isinstance(error, Refused)
    if error.status == 401:
        visit = _visit(request)
        visit.session = signed_out(visit.session)
        return await _sign_in_first(request, error)
    if error.status in (404, 422) and request.method == "GET":
        return _shown(request, "missing", 404)
    names = {403: "forbidden", 404: "missing", 429: "busy"}
    name = "only_in_person" if error.code == "only_in_person" else names.get(error.status, "refused")
    answer = _shown(request, name, error.status, title=error.title)
    if error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


async def _away(request: Request, error: Exception) -> Response:
    assert isinstance(error, Away)
    answer = _shown(request, "away", 503)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return _shown(request, "refused", error.status, title=error.shown(_visit(request).language).title)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _shown(request, "missing" if error.status_code in (404, 405) else "refused", error.status_code, title="")


async def _missing(request: Request, _: Exception) -> Response:
    return _shown(request, "missing", 404)


async def _broken(request: Request, error: Exception) -> Response:
    log.get().error("request_failed", route=getattr(request.scope.get("route"), "path", ""), exc_info=error)
    return _shown(request, "broken", 500)
