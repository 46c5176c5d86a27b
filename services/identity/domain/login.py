"""One-time codes and sessions: how long they live, what they look like, and how their misuse is refused."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.identity import Role
from shared.errors import Problem, RateLimited

CODE_TIME = timedelta(minutes=5)
CODE_TRIES = 5
ACCESS_TIME = timedelta(minutes=10)
REFRESH_TIME = timedelta(days=30)
LOST_REPLY_TIME = timedelta(seconds=10)  # in which a spent refresh token still gets the answer it got before
_REFRESH = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})")


class CodeInvalid(Problem):
    code, status = "code_invalid", 401
    indonesian = "Kode salah atau sudah tidak berlaku. Periksa lagi, atau minta kode baru."
    english = "The code is wrong or no longer valid. Check it, or ask for a new one."


class LoginFailed(Problem):
    code, status = "login_failed", 401
    indonesian = "E-mail atau kata sandi salah."
    english = "The e-mail address or the password is wrong."


class TokenInvalid(Problem):
    code, status = "token_invalid", 401
    indonesian = "Sesi Anda sudah berakhir. Silakan masuk lagi."
    english = "Your session is over. Please sign in again."


class TooManyCodes(RateLimited):
    code = "too_many_codes"
    indonesian = "Kode sudah terlalu sering diminta. Tunggu sebentar, lalu minta lagi."
    english = "A code has been asked for too often. Wait a while, then ask again."


class Family(BaseModel):
    """One sign-in and the chain of refresh tokens that grew from it; only the newest of them works."""

    model_config = ConfigDict(frozen=True)
    id: str
    account_id: str
    token_version: int
    current: str = Field(repr=False, description="SHA-256 of the secret that works")
    previous: str | None = Field(None, repr=False, description="SHA-256 of the one before")
    successor: str | None = Field(None, repr=False, description="the secret that `previous` was given for, wrapped")
    successor_until: datetime | None = None
    expires_at: datetime
    revoked_at: datetime | None = None

    def alive(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at

    def repeats_lost_reply(self, digest: str, at: datetime) -> bool:
        """Whether the owner of `digest` asks again for an answer that he has just been given, and lost."""
        return digest == self.previous and self.successor_until is not None and at < self.successor_until


class Tokens(BaseModel):
    """What a signed-in client holds."""

    model_config = ConfigDict(frozen=True)
    access_token: str = Field(repr=False, description="send it as `Authorization: Bearer …`")
    refresh_token: str = Field(repr=False, description="exchange it once, at /tokens/refresh, for the next pair")
    token_type: str = Field("Bearer", description="always Bearer")
    expires_in: int = Field(description="seconds until the access token ends")
    role: Role


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def new_family_id() -> str:
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """A plain hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def write_refresh(family_id: str, secret: str) -> str:
    return f"{family_id}.{secret}"


def read_refresh(token: str) -> tuple[str, str]:
    """(family id, secret) of a refresh token; raises `TokenInvalid` for what was never one."""
    found = _REFRESH.fullmatch(token)
    if not found:
        raise TokenInvalid
    return found[1], found[2]
