"""The keys that sign access tokens, and the tokens: EdDSA JWTs (RFC 8037, RFC 9068) of ten minutes, of one minute for
whoever acts for somebody else."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from services.identity.domain.login import ACCESS_TIME
from services.identity.secrecy import Wrap
from services.identity.store.keys import KeyStore, SigningKey
from shared.callers import ALGORITHM, AUDIENCE, Part
from shared.events import new_id


class KeyRing:
    """`open` it before the first token: it finds the signing key, or makes the first one of this system."""

    def __init__(self, store: KeyStore, wrap: Wrap, *, issuer: str) -> None:
        self._store, self._wrap, self._issuer = store, wrap, issuer
        self._key: OKPKey | None = None

    async def open(self) -> None:
        found = await self._store.signing()
        if found is None:
            await self._store.add_first(self._generate())
            found = await self._store.signing()  # ours, or that of a process that was first
        if found is None:
            raise RuntimeError("no signing key, although one was just added")
        private = json.loads(self._wrap.unwrap(found.wrapped, place=f"signing:{found.kid}"))
        self._key = OKPKey.import_key(private)

    async def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517) of all tokens that may still be about."""
        return {"keys": await self._store.public()}

    def access_token(self, *, account_id: str, role: str, at: datetime) -> str:
        return self._signed({"sub": account_id, "role": role}, at=at, until=at + ACCESS_TIME)

    def acting_token(
        self, *, account_id: str, helper_id: str, mandate: str, parts: Iterable[Part], at: datetime, until: datetime
    ) -> str:
        """For `helper_id`, who acts for a seeker (RFC 8693 `act`), within these parts of what is theirs."""
        claims = {"act": {"sub": helper_id}, "mandate": mandate, "scope": " ".join(parts)}
        return self._signed({"sub": account_id, "role": "seeker", **claims}, at=at, until=until)

    def _signed(self, who: dict[str, Any], *, at: datetime, until: datetime) -> str:
        if self._key is None:
            raise RuntimeError("the key ring was not opened")
        born = int(at.timestamp())
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            **who,
            "iat": born,
            "nbf": born,
            "exp": int(until.timestamp()),
            "jti": new_id("jti"),
        }
        header = {"alg": ALGORITHM, "kid": self._key.kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def _generate(self) -> SigningKey:
        key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, private=True)
        kid = key.thumbprint()
        private = {**key.as_dict(private=True), "kid": kid}
        wrapped = self._wrap.wrap(json.dumps(private).encode(), place=f"signing:{kid}")
        public = {**key.as_dict(private=False), "kid": kid}
        return SigningKey(kid=kid, public=public, wrapped=wrapped, created_at=datetime.now(UTC))
