"""After the inserts: until every event is on the bus, and the public search knows every vacancy."""

import asyncio
import json
import time
import urllib.request
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from services.vacancy.importing.showing import Progress
from shared.mongo import Collection
from shared.outbox import PENDING

STUCK_SECONDS = 60.0  # without any progress
POLL_SECONDS = 0.25
_ANSWER_SECONDS = 5.0

# The system's own gateway, whatever proxy the environment names for the world outside.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Stuck(Exception):
    """Nothing has moved for a minute; `left` is what is still to do."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


async def until_told(vacancies: Collection) -> None:
    """Until no vacancy has events that are not on the bus. Raises `Stuck`."""

    async def left() -> int:
        return await vacancies.count_documents(PENDING)

    await _until_nothing("vacancies on the bus", left)


async def until_found(vacancies: Collection, public_url: str) -> None:
    """Until the public search counts every open vacancy. Raises `Stuck`; OSError where the address is wrong."""
    opened = {"state": "published", "closes_at": {"$gt": datetime.now(UTC)}}
    wanted = await vacancies.count_documents(opened)

    async def left() -> int:
        return max(wanted - await asyncio.to_thread(_found, public_url), 0)

    await _until_nothing("vacancies in the search", left)


async def _until_nothing(label: str, left: Callable[[], Awaitable[int]]) -> None:
    total = remaining = await left()
    moved_at = time.monotonic()
    with Progress(label, total) as progress:
        while remaining:
            await asyncio.sleep(POLL_SECONDS)
            now = await left()
            if now < remaining:
                moved_at = time.monotonic()
            remaining = now
            progress.reach(max(total - remaining, 0))
            if time.monotonic() - moved_at > STUCK_SECONDS:
                raise Stuck(remaining)


def _found(public_url: str) -> int:
    address = f"{public_url.rstrip('/')}/api/v1/vacancies?limit=1"
    with _direct.open(address, timeout=_ANSWER_SECONDS) as answer:
        return int(json.load(answer)["total"])
