"""The answer to a probe, for processes of the bench that are no service."""

import asyncio
import os


async def serve_ready() -> asyncio.Server:
    """At the port that the bench gave: whatever is asked, the answer is that all is well."""
    return await asyncio.start_server(_ready, "127.0.0.1", int(os.environ["CAKER_PORT"]))


async def _ready(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    await writer.drain()
    writer.close()
