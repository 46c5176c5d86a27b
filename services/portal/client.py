"""The portal's way to the public API: one pooled client, a deadline on every call, typed refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

Json = dict[str, Any]
Params = Mapping[str, str | int | list[str] | None]

DEADLINE = httpx2.Timeout(8.0, connect=2.0, pool=2.0)
PATIENCE = httpx2.Timeout(50.0, connect=2.0, pool=2.0)  # for a whole table; the gateway gives up after a minute
POOL = httpx2.Limits(max_connections=100, max_keepalive_connections=40, keepalive_expiry=50.0)
LARGEST = 4_000_000  # bytes of an answer; the longest one is an OpenAPI document


class Away(Exception):
    """The API cannot be reached, or says itself that it is not available."""

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__("away")
        self.retry_after = retry_after


@dataclass(frozen=True)
class FieldRefusal:
    pointer: str
    detail: str


class Refused(Exception):
    """The API answered with a problem; its words are already in the visitor's language."""

    def __init__(self, status: int, problem: Json, retry_after: int | None = None) -> None:
        self.status, self.retry_after = status, retry_after
        self.code = str(problem.get("code", "unknown"))
        self.title = str(problem.get("title", ""))
        self.detail = problem.get("detail")
        self.state: str | None = problem.get("state")
        listed = problem.get("errors") or []
        self.errors = [FieldRefusal(str(each.get("pointer", "")), str(each.get("detail", ""))) for each in listed]
        super().__init__(self.code)


@dataclass(frozen=True)
class Answer:
    """A good answer: its body and, for a single thing, the version that its ETag names."""

    status: int
    body: Json = field(default_factory=dict)
    etag: str | None = None


@dataclass(frozen=True)
class Voice:
    """On whose behalf a call is made: token, language, the request it belongs to, and the visitor's address,
    which the limits count by and which is believed only with the portal's own token."""

    language: str
    token: str | None = None
    request_id: str | None = None
    visitor: str | None = None
    visitor_token: str | None = None
    looking: bool = False  # a person looks at the thing that is asked for
    leave: str | None = None  # to read somebody's document

    def headers(self) -> dict[str, str]:
        found = {"Accept-Language": self.language, "Accept": "application/json"}
        if self.token:
            found["Authorization"] = f"Bearer {self.token}"
        if self.leave:
            found["X-Leave"] = self.leave
        if self.request_id:
            found["X-Request-Id"] = self.request_id
        if self.visitor and self.visitor_token:
            found |= {"X-Visitor": self.visitor, "X-Visitor-Token": self.visitor_token}
            found |= {"X-View": "1"} if self.looking else {}
        return found


class Api:
    """Calls the API; `prefix` is put before each path."""

    def __init__(self, client: httpx2.AsyncClient, *, prefix: str = "/api/v1") -> None:
        self._client, self._prefix = client, prefix

    async def call(
        self,
        method: str,
        path: str,
        *,
        voice: Voice,
        params: Params | None = None,
        body: Json | None = None,
        etag: str | None = None,
        key: str | None = None,
        timeout: httpx2.Timeout = DEADLINE,
    ) -> Answer:
        """Raises `Refused` for a problem that the API explains and `Away` where it cannot be had."""
        headers = voice.headers()
        headers |= {"If-Match": etag} if etag else {}
        headers |= {"Idempotency-Key": key} if key else {}
        given = {name: value for name, value in (params or {}).items() if value not in (None, "", [])}
        try:
            answer = await self._client.request(
                method, self._prefix + path, headers=headers, params=given, json=body, timeout=timeout
            )
        except httpx2.HTTPError:
            raise Away from None
        return _read(answer)

    async def hand_on(self, path: str, content: bytes, *, voice: Voice, method: str = "POST") -> Answer:
        """Send a file as it is; as `call`."""
        headers = voice.headers() | {"Content-Type": "application/octet-stream"}
        try:
            answer = await self._client.request(
                method, self._prefix + path, content=content, headers=headers, timeout=PATIENCE
            )
        except httpx2.HTTPError:
            raise Away from None
        return _read(answer)

    async def fetch(self, path: str, *, voice: Voice, params: Params | None = None) -> httpx2.Response:
        """A file, whose body is still to come: read it with `aiter_bytes` and close it. Raises as `call`."""
        given = {name: value for name, value in (params or {}).items() if value not in (None, "", [])}
        request = self._client.build_request(
            "GET", self._prefix + path, headers=voice.headers() | {"Accept": "*/*"}, params=given, timeout=PATIENCE
        )
        try:
            answer = await self._client.send(request, stream=True)
            if answer.status_code >= 400:
                await answer.aread()
                _read(answer)
        except httpx2.HTTPError:
            raise Away from None
        return answer

    async def document(self, path: str, *, voice: Voice) -> Json:
        """A JSON document outside the API prefix, such as an OpenAPI description."""
        try:
            return _read(await self._client.get(path, headers=voice.headers())).body
        except httpx2.HTTPError:
            raise Away from None


def open_client(api_url: str, transport: httpx2.AsyncBaseTransport | None = None) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        base_url=api_url,
        timeout=DEADLINE,
        limits=POOL,
        trust_env=False,
        transport=transport or httpx2.AsyncHTTPTransport(retries=1, limits=POOL, trust_env=False),
    )


def _read(answer: httpx2.Response) -> Answer:
    retry_after = answer.headers.get("retry-after", "")
    seconds = int(retry_after) if retry_after.isdigit() else None
    if answer.status_code in (502, 503, 504):
        raise Away(seconds or 5)
    if len(answer.content) > LARGEST:
        raise Away
    try:
        body = answer.json() if answer.content else {}
    except ValueError:
        raise Away from None
    if answer.status_code >= 400:
        raise Refused(answer.status_code, body if isinstance(body, dict) else {}, seconds)
    return Answer(answer.status_code, body, answer.headers.get("etag"))
