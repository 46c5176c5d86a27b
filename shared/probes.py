"""`/livez`, `/readyz` and `/metrics`: the same three for every process, api or worker, as a plain ASGI part."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from shared import metrics

Readiness = Callable[[], Awaitable[dict[str, str]]]
"""Returns what is said at /readyz; ready means `status` is "ready"."""

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

PATHS = frozenset({"/livez", "/readyz", "/metrics"})


class Probes:
    """Answers the probes and hands everything else on (`inner`), or refuses it where there is nothing inside."""

    def __init__(self, readiness: Readiness, inner: App | None = None) -> None:
        self._readiness, self._inner = readiness, inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in PATHS:
            await self._answer(scope["path"], send)
        elif self._inner is not None:
            await self._inner(scope, receive, send)
        elif scope["type"] == "http":
            await respond(send, 404, b"", "text/plain")

    async def _answer(self, path: str, send: Send) -> None:
        if path == "/livez":
            await respond(send, 200, b'{"status":"alive"}', "application/json")
        elif path == "/metrics":
            body, kind = metrics.exposition()
            await respond(send, 200, body, kind)
        else:
            state = await self._readiness()
            status = 200 if state.get("status") == "ready" else 503
            await respond(send, status, json.dumps(state).encode(), "application/json")


async def respond(
    send: Send, status: int, body: bytes, kind: str, extra: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
