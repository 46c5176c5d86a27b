"""The numbers that people read: LMR-2026-000123, from one counter per year.

A process takes them in blocks ahead of need, so that an application never waits for the counter. What a process
leaves unused when it ends is a gap; no number is given twice.
"""

import asyncio
import contextlib
from collections import deque

from shared.mongo import Collection, DuplicateKey, ReturnDocument

BLOCK = 50
LOW = 25  # numbers left at which the next block is fetched


class Numbers:
    """The supply of one process."""

    def __init__(self, counters: Collection) -> None:
        self._counters, self._year, self._free = counters, 0, deque[int]()
        self._fetching: asyncio.Task[None] | None = None

    async def take(self, year: int) -> str:
        """A number that nobody else has; waits only where the supply ran out."""
        self._turn_to(year)
        while not self._free:
            await asyncio.shield(self._fetch(year))
            self._turn_to(year)
        number = self._free.popleft()
        if len(self._free) <= LOW:
            self._fetch(year)
        return f"LMR-{year}-{number:06}"

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
            self._fetching = asyncio.create_task(self._block(year))
            self._fetching.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._fetching

    async def _block(self, year: int) -> None:
        last = await self._raise_counter(f"LMR-{year}")
        if year == self._year:
            self._free.extend(range(last - BLOCK + 1, last + 1))

    async def _raise_counter(self, name: str) -> int:
        """Made first, raised then: of two that upsert one counter at once, a store may give one nothing back."""
        while True:
            found = await self._counters.find_one_and_update(
                {"_id": name}, {"$inc": {"last": BLOCK}}, return_document=ReturnDocument.AFTER
            )
            if found is not None:
                return int(found["last"])
            with contextlib.suppress(DuplicateKey):
                await self._counters.insert_one({"_id": name, "last": 0})
