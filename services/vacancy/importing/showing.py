"""What an operator sees of a long import: a bar on a terminal, a line every two seconds elsewhere."""

import sys
import time
from typing import Any

EVERY_SECONDS = 2.0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Progress:
    """One step of the work: how much of it is done."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done = label, total, 0
        self._bar: Any = None
        self._task: Any = None
        if sys.stdout.isatty():
            self._bar, self._task = _bar(label, total)
        self._told_at = time.monotonic()

    def reach(self, done: int) -> None:
        self._done = done
        if self._bar:
            self._bar.update(self._task, completed=done)
        elif time.monotonic() - self._told_at >= EVERY_SECONDS:
            self._told_at = time.monotonic()
            say(f"{self._label}: {done} of {self._total}")

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()


def _bar(label: str, total: int) -> tuple[Any, Any]:
    """A bar where `rich` is installed: it comes with the tools of the local stack, not with the service."""
    try:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:
        return None, None
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return bar, bar.add_task(label, total=total)
