"""Waiting for what was started: a few questions a second while the system comes up, none afterwards."""

import time
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from threading import Thread

from deploy.local.children import Event

ASK_EVERY_S = 0.2


def watch(checks: Mapping[str, Callable[[], bool]], *, deadline: float, events: "SimpleQueue[Event]") -> None:
    """Post `ready` for each name as its check succeeds, and `late` for those that have not by `deadline`."""
    if checks:
        Thread(target=_ask, args=(dict(checks), deadline, events), daemon=True).start()


def _ask(left: dict[str, Callable[[], bool]], deadline: float, events: "SimpleQueue[Event]") -> None:
    while left and time.monotonic() < deadline:
        for name in [name for name, ready in left.items() if ready()]:
            events.put(Event("ready", name))
            del left[name]
        time.sleep(ASK_EVERY_S if left else 0)
    for name in left:
        events.put(Event("late", name))
