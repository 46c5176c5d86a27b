"""A part that is away for a while: killed, stopped or frozen. Each is undone at the end."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from deploy.local.parts import Endpoint
from tests.promises.cluster import send

How = Literal["killed", "stopped", "frozen"]


@asynccontextmanager
async def away(part: Endpoint, how: How) -> AsyncIterator[None]:
    """`part` answers nobody inside; afterwards it does again."""
    if how == "killed":
        part.kill()
    elif how == "stopped":
        await asyncio.to_thread(part.stop)
    else:
        send(part.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if how == "frozen":
            send(part.pid, signal.SIGCONT)
        else:
            await asyncio.to_thread(part.start)


async def outage(part: Endpoint, how: How, *, after: float, seconds: float) -> float:
    """Away for `seconds`, beginning `after` seconds from now; when it was back."""
    await asyncio.sleep(after)
    async with away(part, how):
        await asyncio.sleep(seconds)
    return time.time()
