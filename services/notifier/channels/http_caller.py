"""Calling a provider over HTTP: connections that are kept open, answers that are bounded, and what a status means."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from services.notifier.channels.channel import Refused, Unsure

CONNECTIONS = 8
IDLE_SECONDS = 30.0
ANSWER_LIMIT = 65_536  # bytes of an answer that are read at most
LONGEST_WAIT = 3600.0  # seconds that a provider may ask us to wait
# 401 and 403 are about our token, not the message: it waits, in sight of the breaker, until the token is mended.
TRY_AGAIN = frozenset({401, 403, 408, 425, 429})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`data` is the JSON object of the body, or None where it is none. Its texts may quote a number: never logged."""

    status: int
    data: Mapping[str, Any] | None
    wait: float = 0.0

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def refusal(self) -> Refused:
        """What the status alone says of an answer that is not good."""
        if self.status >= 500 or self.status in TRY_AGAIN:
            return Refused(f"http_{self.status}", provider=True, retry_after=self.wait)
        return Refused(f"http_{self.status}", permanent=True)

    def said(self) -> Mapping[str, Any]:
        """A yes that is no JSON object may be anybody's, such as a proxy's page."""
        if self.data is None:
            raise Unsure("http_garbage")
        return self.data


class HttpCaller:
    """One lane's calls to one provider. `timeout` is in seconds; `encrypted` says whether addresses are HTTPS, where
    `url` does not."""

    width = CONNECTIONS

    def __init__(
        self,
        *,
        url: str,
        timeout: float,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
        encrypted: bool | None = None,
    ) -> None:
        self._url = url
        self._http = httpx2.AsyncClient(
            headers={"User-Agent": "si-caker", **(headers or {})},
            auth=auth,
            timeout=timeout,
            limits=httpx2.Limits(
                max_connections=self.width, max_keepalive_connections=self.width, keepalive_expiry=IDLE_SECONDS
            ),
            follow_redirects=False,
            trust_env=False,
            verify=url.startswith("https:")
            if encrypted is None
            else encrypted,  # without TLS there is no list of authorities to hold in memory
        )

    async def post(self, path: str = "", **content: Any) -> Answer:
        """`content` is `json`, `data` (a form) or `content` (bytes), and `headers`. Raises `Refused` where nothing
        was handed over for certain, and `Unsure` where it may have been."""
        try:
            async with self._http.stream("POST", self._url + path, **content) as answer:
                body = await _body(answer)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise Refused(f"connect_{type(error).__name__}", provider=True) from None
        except httpx2.HTTPError as error:
            raise Unsure(f"http_{type(error).__name__}") from None
        wait = _retry_after(answer.headers.get("retry-after"))
        return Answer(status=answer.status_code, data=_object(body), wait=wait)

    async def close(self) -> None:
        await self._http.aclose()


async def _body(answer: httpx2.Response) -> bytes:
    found = bytearray()
    async for chunk in answer.aiter_bytes():
        found += chunk
        if len(found) > ANSWER_LIMIT:
            break
    return bytes(found[:ANSWER_LIMIT])


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _retry_after(value: str | None) -> float:
    """Seconds or a date (RFC 9110, 10.2.3); nonsense counts as nothing."""
    if not value:
        return 0.0
    try:
        seconds = float(value) if value.strip().isdigit() else _until(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _until(value: str) -> float:
    return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
