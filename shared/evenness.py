"""Equal time for known and unknown people, so that nobody can ask by stopwatch who has an account, or a NIK."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

FLOOR_SECONDS = 0.08  # well above what either way takes on a store that is not overloaded


@contextlib.asynccontextmanager
async def even(seconds: float = FLOOR_SECONDS) -> AsyncIterator[None]:
    """What is done inside takes at least `seconds`, whatever way it goes."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, end - loop.time()))
