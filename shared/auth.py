"""Who is asking: access tokens verified here, in every service, and refused whenever anything is missing or odd.

Tokens are EdDSA JWTs (RFC 8037, RFC 9068) of `identity`; its keys are fetched from the JWKS address and the last
good set is kept, so that identity's absence signs nobody out.
"""

import asyncio
import base64
import json
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Annotated, Any, get_args

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jwt import JWTClaimsRegistry
from pydantic import ValidationError

from shared.callers import ALGORITHM, AUDIENCE, Caller, Part, Role, acting
from shared.errors import Forbidden, OnlyInPerson, Unauthenticated

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
            until = float(decoded.claims["exp"])
            if "act" in decoded.claims:
                return _helped(decoded.claims, until), until
            caller = Caller(account_id=decoded.claims["sub"], role=decoded.claims["role"])
            return caller, until  # in its last seconds of leeway it is checked each time
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


def _helped(claims: Mapping[str, Any], until: float) -> Caller:
    """The person for whom somebody else acts (RFC 8693, ADR 23). No leeway: a mandate that ended acts no longer."""
    if time.time() >= until or not isinstance(claims["act"]["sub"], str) or not isinstance(claims["mandate"], str):
        raise Unauthenticated
    parts = frozenset(str(claims["scope"]).split()) & frozenset(get_args(Part))
    return Caller(account_id=claims["sub"], role=claims["role"], mandate=claims["mandate"], parts=parts)


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
    that states none. Whoever acts for somebody is let in where one of the mandate's parts is named, nowhere else."""

    def __init__(self, roles: frozenset[str], parts: frozenset[Part] = frozenset()) -> None:
        self.roles, self.parts = roles, parts

    async def __call__(self, request: Request) -> Caller:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        verifier: Verifier = request.app.state.verifier
        caller = await verifier.caller(token.strip())
        if caller.role not in self.roles:
            raise Forbidden
        if caller.mandate is not None and not caller.parts & self.parts:
            raise OnlyInPerson
        acting.set(caller.mandate)
        return caller


class Public(Policy):
    """Anyone, signed in or not; whoever sends a token is recognised, a bad token counts as none, and so does that of
    somebody who acts for another."""

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
        return None if found.mandate else found


def allow(*roles: Role, parts: Iterable[Part] = ()) -> Policy:
    """`parts` are those of a mandate that open the route as well, for whoever acts for a seeker."""
    return Policy(frozenset(roles), frozenset(parts))


EVERYBODY: tuple[Role, ...] = get_args(Role)
anyone = Public()
signed_in = allow(*EVERYBODY)
officers = allow("officer", "admin")
seekers = allow("seeker")
employers = allow("employer")

Anyone = Annotated[Caller | None, Depends(anyone)]
SignedIn = Annotated[Caller, Depends(signed_in)]
Officer = Annotated[Caller, Depends(officers)]
Seeker = Annotated[Caller, Depends(seekers)]
Employer = Annotated[Caller, Depends(employers)]
Helper = Annotated[Caller, Depends(allow("officer", "admin", "cadre"))]
SeekerOrHelper = Annotated[Caller, Depends(allow("seeker", "officer", "admin", "cadre"))]
# The person, or whoever acts for the person under a mandate.
ProfileOwner = Annotated[Caller, Depends(allow("seeker", parts=["profile"]))]
Applicant = Annotated[Caller, Depends(allow("seeker", parts=["applications"]))]
CardOwner = Annotated[Caller, Depends(allow("seeker", parts=["card"]))]
Themselves = Annotated[Caller, Depends(allow("seeker", parts=get_args(Part)))]
PARTIES: tuple[Role, ...] = ("seeker", "employer", "officer", "admin")
Party = Annotated[Caller, Depends(allow(*PARTIES))]
PartyOrHelper = Annotated[Caller, Depends(allow(*PARTIES, parts=["applications"]))]
EmployerOrOfficer = Annotated[Caller, Depends(allow("employer", "officer", "admin"))]
