"""One process under measurement: started as in production, its port, its memory and its CPU."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from deploy.local.answers import http_status
from deploy.local.parts import free_ports
from deploy.local.places import ROOT
from deploy.local.table import PROCESS_ENV

READY_SECONDS = 180.0


@dataclass
class Running:
    """`module` with `arguments`, such as `services.application.main` with `worker`."""

    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    port: int = field(default_factory=lambda: free_ports(1)[0])
    ready_in: float = 0.0

    def __post_init__(self) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                (sys.executable, "-m", self.module, *self.arguments),
                cwd=ROOT,
                env={**os.environ, **PROCESS_ENV, **self.environment, "CAKER_PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._seen = psutil.Process(self._process.pid)

    def wait_ready(self) -> None:
        begun = time.monotonic()
        while http_status(f"http://127.0.0.1:{self.port}/readyz") != 200:
            if self._process.poll() is not None or time.monotonic() - begun > READY_SECONDS:
                raise RuntimeError(f"{self.module} is not ready\n{self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.02)
        self.ready_in = time.monotonic() - begun

    @property
    def megabytes(self) -> float:
        """Resident, in 10^6 bytes."""
        return float(self._seen.memory_info().rss) / 1e6

    @property
    def megabytes_of_files(self) -> float:
        """Of those, what only mirrors files: the index's and the program's."""
        return float(self._seen.memory_info().shared) / 1e6

    def keep_to_core(self, core: int) -> None:
        self._seen.cpu_affinity([core])

    @property
    def cpu_seconds(self) -> float:
        return float(sum(self._seen.cpu_times()[:2]))

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
