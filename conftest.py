"""One real Kafka and one real store per test run; own database names and topic names per test."""

import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.mongo import WORKER_TIMEOUT_MS, Client, connect
from shared.settings import Settings
from shared.testing import TEST_KEY, Bus, TokenMint


def pytest_report_header(config: pytest.Config) -> str:
    chosen = [f"{name}={os.environ[name]}" for name in ("KAFKA_URL", "MONGO_URL") if name in os.environ]
    return f"servers: {', '.join(chosen) or 'started for this run (deploy/local)'}"


@pytest.fixture(scope="session")
def server_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="si-caker-test-") as path:
        yield Path(path)


@pytest.fixture(scope="session")
def store_url(server_dir: Path) -> Iterator[str]:
    """Address of the store, chosen and started by deploy/local."""
    if url := os.environ.get("MONGO_URL"):
        yield url
        return
    from deploy.local.parts import start_store

    endpoint = start_store(server_dir / "store")
    yield endpoint.url
    endpoint.stop()


@pytest.fixture(scope="session")
def kafka_url(server_dir: Path) -> Iterator[str]:
    """Address of Kafka, chosen and started by deploy/local."""
    if url := os.environ.get("KAFKA_URL"):
        yield url
        return
    from deploy.local.parts import start_kafka

    endpoint = start_kafka(server_dir / "kafka")
    yield endpoint.url
    endpoint.stop()


@pytest.fixture
def prefix() -> str:
    return f"t{os.urandom(4).hex()}"


@pytest.fixture
async def client(store_url: str, prefix: str) -> AsyncIterator[Client]:
    """A store client; every database of this test is dropped afterwards."""
    client = connect(store_url, app="test", timeout_ms=WORKER_TIMEOUT_MS)
    yield client
    for name in await client.list_database_names():
        if name.startswith(prefix):
            await client.drop_database(name)
    client.close()


@pytest.fixture
def make_settings(store_url: str, prefix: str) -> Callable[..., Any]:
    """`make_settings(VacancySettings, service="vacancy", …)`: settings that point at this test's own names."""

    def make(kind: type[Settings], **given: Any) -> Any:
        known = {
            "mongo_url": store_url,
            "database_prefix": f"{prefix}_",
            "topic_prefix": prefix,
            "master_key": TEST_KEY,
            "index_key": TEST_KEY,
            "paper_key": TEST_KEY,
        }
        return kind(**{**known, **given})

    return make


@pytest.fixture
async def bus(kafka_url: str, prefix: str) -> AsyncIterator[Bus]:
    bus = Bus(kafka_url, prefix)
    yield bus
    await bus.stop()


@pytest.fixture
def make_topics(kafka_url: str, prefix: str) -> Callable[..., Awaitable[None]]:
    """`await make_topics("vacancy", "application.dead")`: this test's topics, as deploy/topics.yaml has them."""

    async def make(*names: str) -> None:
        from deploy.local.parts import create_topics

        await create_topics(kafka_url, prefix=prefix, only=names, partitions=3)

    return make


@pytest.fixture(scope="session")
def mint() -> TokenMint:
    return TokenMint()
