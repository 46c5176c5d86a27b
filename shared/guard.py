"""What stands before a service's routes: admission, the body guard, the correlation id, the access log. Pure ASGI."""

import asyncio
import re
import time
from collections.abc import Mapping, MutableMapping
from typing import Any

from shared import log, metrics
from shared.admission import Admission
from shared.errors import EncodedBody, Problem, SlowRequest, TooLarge, Unavailable
from shared.events import new_id
from shared.probes import App, Receive, Scope, Send, respond

ADMITTED = 150  # requests at once; the next one is told to come again, before uvicorn's blunt 200
BODY_LIMIT = 131_072  # bytes
STALL_SECONDS = 5.0
SLOWEST = 4096  # bytes per second, averaged, after the first STALL_SECONDS
_CORRELATION = re.compile(r"[A-Za-z0-9._:-]{8,100}")


def language_of(scope: MutableMapping[str, Any]) -> str:
    """`en` where the reader prefers English, else Indonesian."""
    wanted = _header(scope, b"accept-language").lower()
    return "en" if wanted.startswith("en") else "id"


def problem_bytes(problem: Problem, language: str) -> bytes:
    return problem.shown(language).model_dump_json(exclude_none=True).encode()


class Guard:
    """Wraps the application; `admission` says who gets to the store, `larger` which paths may take more than
    `BODY_LIMIT`, such as files, and how much."""

    def __init__(self, inner: App, admission: Admission, *, larger: Mapping[str, int] | None = None) -> None:
        self._inner, self._admission, self._inside = inner, admission, 0
        self._larger, self._log = larger or {}, log.get()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        started, status, answered = time.perf_counter(), 500, False
        given = _header(scope, b"x-request-id")
        request_id = given if _CORRELATION.fullmatch(given) else new_id("req")
        log.correlation.set(request_id)
        log.causation.set(None)
        log.traceparent.set(_header(scope, b"traceparent")[:100] or None)

        async def stamped(message: dict[str, Any]) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status, answered = message["status"], True
                if status == Unavailable.status:
                    self._admission.failed()
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._admit(scope, receive, stamped)
        except Exception:
            # shared.http has answered and logged it by name; raised on, it would be logged with its text.
            if not answered:
                raise
        finally:
            self._record(scope, status, time.perf_counter() - started)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = language_of(scope)
        if self._inside >= ADMITTED or not self._admission.open():
            await _refuse(send, Unavailable(), language)
            return
        self._inside += 1
        try:
            body = await _whole_body(scope, receive, self._larger.get(scope["path"], BODY_LIMIT))
            if not await self._admission.enter():
                raise _Refused(Unavailable())
            try:
                await self._inner(scope, _replay(body, receive), send)
            finally:
                self._admission.leave()
        except _Refused as refused:
            await _refuse(send, refused.problem, language)
        finally:
            self._inside -= 1

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "(none)")
        metrics.requests.labels(route, scope["method"], status).inc()
        metrics.request_seconds.labels(route).observe(seconds)
        self._log.info("answered", route=route, method=scope["method"], status=status, ms=round(seconds * 1000, 1))


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


async def _whole_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The body, read before any route runs: at most `limit`, and no slower than an honest phone."""
    if scope["method"] in ("GET", "HEAD"):
        return b""
    if _header(scope, b"content-encoding"):
        raise _Refused(EncodedBody())
    declared = _header(scope, b"content-length")
    if declared.isdigit() and int(declared) > limit:
        raise _Refused(TooLarge())
    parts, size, started = [], 0, time.monotonic()
    while True:
        try:
            async with asyncio.timeout(STALL_SECONDS):
                message = await receive()
        except TimeoutError:
            raise _Refused(SlowRequest()) from None
        if message["type"] == "http.disconnect":
            raise _Refused(SlowRequest())
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise _Refused(TooLarge())
        if not message.get("more_body"):
            return b"".join(parts)
        took = time.monotonic() - started
        if took > STALL_SECONDS and size / took < SLOWEST:
            raise _Refused(SlowRequest())


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> dict[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(send: Send, problem: Problem, language: str) -> None:
    extra = ((b"retry-after", str(problem.retry_after).encode()),) if problem.retry_after else ()
    if problem.status in (408, 413):
        extra = (*extra, (b"connection", b"close"))
    body = problem_bytes(problem, language)
    await respond(send, problem.status, body, "application/problem+json", extra)


def _header(scope: MutableMapping[str, Any], name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""
