"""A Kafka, a store and single processes of the services, for benches of one mechanic at a time."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.processes import Running
from deploy.local.parts import create_topics, start_kafka, start_store
from shared.mongo import WORKER_TIMEOUT_MS, Client, Database, connect
from shared.settings import Settings
from shared.testing import TEST_KEY, TokenMint
from tests.promises.issuer import Issuer


@dataclass
class Stand:
    """`place()` gives names that nothing else uses: a database prefix and a topic prefix in one."""

    kafka_url: str
    store_url: str
    folder: Path
    mint: TokenMint = field(default_factory=TokenMint)
    servers: dict[str, int] = field(default_factory=dict)
    _places: int = 0

    def place(self) -> str:
        self._places += 1
        return f"b{os.getpid()}-{self._places}"

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        client = connect(self.store_url, app="bench", timeout_ms=WORKER_TIMEOUT_MS)
        try:
            yield client
        finally:
            client.close()

    async def topics(self, place: str, *names: str, partitions: int = 12) -> None:
        await create_topics(self.kafka_url, prefix=place, only=names, partitions=partitions)

    def settings(self, place: str, service: str) -> Settings:
        return Settings(
            service=service,
            mongo_url=self.store_url,
            kafka_url=self.kafka_url,
            database_prefix=f"{place}_",
            topic_prefix=place,
            master_key=TEST_KEY,
            index_key=TEST_KEY,
        )

    def cpu(self, running: Sequence[Running]) -> dict[str, float]:
        """Seconds so far: of the servers, where they are processes of ours, and of `running` together."""
        used = {name: float(sum(psutil.Process(pid).cpu_times()[:2])) for name, pid in self.servers.items()}
        return {**used, "workers together": sum(process.cpu_seconds for process in running)}

    def database(self, client: Client, place: str, service: str) -> Database:
        return client[f"{place}_{service}"]

    @asynccontextmanager
    async def process(self, name: str, place: str, **given: str) -> AsyncIterator[Running]:
        """`application-api` and its like with names of its own, or `bench.bare`; ready, and killed afterwards."""
        issuer = Issuer(self.mint)
        await issuer.start()
        wanted = {
            "MONGO_URL": self.store_url,
            "KAFKA_URL": self.kafka_url,
            "DATABASE_PREFIX": f"{place}_",
            "TOPIC_PREFIX": place,
            "MASTER_KEY": TEST_KEY,
            "INDEX_KEY": TEST_KEY,
            "PAPER_KEY": TEST_KEY,
            "JWKS_URL": issuer.url,
            "SEARCH_DIR": str(self.folder / f"search-{place}"),
            "SMS_URL": "http://127.0.0.1:9/sms",
            "SMS_TOKEN": "secret",
            "QUIET_HOURS": "none",
            "GATHER_SECONDS": "0",
            **given,
        }
        environment = {f"CAKER_{key}": value for key, value in wanted.items() if value}
        service, _, role = name.partition("-")
        module, arguments = (f"services.{service}.main", (role,)) if role else (name, ())
        process = Running(module, arguments, environment, self.folder / f"{place}-{name}.log")
        try:
            await asyncio.to_thread(process.wait_ready)
            yield process
        finally:
            process.kill()
            await issuer.stop()


@contextmanager
def stand() -> Iterator[Stand]:
    """Started for this run, unless KAFKA_URL and MONGO_URL name others; their data goes with them."""
    with tempfile.TemporaryDirectory(prefix="si-caker-bench-") as folder:
        home = Path(folder)
        store = start_store(home / "store")
        try:
            kafka = start_kafka(home / "kafka")
            try:
                pids = {"kafka": kafka.pid, "store": store.pid}
                servers = {name: pid for name, pid in pids.items() if pid is not None}
                yield Stand(kafka.url, store.url, home, servers=servers)
            finally:
                kafka.stop()
        finally:
            store.stop()
