"""What a paper says of itself, signed: anybody with the public keys can check it without a network.

A code is `1.<type>.<number>.<initials>.<issued>.<valid_until>.<key_id>.<signature>`: dates are YYMMDD (`-` where it
does not end), the signature is Ed25519 over all before its dot, in base64url. Short, so that a cheap phone reads it.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "1"
LONGEST = 250  # characters of a code
KEYS_PATH = "/.well-known/paper-keys.json"
_CODE = re.compile(
    r"1\.(?P<type>[a-z0-9_]{1,24})\.(?P<number>[A-Z0-9-]{1,40})\.(?P<initials>[A-Z]{1,4})"
    r"\.(?P<issued>\d{6})\.(?P<valid_until>\d{6}|-)\.(?P<key_id>[A-Za-z0-9_-]{6})\.(?P<signature>[A-Za-z0-9_-]{86})"
)


class NotOurs(Exception):
    """Nothing that we signed: made up, cut off, changed, or under a key that we do not know."""


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """All that a code tells: enough to compare with the paper in the hand, too little to know the person."""

    type: str  # such as "ak1" or "lamaran"
    number: str
    initials: str
    issued: date
    valid_until: date | None = None


class PaperSigner:
    """Signs under the first of `keys` (base64 of 32 bytes each, parted by spaces); the others still verify, so that a
    key can be changed without calling papers back."""

    def __init__(self, keys: str) -> None:
        seeds = [base64.b64decode(key) for key in keys.split()]
        self._private = [Ed25519PrivateKey.from_private_bytes(seed) for seed in seeds]
        self._id = key_id(self._private[0].public_key())

    def sign(self, facts: PaperFacts) -> str:
        """The code. Raises `ValueError` for facts that no code can hold."""
        until = facts.valid_until.strftime("%y%m%d") if facts.valid_until else "-"
        parts = (FORMAT, facts.type, facts.number, facts.initials, facts.issued.strftime("%y%m%d"), until, self._id)
        text = ".".join(parts)
        code = f"{text}.{_text(self._private[0].sign(text.encode()))}"
        if not _CODE.fullmatch(code):
            raise ValueError("these facts do not fit into a code")
        return code

    def published(self) -> dict[str, Any]:
        """The public keys as a JWK set (RFC 8037): what stands at `KEYS_PATH`."""
        return {"keys": [_jwk(private.public_key()) for private in self._private]}


class PaperVerifier:
    """Checks codes against published keys. Needs no network."""

    def __init__(self, published: dict[str, Any]) -> None:
        found = [Ed25519PublicKey.from_public_bytes(_bytes(key["x"])) for key in published["keys"]]
        self._keys = {key_id(key): key for key in found}

    def verify(self, code: str) -> PaperFacts:
        """What the code says; raises `NotOurs`."""
        found = _CODE.fullmatch(code) if len(code) <= LONGEST else None
        key = self._keys.get(found["key_id"]) if found else None
        if found is None or key is None:
            raise NotOurs
        try:
            signature = _bytes(found["signature"])
            if _text(signature) != found["signature"]:
                raise NotOurs
            key.verify(signature, code.rpartition(".")[0].encode())
            until = found["valid_until"]
            return PaperFacts(
                **{name: found[name] for name in ("type", "number", "initials")},
                issued=_day(found["issued"]),
                valid_until=None if until == "-" else _day(until),
            )
        except (InvalidSignature, ValueError):
            raise NotOurs from None


def initials_of(name: str) -> str:
    """`Siti Nur Aminah` is SNA; what is no plain letter is left out, and nothing left is X."""
    letters = [part[0] for part in name.upper().split() if part[0].isascii() and part[0].isalpha()]
    return "".join(letters[:3]) or "X"


def type_of(code: str) -> str | None:
    """Which kind of paper a code says it is, unchecked: whom to ask about it."""
    found = _CODE.fullmatch(code) if len(code) <= LONGEST else None
    return found["type"] if found else None


def key_id(key: Ed25519PublicKey) -> str:
    return _text(hashlib.sha256(key.public_bytes_raw()).digest())[:6]


def _jwk(key: Ed25519PublicKey) -> dict[str, str]:
    public = _text(key.public_bytes_raw())
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_id(key), "x": public}


def _day(digits: str) -> date:
    return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
