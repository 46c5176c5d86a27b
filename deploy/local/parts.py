"""Kafka and the store for whoever needs them running: tests and benches start one of each and stop them again.

kafka = start_kafka(tmp / "kafka", port=free_ports(1)[0])
await create_topics(kafka.url, prefix="t1", partitions=1, only=["vacancy"])
"""

import subprocess
import time
from pathlib import Path

from deploy.local.choice import Choice, choose_kafka, choose_store
from deploy.local.ports import free_ports
from deploy.local.program import stop as stop_process
from deploy.local.progress import Failed
from deploy.local.topics import create_topics

__all__ = ["Endpoint", "create_topics", "free_ports", "start_kafka", "start_store"]

DEADLINE_S = 60.0


class Endpoint:
    """A server that answers at `url`. `kill` and `start` are for tests of faults: same data, same port."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._processes: list[subprocess.Popen[bytes]] = []
        self.url, self.version, self.kind = choice.url, choice.version, choice.kind

    @property
    def pids(self) -> list[int]:
        """One per process; empty for a container and for a server that was given."""
        return [process.pid for process in self._processes]

    @property
    def pid(self) -> int | None:
        return self._processes[0].pid if self._processes else None

    def start(self) -> "Endpoint":
        """Start what is not running and wait until it answers."""
        if self._choice.container is not None:
            self._choice.container.start()
        running = {process.args: process for process in self._processes if process.poll() is None}
        mark = str(self._choice.programs[0].log.parent) if self._choice.programs else ""
        self._processes = [running.get(p.argv) or p.start(mark=mark) for p in self._choice.programs]
        self._wait()
        return self

    def stop(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.terminate()
        for process, program in zip(self._processes, self._choice.programs, strict=True):
            stop_process(process, program.stop_s)
        if self._choice.container is not None:
            self._choice.container.stop()

    def kill(self, node: int = 1) -> None:
        """`kill -9` of one process, as a power cut would end it."""
        process = self._processes[node - 1]
        process.kill()
        process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not self._choice.ready():
            dead = any(process.poll() is not None for process in self._processes)
            if dead or time.monotonic() > deadline:
                tail = "\n".join(program.tail() for program in self._choice.programs)
                self.stop()
                raise Failed(f"{self.version} did not start at {self.url}\n{tail}")
            time.sleep(0.05)


def start_kafka(data_dir: Path, port: int | None = None, *, brokers: int = 1) -> Endpoint:
    """Uses `port` and the `2 x brokers - 1` after it (free ones are found where none is given)."""
    wanted = port if port is not None else _free_run(2 * brokers)
    return Endpoint(choose_kafka(data_dir, port=wanted, brokers=brokers, logs=data_dir / "logs")).start()


def start_store(data_dir: Path, port: int | None = None) -> Endpoint:
    wanted = port if port is not None else free_ports(1)[0]
    return Endpoint(choose_store(data_dir, port=wanted, logs=data_dir / "logs")).start()


def _free_run(count: int) -> int:
    """The first of `count` free ports in a row."""
    from deploy.local.ports import is_free

    for first in range(21000, 29000, count):
        if all(is_free(first + n) for n in range(count)):
            return first
    raise Failed("no free ports between 21000 and 29000")
