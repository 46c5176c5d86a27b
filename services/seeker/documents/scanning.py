"""Asks ClamAV about a file over its socket: clamd's INSTREAM (man 8 clamd), where a zero byte ends what is said.

Only the one answer that says so means clean. A refused line, half an answer or silence is no answer at all.
"""

import asyncio
import contextlib
from typing import Literal
from urllib.parse import urlsplit

Verdict = Literal["pass", "virus", "refused"]
DEADLINE = 20.0  # seconds for the whole exchange; 5 MB take well under one
PIECE = 64 * 1024  # bytes
LONGEST_ANSWER = 4096  # bytes
CLEAN, FOUND, TOO_LARGE = b"stream: OK", b" FOUND", b"size limit exceeded"


class ScannerAway(Exception):
    """No answer that can be relied on: the file waits, and is asked about again."""


class Scanner:
    """clamd at `url`: `tcp://host:3310` or `unix:///run/clamav/clamd.sock`."""

    def __init__(self, url: str, *, deadline: float = DEADLINE) -> None:
        self._at, self._deadline = urlsplit(url), deadline

    async def scan(self, content: bytes) -> Verdict:
        """Raises `ScannerAway`."""
        try:
            async with asyncio.timeout(self._deadline):
                answer = await self._ask(content)
        except (OSError, EOFError, asyncio.LimitOverrunError) as error:  # TimeoutError is an OSError
            raise ScannerAway(type(error).__name__) from None
        if answer == CLEAN:
            return "pass"
        if answer.endswith(FOUND):
            return "virus"
        if TOO_LARGE in answer:
            return "refused"
        raise ScannerAway("answer")

    async def _ask(self, content: bytes) -> bytes:
        reader, writer = await self._connect()
        try:
            # One that refuses in the middle answers and hangs up: what it said is still there to read.
            with contextlib.suppress(ConnectionError):
                writer.write(b"zINSTREAM\0")
                for start in range(0, len(content), PIECE):
                    piece = content[start : start + PIECE]
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                    await writer.drain()
                writer.write(bytes(4))
                await writer.drain()
            return (await reader.readuntil(b"\0")).removesuffix(b"\0")
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._at.scheme == "unix":
            return await asyncio.open_unix_connection(self._at.path, limit=LONGEST_ANSWER)
        return await asyncio.open_connection(self._at.hostname, self._at.port, limit=LONGEST_ANSWER)
