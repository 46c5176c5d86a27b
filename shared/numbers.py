"""The numbers that people read, such as LMR-2026-000123: one counter per kind and year.

A process takes them in blocks ahead of need, so that nobody waits for the counter. What a process leaves unused when
it ends is a gap; no number is given twice.
"""

import asyncio
from collections import deque

from shared.mongo import Collection, ReturnDocument, insert_ignoring_known


class Numbers:
    """This process's supply of numbers of one kind; the next block of `block` is fetched when half is used."""

    def __init__(self, counters: Collection, kind: str, *, block: int) -> None:
        self._counters, self._kind, self._block = counters, kind, block
        self._year, self._free = 0, deque[int]()
        self._fetching: asyncio.Task[None] | None = None

    async def take(self, year: int) -> str:
        """A number that nobody else has; waits only where the supply ran out."""
        self._turn_to(year)
        while not self._free:
            await asyncio.shield(self._fetch(year))
            self._turn_to(year)
        number = self._free.popleft()
        if len(self._free) <= self._block // 2:
            self._fetch(year)
        return f"{self._kind}-{year}-{number:06}"

    async def take_many(self, year: int, count: int) -> list[str]:
        """`count` numbers with one trip, for writing many at once."""
        last = await self._raise(year, count)
        return [f"{self._kind}-{year}-{number:06}" for number in range(last - count + 1, last + 1)]

    def give_back(self, number: str) -> None:
        """Of a document that was certainly not stored."""
        _, year, digits = number.split("-")
        if int(year) == self._year:
            self._free.appendleft(int(digits))

    async def prepare(self, year: int) -> None:
        """Have a block before the first request."""
        self._turn_to(year)
        if not self._free:
            await self._fetch(year)

    def _turn_to(self, year: int) -> None:
        if year != self._year:
            self._year, self._free = year, deque()

    def _fetch(self, year: int) -> asyncio.Task[None]:
        """The fetch under way, or a new one; its failure is met by whoever runs out."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fill(year))
            self._fetching.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._fetching

    async def _fill(self, year: int) -> None:
        last = await self._raise(year, self._block)
        if year == self._year:
            self._free.extend(range(last - self._block + 1, last + 1))

    async def _raise(self, year: int, count: int) -> int:
        """Not an upsert: of two at once, a store may tell one of no counter at all."""
        id = f"{self._kind}-{year}"
        while True:
            found = await self._counters.find_one_and_update(
                {"_id": id}, {"$inc": {"last": count}}, return_document=ReturnDocument.AFTER
            )
            if found is not None:
                return int(found["last"])
            await insert_ignoring_known(self._counters, [{"_id": id, "last": 0}])
