"""Leave to read somebody's documents: one service knows who may, another has them, and neither asks the other.

A leave is a signed token of a minute (JWT, RFC 7519) about one application; both services sign and check it under
keys made from `CAKER_PAPER_KEY` (RFC 5869), which only they have. It opens nothing by itself: it counts only for the
account that it names, so that a copy is of no use to anybody else.
"""

import base64
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.errors import Problem

LASTS = timedelta(seconds=60)
LONGEST = 4096  # characters of a token
_TYPE, _ALGORITHM, _PURPOSE = "leave+jwt", "HS256", b"si-caker leave to read 1"


class LeaveOver(Problem):
    code, status = "leave_over", 403
    indonesian = "Izin membaca berkas ini sudah lewat. Buka lagi lamarannya."
    english = "The leave to read this file is over. Open the application again."


class Leave(BaseModel):
    """Who may read which documents of whom."""

    model_config = ConfigDict(frozen=True)
    reader: str = Field(description="account")
    person: str = Field(description="account of their owner")
    about: str = Field(description="id of the application")
    documents: tuple[str, ...] = Field(max_length=20)
    opens: bool = Field(description="their content; without it only what they are")


class Leaves:
    """`keys` as in the settings: the first signs, each verifies, so that a key can be changed."""

    def __init__(self, keys: str) -> None:
        made = [OctKey.import_key(_derived(key), {"kid": str(number)}) for number, key in enumerate(keys.split())]
        self._first, self._keys = made[0], made

    def write(self, leave: Leave, *, at: datetime) -> str:
        claims = {**leave.model_dump(mode="json"), "exp": int((at + LASTS).timestamp())}
        return jwt.encode({"alg": _ALGORITHM, "typ": _TYPE}, claims, self._first, algorithms=[_ALGORITHM])

    def read(self, token: str, *, reader: str, at: datetime) -> Leave:
        """Raises `LeaveOver` for whatever is not a leave for this reader, now."""
        for key in self._keys if len(token) <= LONGEST else ():
            try:
                found = jwt.decode(token, KeySet([key]), algorithms=[_ALGORITHM])
                leave, ends = Leave.model_validate(found.claims), float(found.claims["exp"])
            except (JoseError, ValidationError, KeyError, ValueError, TypeError, RecursionError):
                continue
            if found.header.get("typ") == _TYPE and leave.reader == reader and at.timestamp() < ends:
                return leave
        raise LeaveOver


def _derived(key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(base64.b64decode(key))
