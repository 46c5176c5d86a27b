"""The keyed hashes and the wrapping of `identity`'s own secrets, each bound to what it is for."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.sealed import blind_index


class Blind:
    """Keyed hashes to find what nobody may read; the same value hashes differently for each purpose."""

    def __init__(self, index_key: str) -> None:
        self._key = index_key

    def __call__(self, purpose: str, value: str) -> str:
        return blind_index(self._key, f"{purpose}:{value}")


class Wrap:
    """AES-256-GCM under a key that is derived from the master key for each place a secret is kept in."""

    def __init__(self, master_key: str) -> None:
        self._master = base64.b64decode(master_key)

    def wrap(self, secret: bytes, *, place: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(nonce + self._cipher(place).encrypt(nonce, secret, place.encode())).decode()

    def unwrap(self, wrapped: str, *, place: str) -> bytes:
        """Raises `cryptography.exceptions.InvalidTag` under another master key, or in another place."""
        raw = base64.b64decode(wrapped)
        return self._cipher(place).decrypt(raw[:12], raw[12:], place.encode())

    def _cipher(self, place: str) -> AESGCM:
        return AESGCM(hmac.new(self._master, f"identity:{place}".encode(), hashlib.sha256).digest())
