"""The visitor's session: all of it in one encrypted cookie, because the portal stores nothing."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field, ValidationError

LIFETIME = 30 * 24 * 3600  # seconds a sign-in may last without a visit
BORROWED = 600  # seconds on a borrowed phone
_BOUND_TO = b"si-caker portal session 1"


class Waiting(BaseModel):
    """A sign-in between its two pages: the phone was typed, the code was not."""

    model_config = ConfigDict(frozen=True)
    request_id: str
    phone: str
    name: str | None = None
    onward: str = "/akun"
    sent_at: int


class Typed(BaseModel):
    """A form that could not be sent: it comes back to the same person on the same page, and to nobody else."""

    model_config = ConfigDict(frozen=True)
    account: str
    page: str
    values: dict[str, str | list[str]]


class Helping(BaseModel):
    """The visitor acts for somebody else; `own` is what the visitor comes back to."""

    model_config = ConfigDict(frozen=True)
    mandate: str
    until: str = Field(description="ISO 8601; a sitting's end")
    own: "Session"


class Session(BaseModel):
    """What the portal knows of one visitor; nothing of it can be read or changed in the browser."""

    model_config = ConfigDict(frozen=True)
    secret: str = Field(default_factory=lambda: secrets.token_hex(16))
    access: str | None = None
    refresh: str | None = None
    expires_at: int = 0
    role: str | None = None
    name: str = ""
    borrowed: bool = False
    sealed_at: int = 0
    waiting: Waiting | None = None
    left: str = ""  # whose sign-in ran out; empty where the person signed out
    typed: Typed | None = None
    helping: Helping | None = Field(None, description="then `access`, `role` and `name` are the other person's")

    @property
    def account(self) -> str:
        """Whose session it is, by the token; it came from the API and was sealed here."""
        try:
            claims = (self.access or "").split(".")[1]
            return str(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"])
        except (ValueError, LookupError, TypeError):
            return ""

    @property
    def lifetime(self) -> int:
        return BORROWED if self.borrowed else LIFETIME

    def form_token(self) -> str:
        """A token for a form: new on each page, so that compression cannot leak the secret behind it."""
        salt = secrets.token_hex(8)
        return f"{salt}.{self._mark(salt)}"

    def accepts(self, token: str) -> bool:
        salt, _, mark = token.partition(".")
        return hmac.compare_digest(mark.encode(), self._mark(salt).encode())

    def _mark(self, salt: str) -> str:
        return hmac.new(self.secret.encode(), salt.encode(), hashlib.sha256).hexdigest()


class Seal:
    """Turns sessions into cookie values and back; a changed, foreign or old value is no session at all."""

    def __init__(self, key: str) -> None:
        self._cipher = AESGCM(base64.b64decode(key))

    def close(self, session: Session, *, now: float | None = None) -> str:
        stamped = session.model_copy(update={"sealed_at": int(now or time.time())})
        nonce = os.urandom(12)
        plain = stamped.model_dump_json(exclude_defaults=True).encode()
        return base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, plain, _BOUND_TO)).decode()

    def open(self, value: str, *, now: float | None = None) -> Session | None:
        try:
            raw = base64.urlsafe_b64decode(value)
            session = Session.model_validate_json(self._cipher.decrypt(raw[:12], raw[12:], _BOUND_TO))
        except (ValueError, InvalidTag, ValidationError):
            return None
        age = (now or time.time()) - session.sealed_at
        return session if age < session.lifetime else None


def cookie_name(*, secure: bool) -> str:
    """`__Host-` binds the cookie to this very host; browsers accept the prefix only over HTTPS."""
    return "__Host-sesi" if secure else "sesi"
