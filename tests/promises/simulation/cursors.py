"""What reads along a collection: a cursor over what matched at one instant, and a stream of what changes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Protocol

from tests.promises.simulation.expressions import Document, rank
from tests.promises.simulation.fates import Loss
from tests.promises.simulation.process import PROCESS, Process


class Readable(Protocol):
    """A collection, as its readers see it."""

    streams: "list[Stream]"

    def select(self, wanted: Mapping[str, Any]) -> list[Document]: ...

    async def ask(self, work: Callable[[Loss | None], Any]) -> Any: ...


class Cursor:
    def __init__(self, collection: Readable, wanted: Mapping[str, Any]) -> None:
        self._collection, self._wanted = collection, wanted
        self._field, self._limit = "", 1_000_000

    def sort(self, field: str, _: int) -> "Cursor":
        self._field = field
        return self

    def limit(self, limit: int) -> "Cursor":
        self._limit = limit
        return self

    async def __aiter__(self) -> AsyncIterator[Document]:
        def select(_: Loss | None) -> list[Document]:
            rows = self._collection.select(self._wanted)
            if self._field:
                rows.sort(key=lambda row: rank(row.get(self._field)))
            return rows[: self._limit]

        for row in await self._collection.ask(select):
            yield row


class Stream:
    """A change stream of one process, opened when it is first read; it may miss a change."""

    alive = True

    def __init__(self, collection: Readable, wanted: Document) -> None:
        self._collection, self.wanted = collection, wanted
        self._process: Process | None = PROCESS.get()
        self._heard: list[Document] = []
        self._waiting: asyncio.Future[None] | None = None
        self._opened = False

    async def close(self) -> None:
        if self in self._collection.streams:
            self._collection.streams.remove(self)

    def __aiter__(self) -> "Stream":
        return self

    async def __anext__(self) -> Document:
        if not self._opened:
            await self._collection.ask(lambda _: self._collection.streams.append(self))
            self._opened = True
        while not self._heard:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        return self._heard.pop(0)

    def hear(self, change: Document) -> None:
        if self._process is not None and self._process.dead:
            return
        self._heard.append(change)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
