"""Personal data under a person's key: sealed before it is stored or sent, gone when the key is destroyed.

Each person has one AES-256-GCM key, wrapped by the master key, in the key vault: the one database that several
services read, because it holds keys and nothing else (UU 27/2022 art. 42-45: erasure reaches logs and backups).
"""

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Collection as Ids
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.errors import Problem
from shared.mongo import Collection

CACHE_SECONDS = 30.0  # half of the minute within which a destroyed key must be useless everywhere
CACHE_KEYS = 10_000


class Erased(Problem):
    """The person's key was destroyed, or never was: what was sealed under it cannot be read again, and nothing more
    is sealed for the person. Whoever just asked for that is told so."""

    code, status = "person_erased", 410
    indonesian = "Orang ini sudah menghapus datanya, jadi ini tidak bisa dilanjutkan."
    english = "This person has erased their data, so this cannot go on."


class Vault:
    """The person keys. `person` is an account id; `purpose` names the field and binds the seal to its place."""

    def __init__(self, keys: Collection, *, master_key: str) -> None:
        self._keys = keys
        self._master = AESGCM(base64.b64decode(master_key))
        self._cache: dict[str, tuple[float, bytes]] = {}

    async def seal(self, person: str, purpose: str, data: Mapping[str, Any]) -> str:
        """Seal `data` as a string of the form `v1.<base64>`; makes the person's key if there is none yet."""
        key = await self._key_or_new(person)
        return "v1." + _encrypt(AESGCM(key), json.dumps(data).encode(), f"{person}:{purpose}")

    async def open(self, person: str, purpose: str, sealed: str) -> dict[str, Any]:
        """What was sealed; raises `Erased` where the key is gone."""
        return (await self.open_many(purpose, {person: sealed}))[person]

    async def open_many(self, purpose: str, sealed: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Open one seal per person with one read of the vault. Raises `Erased` if one person's key is gone
        and only one was asked for; of several, the erased are left out."""
        keys = await self._load(sealed)
        if len(sealed) == 1 and not keys:
            raise Erased
        return {
            person: _decode(keys[person], text, f"{person}:{purpose}")
            for person, text in sealed.items()
            if person in keys
        }

    async def destroy(self, person: str) -> None:
        """Make everything sealed for `person` unreadable, for good. Repeating it changes nothing."""
        await self._keys.update_one(
            {"_id": person},
            {"$unset": {"wrapped": ""}, "$set": {"destroyed_at": datetime.now(UTC)}},
            upsert=True,
        )
        self._cache.pop(person, None)

    async def _key_or_new(self, person: str) -> bytes:
        found = (await self._load([person])).get(person)
        if found is not None:
            return found
        wrapped = _encrypt(self._master, os.urandom(32), person)
        # Two processes may seal for a new person at once: the first key stands, both read it back.
        await self._keys.update_one({"_id": person}, {"$setOnInsert": {"wrapped": wrapped}}, upsert=True)
        found = (await self._load([person])).get(person)
        if found is None:
            raise Erased
        return found

    async def _load(self, people: Ids[str] | Mapping[str, str]) -> dict[str, bytes]:
        now = time.monotonic()
        fresh = {
            p: k for p in people if (hit := self._cache.get(p)) and now - hit[0] < CACHE_SECONDS for k in (hit[1],)
        }
        missing = [person for person in people if person not in fresh]
        if missing:
            async for row in self._keys.find({"_id": {"$in": missing}}, {"wrapped": 1}):
                if "wrapped" in row:
                    fresh[row["_id"]] = _decrypt(self._master, row["wrapped"], row["_id"])
            if len(self._cache) > CACHE_KEYS:
                self._cache.clear()
            self._cache.update({person: (now, fresh[person]) for person in missing if person in fresh})
        return fresh


def blind_index(index_key: str, value: str) -> str:
    """A keyed hash (HMAC-SHA-256) to find or compare a value nobody may read; a plain hash of the 3x10^10
    possible NIK falls in seconds."""
    return hmac.new(base64.b64decode(index_key), value.encode(), hashlib.sha256).hexdigest()


def _encrypt(cipher: AESGCM, data: bytes, bound_to: str) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + cipher.encrypt(nonce, data, bound_to.encode())).decode()


def _decrypt(cipher: AESGCM, text: str, bound_to: str) -> bytes:
    raw = base64.b64decode(text)
    return cipher.decrypt(raw[:12], raw[12:], bound_to.encode())


def _decode(key: bytes, sealed: str, bound_to: str) -> dict[str, Any]:
    try:
        plain = _decrypt(AESGCM(key), sealed.removeprefix("v1."), bound_to)
    except InvalidTag:
        raise Erased from None
    opened: dict[str, Any] = json.loads(plain)
    return opened
