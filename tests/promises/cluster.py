"""Brokers, the store and single services as processes of our own: start, kill -9, stop, freeze and thaw them by pid.

A broker has two doors: `direct` for the instrument, and one that it advertises at the port of a proxy, so that no
client that came through the proxy can go around it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.answers import http_status
from deploy.local.choice import choose_kafka
from deploy.local.parts import Endpoint, free_ports
from deploy.local.places import ROOT
from deploy.local.ports import is_free
from deploy.local.table import PROCESS_ENV


@dataclass
class Brokers:
    """`edges[n]` is (port that is advertised, port behind it) of node n: a proxy belongs between the two."""

    endpoint: Endpoint
    edges: list[tuple[int, int]]

    @property
    def direct(self) -> str:
        return self.endpoint.url

    @property
    def proxied(self) -> str:
        return ",".join(f"127.0.0.1:{advertised}" for advertised, _ in self.edges)


def start_brokers(data: Path, count: int = 1) -> Brokers:
    """Kafka as processes, whatever else this computer offers: a fault needs a pid."""
    choice = choose_kafka(data, port=_free_run(2 * count), brokers=count, logs=data / "logs")
    ports = free_ports(2 * count)
    edges = list(zip(ports[::2], ports[1::2], strict=True))
    for number, edge in enumerate(edges, 1):
        _second_door(data / f"kafka-{number}" / "server.properties", *edge)
    return Brokers(Endpoint(choice).start(), edges)


def _second_door(settings: Path, advertised: int, behind: int) -> None:
    """Add a listener at `behind` that tells its clients to come to `advertised`."""
    lines = []
    for line in settings.read_text().splitlines():
        name, _, value = line.partition("=")
        if name == "listeners":
            value += f",PROXIED://127.0.0.1:{behind}"
        elif name == "advertised.listeners":
            value += f",PROXIED://127.0.0.1:{advertised}"
        elif name == "listener.security.protocol.map":
            value += ",PROXIED:PLAINTEXT"
        lines.append(f"{name}={value}" if value else line)
    settings.write_text("\n".join(lines) + "\n")


def _free_run(count: int) -> int:
    """The first of `count` free ports in a row; each run begins elsewhere."""
    first = 23_000 + os.getpid() % 400 * 12
    while not all(is_free(first + number) for number in range(count)):
        first += count
    return first


def send(pid: int | None, how: signal.Signals) -> None:
    """To a process that we started."""
    assert pid is not None, "this server runs elsewhere: no fault can be put on it"
    os.kill(pid, how)


@dataclass
class Process:
    """One role of one service, as it runs in production: `python -m services.application.main worker`."""

    service: str
    role: str
    env: Mapping[str, str]
    log: Path
    port: int = field(default_factory=lambda: free_ports(1)[0])
    wrapper: tuple[str, ...] = ()
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> "Process":
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                (*self.wrapper, sys.executable, "-m", f"services.{self.service}.main", self.role),
                cwd=ROOT,
                env={**os.environ, **PROCESS_ENV, **self.env, "CAKER_PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_ready(self, seconds: float = 60.0) -> "Process":
        deadline = time.monotonic() + seconds
        while http_status(f"{self.url}/readyz") != 200:
            assert self.alive(), f"{self.service} {self.role} ended\n{self.tail()}"
            assert time.monotonic() < deadline, f"{self.service} {self.role} is not ready\n{self.tail()}"
            time.sleep(0.05)
        return self

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def signal(self, how: signal.Signals) -> None:
        """To the process and what it started: a wrapper may not be the service itself."""
        if self.alive():
            os.killpg(self.pid, how)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.wait(5.0)

    def stop(self, seconds: float = 30.0) -> float:
        """SIGTERM; how long it took to end."""
        begun = time.monotonic()
        self.signal(signal.SIGTERM)
        self.wait(seconds)
        return time.monotonic() - begun

    def wait(self, seconds: float) -> int:
        assert self._process is not None
        return self._process.wait(seconds)

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
