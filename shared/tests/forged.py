"""Access tokens as an attacker would make them, by what is wrong with them."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.auth import LEEWAY
from shared.callers import AUDIENCE
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
    "somebody acting for the person": lambda m: signed(m, claims=good_claims(act={"sub": "acc_officer"})),
    "acting for the person, by nobody": lambda m: signed(m, claims=good_claims(act={})),
    "acting for the person, as a flag": lambda m: signed(m, claims=good_claims(act=False)),
    "a megabyte": lambda m: signed(m, claims=good_claims(x="x" * 1_000_000)),
    "a megabyte of dots": lambda _: "." * 1_000_000,
    "not ASCII": lambda m: signed(m).replace("e", "é", 1),
    "a zero byte": lambda m: "\x00" + signed(m),
}
