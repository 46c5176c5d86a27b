"""Web push (RFC 8030): encrypted for one browser (RFC 8291), so that its push service carries what it cannot read."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from services.notifier.channels.channel import Accepted, Outgoing, Refused
from services.notifier.channels.http_caller import Answer, HttpCaller
from services.notifier.channels.vapid import Vapid, octets, text
from services.notifier.devices import is_known
from services.notifier.domain import Lane

URGENCY: dict[Lane, str] = {"code": "high", "transactional": "normal", "bulk": "low"}
# Seconds that a push service may keep a message for a device that is off; never beyond its end.
LONGEST: dict[Lane, int] = {"code": 300, "transactional": 7 * 86_400, "bulk": 86_400}
GONE = frozenset({404, 410})

Gone = Callable[[str], Awaitable[None]]


class WebPush:
    """One lane's pushes. There is no idempotency key; but a repeat has the same topic, so that it takes the place of
    the first, at the push service or on the screen. `gone` removes a device that is no more."""

    def __init__(self, vapid: Vapid, *, lane: Lane, hosts: Sequence[str], timeout: float, gone: Gone) -> None:
        self._vapid, self._lane, self._hosts, self._gone = vapid, lane, hosts, gone
        self._caller = HttpCaller(url="", timeout=timeout, encrypted=any(not _is_local(host) for host in hosts))
        self.width = self._caller.width

    async def send(self, message: Outgoing) -> Accepted:
        if message.device is None or not is_known(message.to, self._hosts):
            raise Refused("push_service_not_known", permanent=True)
        try:
            body = encrypt(message)
        except (ValueError, http_ece.ECEException):
            raise Refused("push_bad_keys", permanent=True) from None
        try:
            answer = await self._caller.post(message.to, content=body, headers=self._headers(message))
        except Refused as refusal:  # one push service that is away says nothing of the others
            raise Refused(refusal.code, retry_after=refusal.retry_after) from None
        if answer.good:
            return Accepted()
        if answer.status in GONE:
            await self._gone(message.device.id)
        raise _refusal(answer)

    async def close(self) -> None:
        await self._caller.close()

    def _headers(self, message: Outgoing) -> dict[str, str]:
        left = int((message.not_after - datetime.now(UTC)).total_seconds()) if message.not_after else 0
        return {
            "TTL": str(min(max(left, 0), LONGEST[self._lane])),
            "Urgency": URGENCY[self._lane],
            "Topic": topic(message),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": self._vapid.authorization(message.to),
        }


def topic(message: Outgoing) -> str:
    """What takes the place of what (RFC 8030, 5.4): the same words about the same page."""
    return text(hashlib.sha256(f"{message.subject}\n{message.link}".encode()).digest())[:32]


def encrypt(message: Outgoing) -> bytes:
    """For this one browser; raises ValueError for keys that are none."""
    assert message.device is not None
    content = {
        "id": hashlib.sha256(message.key.encode()).hexdigest()[:16],
        "title": message.subject,
        "body": message.text,
        "link": message.link,
        "tag": topic(message),
    }
    encrypted: bytes = http_ece.encrypt(
        json.dumps(content, ensure_ascii=False).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=octets(message.device.p256dh),
        auth_secret=octets(message.device.auth),
        version="aes128gcm",
    )
    return encrypted


def _refusal(answer: Answer) -> Refused:
    """About this one device, whatever it is: another one's push service may be another."""
    later = answer.status == 429 or answer.status >= 500
    return Refused(f"push_{answer.status}", permanent=not later, retry_after=answer.wait)


def _is_local(host: str) -> bool:
    return host in ("127.0.0.1", "localhost")
