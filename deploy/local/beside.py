"""A whole system of its own beside any other, started as a person would start it: for journeys and benches."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import ROOT
from deploy.local.ports import free_ports

START_SECONDS = 180.0


@dataclass(frozen=True)
class RunningSystem:
    """`home` is its folder of pid files, logs and data; `environment` finds it for the operators' commands."""

    url: str
    home: Path
    environment: dict[str, str]
    started_in: float

    def processes(self) -> list[str]:
        return sorted(path.stem for path in (self.home / "run").glob("*.pid"))

    def pid(self, process: str) -> int:
        """The process id of, for example, `application-worker`, from its pid file."""
        return int((self.home / "run" / f"{process}.pid").read_text().split()[0])

    def kill(self, process: str) -> None:
        os.kill(self.pid(process), signal.SIGKILL)

    def command(self, *arguments: str, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
        """Run one of the operators' commands against this system."""
        argv = [sys.executable, *arguments]
        return subprocess.run(
            argv, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )


@contextmanager
def system_beside() -> Iterator[RunningSystem]:
    """A system that is ready and has its first data; stopped cleanly at the end, its folder removed."""
    with tempfile.TemporaryDirectory(prefix="si-caker-system-") as folder:
        # Below the ports that the kernel hands out for connections (32768 and up): one may be in use by then.
        home, base = Path(folder), free_ports(1)[0] % 12_000 + 20_000
        environment = {**os.environ, "LOCAL_DIR": folder, "BASE_PORT": str(base)}
        command, begun = [sys.executable, "-m", "deploy.local", "run"], time.monotonic()
        with (home / "run.log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                _wait_until_ready(process, home)
                yield RunningSystem(f"http://127.0.0.1:{base}", home, environment, time.monotonic() - begun)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=60)


def _wait_until_ready(process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        written = home / "run" / "system.json"
        if written.exists() and json.loads(written.read_text() or "{}").get("ready"):
            return
        time.sleep(0.1)
    raise RuntimeError("the system did not start:\n" + (home / "run.log").read_text()[-3000:])
