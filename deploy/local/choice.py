"""Which Kafka and which store this computer gets: the first that applies, decided here and nowhere else.

Kafka: KAFKA_URL, a Docker engine, Java 17 with Maven. Store: MONGO_URL, a Docker engine, mongod, SecantusDB.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deploy.local import broker, secantus
from deploy.local.answers import initiate_replica_set, kafka_answers, mongo_version
from deploy.local.containers import KAFKA_IMAGE, MONGO_IMAGE, Container, engine_answers, kafka, mongo
from deploy.local.program import Program
from deploy.local.progress import Failed

Kind = Literal["given", "container", "process"]


@dataclass(frozen=True)
class Choice:
    """A server that was decided on but not yet started; `ready` asks it, in its own protocol."""

    url: str
    version: str
    kind: Kind
    ready: Callable[[], bool]
    programs: tuple[Program, ...] = ()
    container: Container | None = None


def choose_kafka(data: Path, *, port: int, brokers: int, logs: Path) -> Choice:
    """`port` and the `2 x brokers - 1` after it are used; more than one broker only as processes."""
    if url := os.environ.get("KAFKA_URL"):
        return Choice(url, "Kafka as given by KAFKA_URL", "given", lambda: kafka_answers(url))
    address = f"127.0.0.1:{port}"
    if brokers == 1 and engine_answers():
        container = kafka(port=port)
        return Choice(address, KAFKA_IMAGE, "container", lambda: kafka_answers(address), container=container)
    if not broker.possible():
        raise Failed("no Kafka: install Java 17 or later and Maven, or Docker, or set KAFKA_URL=host:port")
    ports = [(port + n, port + brokers + n) for n in range(brokers)]
    addresses = ",".join(f"127.0.0.1:{pair[0]}" for pair in ports)
    programs = broker.nodes(data, ports=ports, logs=logs)
    version = f"Apache Kafka {broker.VERSION} (Java process{'es' if brokers > 1 else ''})"
    return Choice(addresses, version, "process", lambda: kafka_answers(addresses), programs=programs)


def choose_store(data: Path, *, port: int, logs: Path) -> Choice:
    if given := os.environ.get("MONGO_URL"):
        version = f"MongoDB protocol {mongo_version(given) or '(no answer yet)'} as given by MONGO_URL"
        return Choice(given, version, "given", lambda: mongo_version(given) is not None)
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    if engine_answers():
        ready = _replica_set(url, member="localhost:27017")
        return Choice(url, MONGO_IMAGE, "container", ready, container=mongo(port=port))
    if shutil.which("mongod"):
        programs = (_mongod(data, port=port, logs=logs),)
        ready = _replica_set(url, member=f"127.0.0.1:{port}")
        return Choice(url, "MongoDB (mongod on PATH)", "process", ready, programs=programs)
    if not shutil.which("cargo") and sys.platform not in ("linux", "darwin"):
        raise Failed("no store: install mongod, Docker or Rust's cargo, or set MONGO_URL=mongodb://host:port")
    programs = (secantus.program(data, port=port, logs=logs),)
    return Choice(url, secantus.label(), "process", lambda: mongo_version(url) is not None, programs=programs)


def _mongod(data: Path, *, port: int, logs: Path) -> Program:
    home = data / "mongod"
    home.mkdir(parents=True, exist_ok=True)
    flags = ("--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", str(port), "--wiredTigerCacheSizeGB", "0.25")
    return Program(name="store", argv=("mongod", "--dbpath", str(home), *flags), log=logs / "store.log")


def _replica_set(url: str, *, member: str) -> Callable[[], bool]:
    def ready() -> bool:
        return mongo_version(url) is not None or (initiate_replica_set(url, member=member) and False)

    return ready
