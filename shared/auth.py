"""Who is asking: access tokens verified here, in every service, and refused whenever anything is missing or odd.

Tokens are EdDSA JWTs (RFC 8037, RFC 9068) of `identity`; its keys are fetched from the JWKS address and the last
good set is kept, so that identity's absence signs nobody out.
"""

import asyncio
import base64
import json
import time
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jwt import JWTClaimsRegistry
from pydantic import ValidationError

from shared.callers import ALGORITHM, AUDIENCE, Caller, Role
from shared.errors import Forbidden, Unauthenticated

LEEWAY = 30  # seconds of clock difference that a verifier forgives
REFETCH_SECONDS = 30.0
MAX_TOKEN = 4096  # bytes
REMEMBERED = 2_000  # tokens

LoadKeys = Callable[[], Awaitable[dict[str, Any]]]


class Verifier:
    """Checks tokens against the keys of one issuer."""

    def __init__(self, load_keys: LoadKeys, *, issuer: str) -> None:
        self._load_keys, self._keys, self._fetched_at = load_keys, dict[str, OKPKey](), -REFETCH_SECONDS
        self._fetching = asyncio.Lock()
        self._good: dict[str, tuple[Caller, float]] = {}  # checked before, and until when they are good
        self._claims = JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            nbf={"essential": True},
            sub={"essential": True},
        )

    async def caller(self, token: str) -> Caller:
        """The account behind `token`; raises `Unauthenticated` for every flaw, without saying which."""
        known = self._good.get(token)
        if known is not None and time.time() < known[1]:
            return known[0]
        caller, until = await self._check(token)
        if len(self._good) >= REMEMBERED:
            self._good.clear()
        self._good[token] = caller, until
        return caller

    async def _check(self, token: str) -> tuple[Caller, float]:
        try:
            if len(token) > MAX_TOKEN:
                raise Unauthenticated
            key = await self._key(_kid(token))
            decoded = jwt.decode(token, KeySet([key]), algorithms=[ALGORITHM])
            if decoded.header.get("typ") != "at+jwt":
                raise Unauthenticated
            self._claims.validate(decoded.claims)
            if "act" in decoded.claims:  # somebody acts for this person (RFC 8693): not the person (ADR 23)
                raise Unauthenticated
            caller = Caller(account_id=decoded.claims["sub"], role=decoded.claims["role"])
            return caller, float(decoded.claims["exp"])  # in its last seconds of leeway it is checked each time
        except (JoseError, ValidationError, KeyError, ValueError, TypeError, RecursionError):
            raise Unauthenticated from None

    async def _key(self, kid: str) -> OKPKey:
        if kid not in self._keys:
            await self._refetch()
        try:
            return self._keys[kid]
        except KeyError:
            raise Unauthenticated from None

    async def _refetch(self) -> None:
        """At most once in `REFETCH_SECONDS`, so that made-up key ids cannot make us hammer identity."""
        async with self._fetching:
            now = time.monotonic()
            if now - self._fetched_at < (REFETCH_SECONDS if self._keys else 0.5):
                return
            self._fetched_at = now
            try:
                found = await self._load_keys()
                self._keys = {key["kid"]: OKPKey.import_key(key) for key in found["keys"]} or self._keys
                self._good.clear()  # a key that is gone vouches for nobody
            except (OSError, ValueError, KeyError, TypeError, JoseError):
                return  # the last good set stays


def from_url(url: str) -> LoadKeys:
    """Load a JWKS over HTTP within two seconds."""

    def fetch() -> dict[str, Any]:
        with urllib.request.urlopen(url, timeout=2.0) as answer:
            found: dict[str, Any] = json.loads(answer.read(100_000))
            return found

    return lambda: asyncio.to_thread(fetch)


def _kid(token: str) -> str:
    head = token.split(".", 1)[0]
    header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    if not isinstance(header, dict) or header.get("alg") != ALGORITHM or not isinstance(header.get("kid"), str):
        raise Unauthenticated
    return str(header["kid"])


class Policy:
    """Who may use a route, as a dependency: `Depends(allow("officer"))`. A test walks all routes and fails on one
    that states none."""

    def __init__(self, roles: frozenset[str]) -> None:
        self.roles = roles

    async def __call__(self, request: Request) -> Caller:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        verifier: Verifier = request.app.state.verifier
        caller = await verifier.caller(token.strip())
        if caller.role not in self.roles:
            raise Forbidden
        return caller


class Public(Policy):
    """Anyone, signed in or not; whoever sends a token is recognised, a bad token counts as none."""

    def __init__(self) -> None:
        super().__init__(frozenset({"anyone"}))

    async def __call__(self, request: Request) -> Caller | None:  # type: ignore[override]
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        try:
            found: Caller = await request.app.state.verifier.caller(token.strip())
        except Unauthenticated:
            return None
        return found


def allow(*roles: Role) -> Policy:
    return Policy(frozenset(roles))


anyone = Public()
signed_in = allow("seeker", "employer", "officer", "admin")
officers = allow("officer", "admin")
seekers = allow("seeker")
employers = allow("employer")

Anyone = Annotated[Caller | None, Depends(anyone)]
SignedIn = Annotated[Caller, Depends(signed_in)]
Officer = Annotated[Caller, Depends(officers)]
Seeker = Annotated[Caller, Depends(seekers)]
Employer = Annotated[Caller, Depends(employers)]
EmployerOrOfficer = Annotated[Caller, Depends(allow("employer", "officer", "admin"))]
