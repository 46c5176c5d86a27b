"""Access tokens as an attacker would send them: whatever is missing, forged or odd is refused, and never a crash."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from shared.auth import LEEWAY, Anyone, Verifier
from shared.callers import AUDIENCE
from shared.errors import Unauthenticated
from shared.testing import ISSUER, TokenMint

Json = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def good_claims(**changes: Any) -> Json:
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "acc_1",
        "role": "seeker",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "jti": "jti_1",
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not None}


def good_header(**changes: Any) -> Json:
    header = {"alg": "EdDSA", "kid": "test", "typ": "at+jwt", **changes}
    return {name: value for name, value in header.items() if value is not None}


def signed(mint: TokenMint, *, header: Json | bytes | None = None, claims: Json | bytes | None = None) -> str:
    """A token with a true signature over whatever header and claims."""
    head = header if isinstance(header, bytes) else json.dumps(header or good_header()).encode()
    body = claims if isinstance(claims, bytes) else json.dumps(claims or good_claims()).encode()
    private = Ed25519PrivateKey.from_private_bytes(unb64(str(mint.key.as_dict(private=True)["d"])))
    part = f"{b64(head)}.{b64(body)}"
    return f"{part}.{b64(private.sign(part.encode()))}"


def hmac_signed(mint: TokenMint, secret: bytes, **header: Any) -> str:
    head = json.dumps(good_header(alg="HS256", **header)).encode()
    part = f"{b64(head)}.{b64(json.dumps(good_claims()).encode())}"
    return f"{part}.{b64(hmac.new(secret, part.encode(), hashlib.sha256).digest())}"


def of_stranger(mint: TokenMint, **header: Any) -> str:
    return signed(TokenMint(), header=good_header(**header))


def public_key(mint: TokenMint) -> bytes:
    return unb64(str(mint.key.as_dict(private=False)["x"]))


def now(offset: int) -> int:
    return int(time.time()) + offset


def flipped(token: str) -> str:
    head, body, signature = token.split(".")
    raw = bytearray(unb64(signature))
    raw[10] ^= 1
    return f"{head}.{body}.{b64(bytes(raw))}"


def other_claims(token: str) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{b64(json.dumps(good_claims(role='officer')).encode())}.{signature}"


def unsigned(alg: str) -> str:
    return f"{b64(json.dumps(good_header(alg=alg)).encode())}.{b64(json.dumps(good_claims()).encode())}."


DEEP = b'{"alg":"EdDSA","kid":"test","typ":"at+jwt","x":' + b"[" * 1400 + b"]" * 1400 + b"}"
TWICE = b'{"alg":"none","alg":"EdDSA","kid":"test","kid":"other","typ":"at+jwt"}'

FORGED: dict[str, Callable[[TokenMint], str]] = {
    "empty": lambda _: "",
    "not a token": lambda _: "abc",
    "only dots": lambda _: "..",
    "no signature": lambda m: signed(m).rsplit(".", 1)[0],
    "empty signature": lambda m: signed(m).rsplit(".", 1)[0] + ".",
    "a fourth part": lambda m: signed(m) + ".e30",
    "every part twice": lambda m: signed(m) + "." + signed(m),
    "one bit of the signature": lambda m: flipped(signed(m)),
    "claims of another token": lambda m: other_claims(signed(m)),
    "alg none": lambda _: unsigned("none"),
    "alg None": lambda _: unsigned("None"),
    "alg EdDSA without signature": lambda _: unsigned("EdDSA"),
    "alg missing": lambda m: signed(m, header=good_header(alg=None)),
    "alg a list": lambda m: signed(m, header=good_header(alg=["EdDSA"])),
    "HS256 with the public key": lambda m: hmac_signed(m, public_key(m)),
    "HS256 with the public key's text": lambda m: hmac_signed(m, b64(public_key(m)).encode()),
    "HS256 with an empty key": lambda m: hmac_signed(m, b""),
    "a stranger's key": lambda m: of_stranger(m),
    "a stranger's key inside (jwk)": lambda m: of_stranger(m, jwk=TokenMint().key.as_dict(private=False)),
    "a stranger's key elsewhere (jku)": lambda m: of_stranger(m, jku="https://example.com/jwks.json"),
    "a stranger's certificate (x5u)": lambda m: of_stranger(m, x5u="https://example.com/cert.pem"),
    "kid unknown": lambda m: signed(m, header=good_header(kid="other")),
    "kid missing": lambda m: signed(m, header=good_header(kid=None)),
    "kid empty": lambda m: signed(m, header=good_header(kid="")),
    "kid a path": lambda m: of_stranger(m, kid="../../../../dev/null"),
    "kid a query": lambda m: of_stranger(m, kid="test' OR '1'='1"),
    "kid a list": lambda m: of_stranger(m, kid=["test"]),
    "kid an object": lambda m: of_stranger(m, kid={"$ne": None}),
    "typ missing": lambda m: signed(m, header=good_header(typ=None)),
    "typ JWT": lambda m: signed(m, header=good_header(typ="JWT")),
    "typ of a logout token": lambda m: signed(m, header=good_header(typ="logout+jwt")),
    "an unknown critical header": lambda m: signed(m, header=good_header(crit=["b64"], b64=False)),
    "header a list": lambda m: signed(m, header=b'["EdDSA"]'),
    "header a number": lambda m: signed(m, header=b"1"),
    "header not JSON": lambda m: signed(m, header=b"EdDSA"),
    "header not UTF-8": lambda m: signed(m, header=b"\xff\xfe"),
    "header very deep": lambda m: signed(m, header=DEEP),
    "header names twice": lambda m: signed(TokenMint(), header=TWICE),
    "claims a list": lambda m: signed(m, claims=b"[1]"),
    "claims not JSON": lambda m: signed(m, claims=b"seeker"),
    "iss wrong": lambda m: signed(m, claims=good_claims(iss="https://example.com")),
    "iss missing": lambda m: signed(m, claims=good_claims(iss=None)),
    "aud wrong": lambda m: signed(m, claims=good_claims(aud="other")),
    "aud missing": lambda m: signed(m, claims=good_claims(aud=None)),
    "aud an empty list": lambda m: signed(m, claims=good_claims(aud=[])),
    "expired": lambda m: signed(m, claims=good_claims(exp=now(-LEEWAY - 5))),
    "exp missing": lambda m: signed(m, claims=good_claims(exp=None)),
    "exp a word": lambda m: signed(m, claims=good_claims(exp="never")),
    "exp a bool": lambda m: signed(m, claims=good_claims(exp=True)),
    "not yet": lambda m: signed(m, claims=good_claims(nbf=now(LEEWAY + 5))),
    "nbf missing": lambda m: signed(m, claims=good_claims(nbf=None)),
    "sub missing": lambda m: signed(m, claims=good_claims(sub=None)),
    "sub empty": lambda m: signed(m, claims=good_claims(sub="")),
    "sub an object": lambda m: signed(m, claims=good_claims(sub={"$ne": None})),
    "role missing": lambda m: signed(m, claims=good_claims(role=None)),
    "role unknown": lambda m: signed(m, claims=good_claims(role="root")),
    "role a list": lambda m: signed(m, claims=good_claims(role=["seeker", "admin"])),
    "a megabyte": lambda m: signed(m, claims=good_claims(x="x" * 1_000_000)),
    "a megabyte of dots": lambda _: "." * 1_000_000,
    "not ASCII": lambda m: signed(m).replace("e", "é", 1),
    "a zero byte": lambda m: "\x00" + signed(m),
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_refused(mint: TokenMint, name: str) -> None:
    with pytest.raises(Unauthenticated):
        await mint.verifier().caller(FORGED[name](mint))


async def test_a_true_token_is_accepted_and_says_who_asks(mint: TokenMint) -> None:
    caller = await mint.verifier().caller(signed(mint))
    assert (caller.account_id, caller.role) == ("acc_1", "seeker")


@pytest.mark.parametrize(("claim", "offset"), [("exp", 10 - LEEWAY), ("nbf", LEEWAY - 10)])
async def test_a_small_difference_of_clocks_is_forgiven(mint: TokenMint, claim: str, offset: int) -> None:
    assert await mint.verifier().caller(signed(mint, claims=good_claims(**{claim: now(offset)})))


class Keys:
    """A JWKS that can be taken away, with a count of how often it was asked for."""

    def __init__(self, mint: TokenMint) -> None:
        self.asked, self.away, self._mint = 0, False, mint

    async def load(self) -> Json:
        self.asked += 1
        if self.away:
            raise OSError
        return {"keys": [self._mint.key.as_dict(private=False)]}


async def test_made_up_key_ids_cannot_make_us_hammer_identity(mint: TokenMint) -> None:
    keys = Keys(mint)
    verifier = Verifier(keys.load, issuer=ISSUER)
    await verifier.caller(signed(mint))
    for number in range(50):
        with pytest.raises(Unauthenticated):
            await verifier.caller(signed(mint, header=good_header(kid=f"made-up-{number}")))
    assert keys.asked == 1


async def test_who_is_signed_in_stays_so_while_identity_is_away(
    mint: TokenMint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.auth.REFETCH_SECONDS", 0.0)
    keys = Keys(mint)
    verifier = Verifier(keys.load, issuer=ISSUER)
    await verifier.caller(signed(mint))
    keys.away = True
    with pytest.raises(Unauthenticated):
        await verifier.caller(signed(mint, header=good_header(kid="newer")))
    assert keys.asked == 2
    assert await verifier.caller(signed(mint))


async def test_without_keys_everybody_is_refused(mint: TokenMint) -> None:
    keys = Keys(mint)
    keys.away = True
    with pytest.raises(Unauthenticated):
        await Verifier(keys.load, issuer=ISSUER).caller(signed(mint))


async def test_a_bad_token_makes_a_public_route_anonymous_not_broken(mint: TokenMint) -> None:
    app = FastAPI()
    app.state.verifier = mint.verifier()

    @app.get("/who")
    async def who(caller: Anyone) -> str:
        return caller.account_id if caller else "nobody"

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as http:
        seen = [
            (await http.get("/who", headers={"Authorization": f"Bearer {token}"})).json()
            for token in (signed(mint), FORGED["expired"](mint), FORGED["header a list"](mint))
        ]
    assert seen == ["acc_1", "nobody", "nobody"]


async def test_a_token_that_was_good_once_is_refused_when_its_time_is_over(
    mint: TokenMint, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier, token = mint.verifier(), mint.token("acc_1", "seeker", seconds=60)
    assert (await verifier.caller(token)).account_id == "acc_1"
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 50)
    assert (await verifier.caller(token)).account_id == "acc_1"
    monkeypatch.setattr(time, "time", lambda: real() + 60 + LEEWAY + 1)
    with pytest.raises(Unauthenticated):
        await verifier.caller(token)
