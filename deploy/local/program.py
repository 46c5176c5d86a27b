"""One program that runs as a process: what to start, where it writes, how long it may take to stop."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MARK = "CAKER_LOCAL"  # in the environment of all that we start: how a later run knows its own orphans
LOG_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    cwd: Path | None = None
    stop_s: float = 15.0

    def start(self, *, mark: str) -> "subprocess.Popen[bytes]":
        """In a session of its own: Ctrl-C reaches only the one who stops the programs in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as out:
            return subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env={**os.environ, **self.env, MARK: mark},
                start_new_session=True,
            )

    def tail(self, lines: int = 12) -> str:
        """The end of its log, for a person who wants to know why."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            text = log.read().decode(errors="replace")
        return "\n".join(f"    {line[:300]}" for line in text.splitlines()[-lines:])


def stop(process: "subprocess.Popen[bytes]", within_s: float) -> None:
    """Ask, wait, then end it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
