"""A provider that speaks HTTP/1.1: reads one request after another, and does to each what the rule says."""

import abc
import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from services.notifier.tests.providers.provider import Provider

TAKEN = ("accept", "stall", "drop", "garbage")


@dataclass(frozen=True, kw_only=True)
class Request:
    path: str
    headers: Mapping[str, str]
    content: Mapping[str, Any]


@dataclass(kw_only=True)
class HttpProvider(Provider):
    """Rules: `accept`; a status such as `429` or `500`, with `429 7` for Retry-After: 7; `stall` (takes it, never
    answers); `drop` (takes it, hangs up); `garbage` (takes it, answers a 200 that is no JSON); a provider's own."""

    requests: list[Request] = field(default_factory=list)

    @abc.abstractmethod
    def number(self, request: Request) -> str:
        """Whom it is for."""

    @abc.abstractmethod
    def answer(self, what: str, request: Request) -> tuple[int, Any]:
        """Status and JSON."""

    def to(self, phone: str) -> list[Request]:
        return [request for request in self.requests if self.number(request) == phone]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await _read(reader):
            what, _, wait = self.verdict(self.number(request)).partition(" ")
            if what in TAKEN:
                self.requests.append(request)
            if what == "drop":
                return
            if what == "stall":
                await asyncio.Event().wait()
            status, said = (200, "<html>") if what == "garbage" else self.answer(what, request)
            body = "<html>hello</html>" if what == "garbage" else json.dumps(said)
            extra = f"retry-after: {wait}\r\n" if wait else ""
            writer.write(f"HTTP/1.1 {status} x\r\n{extra}content-length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Request:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
    body = (await reader.readexactly(int(headers["content-length"]))).decode()
    form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return Request(
        path=first.split()[1], headers=headers, content=dict(parse_qsl(body)) if form else json.loads(body)
    )
