"""Who we are to a push service (VAPID, RFC 8292): a short token per service, signed with our one key, to which each
subscription is bound."""

import base64
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

LIVES, KEPT, SERVICES = 12 * 3600, 11 * 3600, 100  # seconds that a token holds, and is used; services at most


def private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """From the base64 of 32 bytes, as the settings hold it."""
    return ec.derive_private_key(int.from_bytes(base64.b64decode(secret), "big"), ec.SECP256R1())


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """As browsers want it (`applicationServerKey`), in base64url."""
    return text(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def octets(value: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


class Vapid:
    """`contact` is where a push service can reach us: `mailto:` or an address of a page."""

    def __init__(self, secret: str, *, contact: str, clock: Callable[[], float] = time.time) -> None:
        key = private_key(secret)
        self._key, self._contact, self._clock = ECKey.import_key(key), contact, clock
        self.public = public_text(key)
        self._tokens: dict[str, tuple[str, float]] = {}

    def authorization(self, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        service, now = f"{parts.scheme}://{parts.netloc}", self._clock()
        token, until = self._tokens.get(service, ("", 0.0))
        if until <= now:
            claims = {"aud": service, "exp": int(now) + LIVES, "sub": self._contact}
            token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, self._key)
            if len(self._tokens) >= SERVICES:
                self._tokens.clear()
            self._tokens[service] = (token, now + KEPT)
        return f"vapid t={token}, k={self.public}"
