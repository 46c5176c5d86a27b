"""F17: workers that were away for ten minutes come back to everything that was told meanwhile. An hour's events would
take the proxies of this stage longer than the whole run may last."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import psutil
import pytest
from aiokafka import AIOKafkaProducer

from services.application.tests.conftest import vacancy_event
from shared.contracts.identity import LoginCodeIssued
from shared.events import encode
from shared.kafka import PRODUCER
from shared.testing import envelope
from tests.promises.conftest import Judge
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
ARRIVAL, AGGREGATES, VERSIONS = 50, 2_000, 15  # events a second, for ten minutes
CODES = 10
CODE_SECONDS, MORE_MEGABYTES, TIMES_ARRIVAL = 5.0, 50.0, 10


async def test_f17_ten_minutes_of_events_are_caught_up_with_and_a_code_does_not_wait_for_it(
    stage: Stage, at_rest: Judge
) -> None:
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=5, vacancies=4)
    for name in (RELAY, SENDER):
        await asyncio.to_thread(stage.processes[name].stop)
    await _tell(stage)
    await stage.start(RELAY, SENDER)
    before = {name: _megabytes(stage, name) for name in (RELAY, SENDER)}
    drained = asyncio.create_task(_drain(stage))
    waits = await _codes(stage)
    rate = await drained
    risen = {name: round(_megabytes(stage, name) - was, 1) for name, was in before.items()}
    await stage.load(rate=20)
    await at_rest(drained_per_second=round(rate), slowest_code=round(max(waits), 2), risen_mb=risen)
    assert rate >= TIMES_ARRIVAL * ARRIVAL
    assert max(waits) <= CODE_SECONDS
    assert max(risen.values()) <= MORE_MEGABYTES


async def _tell(stage: Stage) -> None:
    """The same vacancies again and again, each time a version further."""
    producer, event = (
        AIOKafkaProducer(bootstrap_servers=stage.brokers.direct, **PRODUCER),
        vacancy_event(owner_id=None),
    )
    await producer.start()
    for version in range(1, VERSIONS + 1):
        sent = []
        for number in range(AGGREGATES):
            subject = f"vac_long_{number}"
            told = encode(envelope(event, subject=subject, sequence=version)).encode()
            sent.append(await producer.send(f"{stage.prefix}.vacancy", told, key=subject.encode()))
        await asyncio.gather(*sent)
    await producer.stop()


async def _drain(stage: Stage) -> float:
    """Events each second, until each vacancy is known in its last version."""
    known, begun = stage.database("application").vacancies, time.monotonic()

    async def caught_up() -> bool:
        newest = {f"vac_long_{number}" for number in range(AGGREGATES - 3, AGGREGATES)}  # a look that costs little
        if await known.count_documents({"_id": {"$in": sorted(newest)}, "seq": VERSIONS}) < len(newest):
            return False
        return int(await known.count_documents({"seq": VERSIONS})) == AGGREGATES

    await until(caught_up, what="the last version of every vacancy", seconds=90)
    return VERSIONS * AGGREGATES / (time.monotonic() - begun)


async def _codes(stage: Stage) -> list[float]:
    """Seconds from each code's event to its SMS, one after another while the backlog drains."""
    waits = []
    for number in range(CODES):
        phone = f"+62811{number:06d}"
        sealed = await stage.vault.seal(f"acc_{number}", "code", {"phone": phone, "code": "123456"})
        event = LoginCodeIssued(
            account_id=f"acc_{number}", sealed=sealed, expires_at=datetime.now(UTC) + timedelta(seconds=60)
        )
        begun = time.monotonic()
        await stage.bus.publish(envelope(event, subject=f"req_{number}"))
        await until(lambda phone=phone: phone in {one.to for one in stage.sms.taken}, what="the code")  # type: ignore[misc]
        waits.append(time.monotonic() - begun)
    return waits


def _megabytes(stage: Stage, name: str) -> float:
    return float(psutil.Process(stage.processes[name].pid).memory_info().rss) / 1e6
