"""What every API shares: one way to build it, one way to refuse, one way to serve it."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from types import FrameType
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from shared import log, metrics
from shared.admission import Admission
from shared.ending import STOP_SECONDS, end_within
from shared.errors import (
    Broken,
    FieldError,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    Problem,
    TooLarge,
    Unavailable,
)
from shared.guard import Guard, language_of, problem_bytes
from shared.mongo import Client, close, is_unavailable, ping
from shared.probes import App, Probes
from shared.routing import side_by_side
from shared.settings import ProcessSettings

EXIT_NOT_STARTED = 3
Lifespan = Callable[[], AbstractAsyncContextManager[None]]

UVICORN: dict[str, Any] = {
    "timeout_keep_alive": 75,  # longer than the gateway's 60 s: else a reused socket is a dead one
    "timeout_graceful_shutdown": 10,
    "limit_concurrency": 200,
    "backlog": 512,
    "server_header": False,
    "log_config": None,
    "access_log": False,
}

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_app(
    *,
    service: str,
    title: str,
    routers: Sequence[APIRouter],
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """A service's routes with the shared way to refuse; `service` names the address of its OpenAPI document."""

    @contextlib.asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            if lifespan:
                await stack.enter_async_context(lifespan())
            yield

    app = FastAPI(
        title=title,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"/docs/{service}/openapi.json",
        lifespan=living,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nobody collects it; each request would pay
    )
    app.router.routes.extend(side_by_side(routers))
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)
    return app


def guarded(app: FastAPI, *, client: Client | None, larger: Mapping[str, int] | None = None) -> App:
    """The application as it is served: probes outside, then the guard, then the routes. `client` is the store's;
    a service without a store is always ready. `larger` are the paths that take bigger bodies than the usual."""

    async def readiness() -> dict[str, str]:
        if client is None:
            return {"status": "ready", "role": "api"}
        try:
            version = await ping(client)
        except Exception as error:
            if not is_unavailable(error):
                raise
            return {"status": "waiting", "role": "api", "store": "away"}
        return {"status": "ready", "role": "api", "store": version}

    return Probes(readiness, Guard(app, Admission(client), larger=larger))


def serve(app: App, settings: ProcessSettings) -> None:
    """Run one API process until SIGTERM; a port that is taken is one clear line."""
    log.configure(service=settings.service, role="api", level=settings.log_level)
    metrics.build_info.labels(settings.service, "api", "0.1.0").set(1)
    log.get().info("started", port=settings.port)
    # uvicorn raises the signal again once it has stopped: a stop that was asked for ends with 0, not with 143.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = _Server(uvicorn.Config(app, host=settings.host, port=settings.port, **UVICORN))
    server.run()
    if not server.started:
        sys.exit(EXIT_NOT_STARTED)


class _Server(uvicorn.Server):
    """Stops in time also where it still waits for the store that it needs to begin."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            end_within(STOP_SECONDS)
        super().handle_exit(sig, frame)


@contextlib.asynccontextmanager
async def store_lifespan(client: Client, prepare: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Open for requests once the store answers and `prepare` (indexes, keys) is done; close the client at the end.
    Waits 20 s for a store that starts later, then fails, so that a supervisor sees it."""
    deadline = asyncio.get_running_loop().time() + 20.0
    while True:
        try:
            await prepare()
            break
        except Exception as error:
            if not is_unavailable(error) or asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.2)
    yield
    close(client)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    headers = dict(SECURITY)
    if error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        problem_bytes(error, language_of(request.scope)),
        status_code=error.status,
        headers=headers,
        media_type="application/problem+json",
    )


async def _validation(request: Request, error: Exception) -> Response:
    """The fields and what to do about each; never what was typed (it may be a NIK)."""
    assert isinstance(error, RequestValidationError)
    english = language_of(request.scope) == "en"
    found = [FieldError(pointer=_pointer(item["loc"]), detail=advice(item, english)) for item in error.errors()[:20]]
    return await _problem(request, InvalidInput(errors=found))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed, 413: TooLarge}
    return await _problem(request, known.get(error.status_code, InvalidInput)())


async def _broken(request: Request, error: Exception) -> Response:
    if is_unavailable(error):
        return await _problem(request, Unavailable())
    log.get().error("request_failed", route=getattr(request.scope.get("route"), "path", ""), exc_info=error)
    return await _problem(request, Broken())


def _pointer(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location and location[0] in ("body", "query", "path", "header") else location
    return "".join(f"/{part}" for part in parts)


# What to do about each kind of refused field: (Indonesian, English). `{…}` is filled from the rule, not the input.
_ADVICE = {
    "missing": ("Wajib diisi.", "This is required."),
    "extra_forbidden": ("Isian ini tidak dikenal.", "This field is not known."),
    "string_too_short": (
        "Tulis paling sedikit {min_length} huruf.",
        "Write at least {min_length} characters.",
    ),
    "string_too_long": ("Tulis paling banyak {max_length} huruf.", "Write at most {max_length} characters."),
    "too_long": ("Paling banyak {max_length}.", "At most {max_length}."),
    "greater_than_equal": ("Paling sedikit {ge}.", "At least {ge}."),
    "less_than_equal": ("Paling banyak {le}.", "At most {le}."),
    "literal_error": ("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "json_invalid": ("Kiriman ini bukan JSON yang benar.", "The body is not valid JSON."),
    "value_error": ("{reason}", "{reason}"),
}


def advice(item: Mapping[str, Any], english: bool) -> str:
    """What to do about a field that pydantic refused."""
    texts = _ADVICE.get(item["type"], ("Isian ini belum benar.", "This is not right."))
    rule = {key: value for key, value in (item.get("ctx") or {}).items() if isinstance(value, (int, float, str))}
    rule["reason"] = str((item.get("ctx") or {}).get("error", "Isian ini belum benar."))
    try:
        return texts[1 if english else 0].format(**rule)
    except KeyError:
        return "This is not right." if english else "Isian ini belum benar."
