"""What stands around every page: the language in the address, the origin of forms, the headers. Pure ASGI."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from shared.probes import App, Receive, Scope, Send

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
    " script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # not no-referrer: browsers would then send `Origin: null` with our forms
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
}


class Gate:
    """Takes `/en` off the address, refuses forms of other sites, and puts the security headers on every answer."""

    def __init__(self, inner: App, *, origin: str) -> None:
        self._inner, self._origin = inner, urlsplit(origin)
        self._headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        if self._origin.scheme == "https":
            self._headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # answered like GET; the server leaves the body out
            scope = {**scope, "method": "GET"}
        _take_language(scope)
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        scope["foreign"] = scope["method"] != "GET" and not self._ours(headers)

        async def stamped(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*_without(message.get("headers", ()), HEADERS), *self._headers]
            await send(message)

        await self._inner(scope, receive, stamped)

    def _ours(self, headers: dict[bytes, str]) -> bool:
        """Whether a form was sent by a page of this site, as far as the browser says."""
        if headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get(b"origin")
        return origin is None or urlsplit(origin).netloc in (self._origin.netloc, headers.get(b"host"))


def _take_language(scope: Scope) -> None:
    english = scope["path"] == "/en" or scope["path"].startswith("/en/")
    scope["language"] = "en" if english else "id"
    if english:
        scope["path"] = scope["path"][3:] or "/"
        scope["raw_path"] = scope["path"].encode()


def _without(headers: Iterable[tuple[bytes, bytes]], names: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.decode().lower() not in names]
