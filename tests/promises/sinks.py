"""Providers that record each acceptance, and do to a message what a test says: a mail server and an SMS provider on
real sockets.

What a rule may say, by recipient and how often that one was tried: `accept`; `421`, `450`, `550`, `data 450` (mail),
`429 2`, `500` (SMS; the second number is Retry-After); `hide` (take it, hang up instead of answering); `stall` (take
it, never answer); `freeze` (take nothing, never answer); `drop` (hang up before taking it); `garbage` (take it,
answer nonsense).
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from pathlib import Path

Rule = Callable[[str, int], str]
TAKEN = ("accept", "hide", "stall", "garbage")


@dataclass(frozen=True)
class Acceptance:
    """One message taken over. `key` is the Message-ID or the SMS key; `hidden`: its sender never heard so."""

    channel: str
    key: str
    to: str
    hidden: bool
    at: float


@dataclass(kw_only=True)
class Sink:
    """`on_taken` runs after an acceptance is recorded and before it is answered: the place to kill its sender."""

    rule: Rule = lambda to, tried: "accept"
    on_taken: Callable[[], None] = lambda: None
    port: int = 0
    file: Path | None = None
    taken: list[Acceptance] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    folded: int = 0
    channel: str = ""
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=512, limit=2**20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """As if its machine was off; `start` brings it back at the same port."""
        if self._server:
            self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def judge(self, to: str) -> str:
        before = self.tries.get(to, 0)
        self.tries[to] = before + 1
        return self.rule(to, before)

    def take(self, key: str, to: str, verdict: str) -> None:
        acceptance = Acceptance(self.channel, key, to, verdict in ("hide", "stall", "garbage"), time.time())
        self.taken.append(acceptance)
        if self.file is not None:
            with self.file.open("a") as out:
                out.write(json.dumps(asdict(acceptance)) + "\n")
        self.on_taken()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self.serve(reader, writer)
        finally:
            self._open.discard(task)
            writer.transport.abort()


@dataclass(kw_only=True)
class MailSink(Sink):
    channel: str = "email"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to, verdict = "", "accept"
        writer.write(b"220 sink\r\n")
        while line := (await reader.readline()).decode("ascii", "replace").strip():
            word, answer = line.upper(), "250 ok"
            if word.startswith("RCPT"):
                to = line.partition("<")[2].partition(">")[0]
                verdict = self.judge(to)
                if verdict == "freeze":
                    await asyncio.Event().wait()
                if verdict == "drop":
                    return
                answer = f"{verdict} no" if verdict.isdigit() else answer
            elif word.startswith("EHLO"):
                answer = "250-sink\r\n250 PIPELINING"
            elif word == "DATA" and verdict.isdigit():
                answer = "503 to whom?"
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-5].replace(b"\r\n..", b"\r\n.")
                answer = await self._end_of_data(to, verdict, raw)
            elif word == "QUIT":
                return
            if not answer:
                return
            writer.write(answer.encode() + b"\r\n")
            await writer.drain()
            if answer.startswith("421"):
                return

    async def _end_of_data(self, to: str, verdict: str, raw: bytes) -> str:
        """The answer; none means hanging up."""
        if verdict.startswith("data "):
            return f"{verdict[5:]} no"
        self.take(str(message_from_bytes(raw)["Message-ID"]), to, verdict)
        if verdict == "stall":
            await asyncio.Event().wait()
        return {"hide": "", "garbage": "hello?"}.get(verdict, "250 taken")


@dataclass(kw_only=True)
class SmsSink(Sink):
    """Honours the sender's key: a repeat is answered like the first and reaches nobody (counted in `folded`)."""

    channel: str = "sms"
    _known: set[str] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().splitlines()
            size = next(int(line.partition(":")[2]) for line in head if line.startswith("content-length:"))
            sms = json.loads(await reader.readexactly(size))
            verdict, _, wait = self.judge(sms["to"]).partition(" ")
            if verdict in TAKEN:
                self._take_once(sms, verdict)
            if verdict in ("stall", "freeze"):
                await asyncio.Event().wait()
            if verdict in ("hide", "drop"):
                return
            status = {"accept": "202", "garbage": "200"}.get(verdict, verdict)
            body = "<html>" if verdict == "garbage" else json.dumps({"id": f"sms-{len(self.taken)}"})
            later = f"retry-after: {wait}\r\n" if wait else ""
            writer.write(f"HTTP/1.1 {status} x\r\n{later}content-length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()

    def _take_once(self, sms: dict[str, str], verdict: str) -> None:
        if sms["key"] in self._known:
            self.folded += 1
        else:
            self._known.add(sms["key"])
            self.take(sms["key"], sms["to"], verdict)
