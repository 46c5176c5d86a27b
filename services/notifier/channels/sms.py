"""SMS through a provider that takes JSON over HTTP: POST {to, text, key}, where `key` is its idempotency key."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure

CONNECTIONS = 8
IDLE_SECONDS = 30.0
ANSWER_LIMIT = 65_536  # bytes of an answer that are read at most
LONGEST_WAIT = 3600.0  # seconds that a provider may ask us to wait
# 401 and 403 are about our token, not the message: it waits, in sight of the breaker, until the token is mended.
TRY_AGAIN = frozenset({401, 403, 408, 425, 429})


class SmsChannel:
    """One lane's SMS, over connections that are kept open. `timeout` is in seconds."""

    width = CONNECTIONS

    def __init__(self, *, url: str, token: str, timeout: float) -> None:
        self._url = url
        limits = httpx2.Limits(max_connections=self.width, max_keepalive_connections=self.width, keepalive_expiry=30)
        self._http = httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {token}", "User-Agent": "si-caker"},
            timeout=timeout,
            limits=limits,
            follow_redirects=False,
            trust_env=False,
            verify=url.startswith("https:"),  # without TLS there is no list of authorities to hold in memory
        )

    async def send(self, message: Outgoing) -> Accepted:
        content = {"to": message.to, "text": message.text, "key": message.key}
        try:
            async with self._http.stream("POST", self._url, json=content) as answer:
                return _judge(answer, await _body(answer))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise Refused(f"connect_{type(error).__name__}", provider=True) from None
        except httpx2.HTTPError as error:
            raise Unsure(f"http_{type(error).__name__}") from None

    async def close(self) -> None:
        await self._http.aclose()


async def _body(answer: httpx2.Response) -> bytes:
    found = bytearray()
    async for chunk in answer.aiter_bytes():
        found += chunk
        if len(found) > ANSWER_LIMIT:
            break
    return bytes(found[:ANSWER_LIMIT])


def _judge(answer: httpx2.Response, body: bytes) -> Accepted:
    """What an answer means; its text may quote the number and is dropped."""
    status = answer.status_code
    if 200 <= status < 300:
        return _accepted(body)
    wait = _retry_after(answer.headers.get("retry-after"))
    if status >= 500 or status in TRY_AGAIN:
        raise Refused(f"http_{status}", provider=True, retry_after=wait)
    raise Refused(f"http_{status}", permanent=True)


def _accepted(body: bytes) -> Accepted:
    """A yes that is no JSON object may be anybody's, such as a proxy's page: ask again under the same key."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unsure("http_garbage")
    reference = found.get("id")
    return Accepted(reference=str(reference)[:100] if reference is not None else None)


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
