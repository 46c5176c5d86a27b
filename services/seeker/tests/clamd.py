"""A clamd that answers as it is told, over a real socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

OK, EICAR, TOO_LARGE = b"stream: OK\0", b"stream: Eicar-Signature FOUND\0", b"INSTREAM size limit exceeded. ERROR\0"


class Clamd:
    """`answer` None: it never says anything. `early`: answers and hangs up before it has read the file."""

    def __init__(self, answer: bytes | None = OK, *, early: bool = False) -> None:
        self.answer, self.early = answer, early
        self.seen: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
            if not self.early:
                self.seen.append(await _file(reader))
            if self.answer is None:
                await reader.read()  # until the other side hangs up
            else:
                writer.write(self.answer)
                await writer.drain()
        writer.close()


async def _file(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int.from_bytes(await reader.readexactly(4), "big"):
        found += await reader.readexactly(size)
    return found


@contextlib.asynccontextmanager
async def listening(clamd: Clamd) -> AsyncIterator[str]:
    """Its address, while it runs."""
    server = await asyncio.start_server(clamd.serve, "127.0.0.1", 0)
    try:
        yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
