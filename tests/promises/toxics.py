"""What a bad line does to the bytes on it, per direction: late, slow, cut to slices, lost, or reset."""

import asyncio
import random
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Toxic:
    """All off by default. Times in seconds, `bandwidth` in bytes per second, `limit_data` in bytes until the
    connection is cut; `swallow` takes bytes and delivers none (half-open); `chance` is the share of connections."""

    latency: float = 0.0
    jitter: float = 0.0
    bandwidth: float = 0.0
    slice: int = 0
    limit_data: int = 0
    swallow: bool = False
    reset: bool = False
    chance: float = 1.0


CLEAN = Toxic()


class Cut(Exception):
    """The connection ends here."""


class Line:
    """One direction of one connection, under the toxic that holds at the moment of each chunk."""

    def __init__(self) -> None:
        self._passed = 0
        self._dice = random.random()

    async def carry(self, data: bytes, toxic: Toxic, writer: asyncio.StreamWriter) -> None:
        if self._dice >= toxic.chance:
            toxic = CLEAN
        if toxic.reset:
            raise Cut
        if toxic.latency or toxic.jitter:
            await asyncio.sleep(max(toxic.latency + random.uniform(-toxic.jitter, toxic.jitter), 0.0))
        if toxic.swallow:
            return
        for part in _slices(data, toxic.slice):
            if toxic.limit_data and self._passed + len(part) > toxic.limit_data:
                writer.write(part[: toxic.limit_data - self._passed])
                await writer.drain()
                raise Cut
            writer.write(part)
            self._passed += len(part)
            await writer.drain()
            if toxic.bandwidth:
                await asyncio.sleep(len(part) / toxic.bandwidth)


def _slices(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)] if size else [data]
