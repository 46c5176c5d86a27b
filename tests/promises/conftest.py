"""Servers of our own for the faults (they are killed here), and a stage on them for each test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.local.parts import Endpoint, create_topics, start_store
from deploy.reconcile.verdict import Verdict, judge
from shared.mongo import WORKER_TIMEOUT_MS, connect
from shared.testing import Bus, TokenMint
from tests.promises.check import GROUPS, Place, gather, rest
from tests.promises.cluster import Brokers, start_brokers
from tests.promises.stage import TOPICS, Stage

FAULT = "fault"
Tell = Callable[..., None]


@pytest.fixture(scope="session")
def brokers(server_dir: Path, request: pytest.FixtureRequest) -> Iterator[Brokers]:
    """One broker; three for the chaos run, which takes them down one at a time."""
    count = 3 if request.config.option.markexpr == "chaos" else 1
    brokers = start_brokers(server_dir / "fault-kafka", count)
    yield brokers
    brokers.endpoint.stop()


@pytest.fixture(scope="session")
def own_store(server_dir: Path) -> Iterator[Endpoint]:
    endpoint = start_store(server_dir / "fault-store")
    if endpoint.pid is None:
        pytest.skip("the store is not a process of ours: no fault can be put on it")
    yield endpoint
    endpoint.stop()


@pytest.fixture
async def stage(
    brokers: Brokers, own_store: Endpoint, prefix: str, tmp_path: Path, mint: TokenMint
) -> AsyncIterator[Stage]:
    await asyncio.to_thread(brokers.endpoint.start)
    await asyncio.to_thread(own_store.start)
    client = connect(own_store.url, app="stage", timeout_ms=WORKER_TIMEOUT_MS)
    bus = Bus(brokers.direct, prefix)
    await create_topics(brokers.direct, prefix=prefix, only=TOPICS, partitions=3)
    stage = Stage(prefix, tmp_path, brokers, own_store, client, bus, mint)
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()
        await bus.stop()
        client.close()


@dataclass
class Judge:
    """Brings the stage to rest, asserts that nothing is wrong, and prints the fault's one line of counts."""

    stage: Stage
    tell: Tell

    @property
    def place(self) -> Place:
        stage = self.stage
        return Place(
            client=stage.client,
            kafka_url=stage.brokers.direct,
            topic_prefix=stage.prefix,
            database_prefix=f"{stage.prefix}_",
        )

    async def __call__(self, *, seconds: float = 60.0, groups: tuple[str, ...] = GROUPS, **more: Any) -> Verdict:
        stage = self.stage
        left = await rest(self.place, seconds=seconds, groups=groups)
        taken = [*stage.mail.taken, *stage.sms.taken] if "notifier" in groups else None
        verdict = judge(
            await gather(self.place, stage.ledger, taken, deaf=stage.deaf, unmarked=stage.unmarked)
        )
        self.tell(verdict.counts, statuses=stage.ledger.statuses(), **more)
        assert not left, f"no rest: {left}"
        assert verdict.clean, verdict.as_dict()
        return verdict


@pytest.fixture
def at_rest(stage: Stage, tell: Tell) -> Judge:
    return Judge(stage, tell)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """`tell(counts, …)`: the one line of this fault, shown at the end of the run (by whichever process ran it)."""
    name = request.node.name.removeprefix("test_")

    def say(counts: dict[str, int], **more: Any) -> None:
        line = " ".join(f"{key}={value}" for key, value in (*counts.items(), *more.items()))
        request.node.user_properties.append((FAULT, f"{name}: {line}"))

    return say


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for some in terminalreporter.stats.values() for report in some]
    told = [getattr(report, "user_properties", []) for report in reports if getattr(report, "when", "") == "call"]
    if lines := [line for properties in told for name, line in properties if name == FAULT]:
        terminalreporter.section("faults")
        for line in sorted(lines):
            terminalreporter.write_line(line)
