"""Passwords as Argon2id hashes, made beside the event loop and at most two at once: each takes 46 MiB and a core."""

import asyncio
import secrets
import unicodedata

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE = 2


class Passwords:
    def __init__(self) -> None:
        # The first choice of the OWASP password storage sheet: 46 MiB, one pass, one lane.
        self._hashes = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=47_104, parallelism=1),))
        self._turns = asyncio.Semaphore(AT_ONCE)
        # What is checked where there is nothing to check, so that it takes as long.
        self._dummy = self._hashes.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hashes.hash, _normal(password))

    async def verify(self, password: str, known: str | None) -> bool:
        """Whether `known` is the hash of `password`; as slow without a hash as with one."""
        async with self._turns:
            fits = await asyncio.to_thread(self._hashes.verify, _normal(password), known or self._dummy)
        return fits and known is not None


def _normal(password: str) -> str:
    """Two keyboards may write the same letters differently."""
    return unicodedata.normalize("NFKC", password)
