"""Waiting for the thing itself, with a deadline that names what never came."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any


async def until(check: Callable[[], Awaitable[Any] | Any], *, what: str, seconds: float = 30.0) -> Any:
    """What `check` finds, as soon as it finds something; says what never came."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        await asyncio.sleep(0.05)
