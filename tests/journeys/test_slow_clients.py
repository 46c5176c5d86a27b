"""Clients who send slowly on purpose, or hold a line without a word, are cut by the gateway; nobody else waits."""

import asyncio

from deploy.local.beside import RunningSystem
from deploy.local.demo.people import Gateway

CLIENTS = 300
CUT_SECONDS = 30  # the gateway gives a request's head 5


async def test_three_hundred_slow_clients_are_cut_and_meanwhile_a_page_is_answered(
    system: RunningSystem, gateway: Gateway
) -> None:
    port = int(system.url.rsplit(":", 1)[1])
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CLIENTS)]
    for _, writer in slow:
        writer.write(b"POST /api/v1/applications HTTP/1.1\r\nHost: localhost\r\nX-Slow")
    page = await gateway.http.get(f"{gateway.url}/", timeout=10.0)
    assert page.status_code == 200
    ends = await asyncio.wait_for(asyncio.gather(*(_end_of(reader) for reader, _ in slow)), CUT_SECONDS)
    assert ends.count(True) == CLIENTS
    for _, writer in slow:
        writer.close()


async def _end_of(reader: asyncio.StreamReader) -> bool:
    """Whether the other side ended the connection, with or without a word."""
    try:
        said = await reader.read()
    except ConnectionResetError:
        return True
    return said == b"" or said.startswith(b"HTTP/1.1 4")
