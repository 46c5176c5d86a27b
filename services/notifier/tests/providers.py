"""Providers to be refused by: a mail server and an SMS provider on real sockets, that do what a test tells them."""

import abc
import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

# What happens to one message, by its recipient and how often that one was tried before.
Rule = Callable[[str, int], str]


def accept(_: str, __: int) -> str:
    return "accept"


@dataclass(kw_only=True)
class Provider(abc.ABC):
    """What both have: a port that stays the same over a restart, and a rule."""

    rule: Rule = accept
    port: int = 0
    tries: dict[str, int] = field(default_factory=dict)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """As if the machine was switched off."""
        if self._server:
            self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def verdict(self, to: str) -> str:
        before = self.tries.get(to, 0)
        self.tries[to] = before + 1
        return self.rule(to, before)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self.serve(reader, writer)
        finally:
            self.open_now -= 1
            self._open.discard(task)
            writer.transport.abort()

    @abc.abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one client until it or the test ends it."""


@dataclass(frozen=True)
class Mail:
    to: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> Message:
        return message_from_bytes(self.raw)


@dataclass(kw_only=True)
class MailServer(Provider):
    """Rules: `accept`; a reply code at RCPT such as `550`, or at the end of the data such as `data 450`; `drop`
    (takes it, and hangs up instead of answering); `stall` (takes it, and never answers); `hang up` at RCPT;
    `garbage` at the end; `once` (accepts and closes the connection)."""

    accepted: list[Mail] = field(default_factory=list)
    greeting: str = "220 ready"

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.accepted if address in mail.to]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        recipients: list[str] = []
        what = "accept"
        await say(self.greeting)
        while line := (await reader.readline()).decode().strip():
            word = line.upper()
            if word.startswith("RCPT"):
                to = line.partition("<")[2].partition(">")[0]
                what = self.verdict(to)
                if what == "hang up":
                    return
                if what.isdigit():
                    await say(f"{what} no")
                    if what == "421":
                        return
                    continue
                recipients.append(to)
                await say("250 ok")
            elif word == "DATA":
                await say("354 go on")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-5]
                if what.startswith("data "):
                    await say(f"{what[5:]} no")
                    continue
                self.accepted.append(Mail(tuple(recipients), raw.replace(b"\r\n..", b"\r\n.")))
                if what == "drop":
                    return
                if what == "stall":
                    await asyncio.Event().wait()
                await say("hello?" if what == "garbage" else "250 taken")
                if what == "once":
                    return
                recipients = []
            elif word.startswith(("MAIL", "RSET")):
                recipients = []
                await say("250 ok")
            elif word.startswith("QUIT"):
                await say("221 bye")
                return
            else:
                await say("250 me")


@dataclass(kw_only=True)
class SmsProvider(Provider):
    """Rules: `accept`; a status such as `429` or `500`, with `429 7` for Retry-After: 7; `stall` (takes it, never
    answers); `drop`; `garbage` (a 200 that is no JSON). Keys that it has are not sent again, as a provider does."""

    requests: list[dict[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    @property
    def sent(self) -> dict[str, dict[str, str]]:
        """What people got, by key."""
        return {request["key"]: request for request in self.requests}

    def to(self, phone: str) -> list[dict[str, str]]:
        return [request for request in self.requests if request["to"] == phone]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := (await reader.readuntil(b"\r\n\r\n")).decode():
            headers = {
                name.lower(): value
                for name, _, value in (line.partition(": ") for line in head.splitlines()[1:] if line)
            }
            request = json.loads(await reader.readexactly(int(headers["content-length"])))
            self.tokens.add(headers.get("authorization", ""))
            what, _, wait = self.verdict(request["to"]).partition(" ")
            if what in ("accept", "stall", "drop", "garbage"):
                self.requests.append(request)
            if what == "drop":
                return
            if what == "stall":
                await asyncio.Event().wait()
            status = {"accept": "202", "garbage": "200"}.get(what, what)
            body = "<html>hello</html>" if what == "garbage" else json.dumps({"id": f"sms-{len(self.requests)}"})
            extra = f"retry-after: {wait}\r\n" if wait else ""
            writer.write(f"HTTP/1.1 {status} x\r\n{extra}content-length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()
