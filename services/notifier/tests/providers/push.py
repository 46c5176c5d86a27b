"""A push service, and the browsers that it serves: it opens what they get as a browser does (RFC 8291), and checks
who sent it (RFC 8292)."""

import asyncio
import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from services.notifier.tests.providers.provider import Provider


def text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def octets(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


@dataclass(frozen=True)
class Push:
    """What one browser got, opened."""

    headers: Mapping[str, str]
    content: Mapping[str, Any]
    claims: Mapping[str, Any]


@dataclass
class Browser:
    """One subscription; its private key never leaves it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    got: list[Push] = field(default_factory=list)

    @property
    def subscription(self) -> dict[str, str]:
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": text(public), "auth": text(self.auth)}

    def open(self, body: bytes) -> Any:
        return json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm").decode()
        )


@dataclass(kw_only=True)
class PushService(Provider):
    """Rules, by the browser's path: `accept`, a status such as `410` or `429 7`, `drop` (takes it, hangs up)."""

    browsers: dict[str, Browser] = field(default_factory=dict)
    public_key: str = ""

    def browser(self, name: str) -> Browser:
        found = Browser(f"http://127.0.0.1:{self.port}/{name}")
        self.browsers[f"/{name}"] = found
        return found

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            body, path = await reader.readexactly(int(headers["content-length"])), first.split()[1]
            what, _, wait = self.verdict(path).partition(" ")
            if what in ("accept", "drop"):
                browser = self.browsers[path]
                browser.got.append(Push(headers, browser.open(body), self._who(headers["authorization"])))
            if what == "drop":
                return
            status = "201" if what == "accept" else what
            extra = f"retry-after: {wait}\r\n" if wait else ""
            writer.write(f"HTTP/1.1 {status} x\r\n{extra}content-length: 0\r\n\r\n".encode())
            await writer.drain()

    def _who(self, authorization: str) -> Mapping[str, Any]:
        """The claims, if they are signed by the key that the subscription is bound to."""
        scheme, _, rest = authorization.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert (scheme, parts["k"]) == ("vapid", self.public_key)
        point = octets(parts["k"])
        curve: Any = {"kty": "EC", "crv": "P-256", "x": text(point[1:33]), "y": text(point[33:])}
        return dict(jwt.decode(parts["t"], ECKey.import_key(curve), algorithms=["ES256"]).claims)
