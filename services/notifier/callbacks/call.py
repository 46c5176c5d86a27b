"""A call of a provider as it came, and the proof that it is his."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.notifier.providers import ProviderSettings
from shared.errors import Problem

SIGNATURE = "x-si-caker-signature"
FRESH_SECONDS = 300.0


class BadSignature(Problem):
    code, status = "bad_signature", 401
    indonesian = "Tanda tangan panggilan ini tidak cocok atau sudah terlalu lama."
    english = "The signature of this call does not fit or is too old."


@dataclass(frozen=True, kw_only=True)
class Call:
    """`url` is what the provider called, with the query: some sign it."""

    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def signature(key: str, body: bytes, *, at: int) -> str:
    """`t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`."""
    return f"t={at},v1={hmac.new(key.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def check_signed(call: Call, provider: ProviderSettings) -> None:
    """Ours, with the time in it: a call that is overheard is worth nothing after five minutes."""
    given = call.headers.get(SIGNATURE, "")
    at = given.removeprefix("t=").partition(",")[0]
    if not at.isdigit() or len(at) > 12 or abs(time.time() - int(at)) > FRESH_SECONDS:
        raise BadSignature
    _compare(given, signature(provider.callback_key, call.body, at=int(at)))


def check_hub(call: Call, provider: ProviderSettings) -> None:
    """The Cloud API's: over the body, without a time. Told again, it changes nothing."""
    made = hmac.new(provider.callback_key.encode(), call.body, hashlib.sha256).hexdigest()
    _compare(call.headers.get("x-hub-signature-256", ""), f"sha256={made}")


def check_twilio(call: Call, provider: ProviderSettings, form: Mapping[str, str]) -> None:
    """Twilio's: over the address that it called and the form, without a time."""
    signed = call.url + "".join(name + form[name] for name in sorted(form))
    made = hmac.new(provider.callback_key.encode(), signed.encode(), hashlib.sha1).digest()
    _compare(call.headers.get("x-twilio-signature", ""), base64.b64encode(made).decode())


def _compare(given: str, made: str) -> None:
    if not hmac.compare_digest(given.encode(), made.encode()):
        raise BadSignature
