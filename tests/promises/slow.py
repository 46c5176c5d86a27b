"""Runs a service whose handler is slow: nothing of the service knows of it.

    python -m tests.promises.slow HOW SECONDS CALLS python -m services.notifier.main worker

HOW is `waits` or `computes`; only the first CALLS planned events are slow (0: all).
"""

import asyncio
import runpy
import sys
import time
from collections.abc import Sequence

from services.notifier.domain import Message
from services.notifier.store import MessageStore

_add = MessageStore.add


def slow_down(how: str, seconds: float, calls: int) -> None:
    begun = 0

    async def add(self: MessageStore, messages: Sequence[Message]) -> int:
        nonlocal begun
        begun += 1
        if begun <= calls or not calls:
            if how == "waits":
                await asyncio.sleep(seconds)
            else:
                _compute(seconds)
        return await _add(self, messages)

    MessageStore.add = add  # type: ignore[method-assign]


def _compute(seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        pass


if __name__ == "__main__":
    how, seconds, calls, _, _, module, role = sys.argv[1:]
    slow_down(how, float(seconds), int(calls))
    sys.argv = [module, role]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
