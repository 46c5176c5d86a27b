"""Kafka and MongoDB as containers, where a Docker engine answers."""

import shutil
import subprocess
from typing import Any

KAFKA_IMAGE, MONGO_IMAGE = "apache/kafka:4.3.1", "mongo:8"


def engine_answers() -> bool:
    """A Docker engine, not only its client, is here."""
    if not shutil.which("docker"):
        return False
    try:
        asked = ["docker", "version", "--format", "{{.Server.Version}}"]
        return subprocess.run(asked, capture_output=True, timeout=5, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


class Container:
    """A container that is started and stopped like a program; its data goes with it."""

    def __init__(self, image: str, *, inside: int, port: int, env: dict[str, str], command: str | None) -> None:
        self._image, self._inside, self._port = image, inside, port
        self._env, self._command, self._running = env, command, None

    def start(self) -> None:
        from testcontainers.core.container import DockerContainer  # heavy, and of use only with an engine

        container: Any = DockerContainer(self._image).with_bind_ports(self._inside, self._port)
        for name, value in self._env.items():
            container = container.with_env(name, value)
        if self._command:
            container = container.with_command(self._command)
        self._running = container.start()

    def stop(self) -> None:
        running: Any = self._running
        if running is not None:
            running.stop()
            self._running = None


def kafka(*, port: int) -> Container:
    env = {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        "KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE": "false",
        "KAFKA_OFFSETS_RETENTION_MINUTES": "43200",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "10",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_HEAP_OPTS": "-Xms128m -Xmx512m",
    }
    return Container(KAFKA_IMAGE, inside=9092, port=port, env=env, command=None)


def mongo(*, port: int) -> Container:
    command = "mongod --replSet rs0 --bind_ip_all --wiredTigerCacheSizeGB 0.25"
    return Container(MONGO_IMAGE, inside=27017, port=port, env={}, command=command)
