"""Long work that shows itself: a download or a build tells how long it has been going and what it does."""

import fcntl
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

QUIET_EVERY_S = 15.0  # where nobody watches a terminal, one line now and then is enough


class Failed(Exception):
    """What cannot go on, in one clear line."""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Two runs that need the same download wait for each other instead of spoiling it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def show(label: str, argv: Sequence[str], *, hint: str) -> None:
    """Run `argv` to its end, showing elapsed time and its last line; `hint` says what to do if it fails."""
    try:
        process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
        )
    except OSError as error:
        raise Failed(f"{label}: {argv[0]} cannot be started ({error.strerror}); {hint}") from None
    try:
        tail = _follow(label, process)
    finally:
        if process.poll() is None:
            process.terminate()
    if process.returncode:
        lines = "\n".join(f"    {line}" for line in tail)
        raise Failed(f"{label} failed (exit {process.returncode}); {hint}\n{lines}")


def _follow(label: str, process: "subprocess.Popen[str]") -> "deque[str]":
    lines: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=_read, args=(process, lines), daemon=True).start()
    tail: deque[str] = deque(maxlen=12)
    started, seen = time.monotonic(), True
    with Ticker(label) as ticker:
        while seen:
            try:
                line = lines.get(timeout=1.0)
                seen = line is not None
                tail.extend([line] if line else [])
            except Empty:
                pass
            ticker.tick(time.monotonic() - started, tail[-1] if tail else "")
    process.wait()
    return tail


def _read(process: "subprocess.Popen[str]", lines: "SimpleQueue[str | None]") -> None:
    for line in process.stdout or ():
        lines.put(line.strip())
    lines.put(None)


class Ticker:
    """One line that renews itself on a terminal; a plain line now and then elsewhere."""

    def __init__(self, label: str) -> None:
        self._label, self._live, self._next = label, sys.stderr.isatty(), 0.0

    def __enter__(self) -> "Ticker":
        return self

    def tick(self, elapsed: float, doing: str) -> None:
        text = f"{self._label}: {int(elapsed) // 60}:{int(elapsed) % 60:02d}  {doing}"
        if self._live:
            sys.stderr.write(f"\r\033[K{text[:100]}")
            sys.stderr.flush()
        elif elapsed >= self._next:
            self._next = elapsed + QUIET_EVERY_S
            print(text[:160], file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._live:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
