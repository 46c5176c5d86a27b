"""What every provider in tests has: a real socket, and a rule that a test gives it."""

import abc
import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

# What happens to one message, by its recipient and how often that one was tried before.
Rule = Callable[[str, int], str]


def accept(_: str, __: int) -> str:
    return "accept"


@dataclass(kw_only=True)
class Provider(abc.ABC):
    """A port that stays the same over a restart, and a rule."""

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
