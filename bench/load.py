"""A client that costs little beside what it measures: requests made ready before, over connections that are kept."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

CONNECTIONS = 16
BUSY = 503


@dataclass
class Answers:
    """`began` and `seconds` of each request, in the order of `requests`; `bodies` where they were asked for."""

    took: float = 0.0
    seconds: dict[int, float] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    at: dict[int, float] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Accepted per second."""
        return sum(status < 400 for status in self.statuses.values()) / self.took

    def must_be(self, status: int) -> "Answers":
        """`status`, but for a few that were told to come again, which are shown."""
        again = sum(found == BUSY for found in self.statuses.values())
        wrong = {number: found for number, found in self.statuses.items() if found not in (status, BUSY)}
        if wrong or again > len(self.statuses) / 5:
            number = next(iter(wrong), 0)
            raise AssertionError(f"{len(wrong)} not {status}, {again} busy: {self.bodies[number]!r}")
        if again:
            print(f"         {again} of {len(self.statuses)} were told to come again (503)")
        return self


def post(path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> bytes:
    content = json.dumps(body).encode()
    extra = {"content-type": "application/json", "content-length": str(len(content)), **(headers or {})}
    return _head("POST", path, extra) + content


def get(path: str, headers: dict[str, str] | None = None) -> bytes:
    return _head("GET", path, headers or {})


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: bench", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def hammer(port: int, requests: Sequence[bytes], *, connections: int = CONNECTIONS) -> Answers:
    """As fast as they are answered, one at a time on each connection."""
    answers, begun, left = Answers(), time.perf_counter(), iter(range(len(requests)))
    await asyncio.gather(*(_one_after_another(port, requests, left, answers) for _ in range(connections)))
    answers.took = time.perf_counter() - begun
    return answers


async def steady(port: int, requests: Sequence[bytes], *, rate: float, connections: int = CONNECTIONS) -> Answers:
    """`rate` each second, whatever the answers take."""
    answers, begun, left = Answers(), time.perf_counter(), iter(range(len(requests)))
    lines = (_one_after_another(port, requests, left, answers, begun, rate) for _ in range(connections))
    await asyncio.gather(*lines)
    answers.took = time.perf_counter() - begun
    return answers


async def _one_after_another(
    port: int,
    requests: Sequence[bytes],
    left: Iterator[int],
    answers: Answers,
    begun: float = 0.0,
    rate: float = 0.0,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in left:
        if rate:
            await asyncio.sleep(max(begun + number / rate - time.perf_counter(), 0))
        started = time.perf_counter()
        writer.write(requests[number])
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        answers.seconds[number], answers.at[number] = time.perf_counter() - started, time.time()
        answers.statuses[number], answers.bodies[number] = int(head[9:12]), body
    writer.close()


def _length(head: bytes) -> int:
    found = head.lower().partition(b"content-length:")[2]
    return int(found.partition(b"\r\n")[0])
