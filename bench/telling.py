"""From an event on the bus to the provider's acceptance, by the real worker: at a steady rate, and for codes that
come while a crowd of bulk messages waits."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.figures import load, p99, spread
from bench.processes import Running
from bench.stand import Stand
from services.notifier.planner import TABLE, plan
from services.notifier.store import MessageStore
from services.notifier.tests.events import application
from shared.contracts.application import ApplicationHired
from shared.contracts.identity import LoginCodeIssued
from shared.contracts.seeker import SeekerContactChanged
from shared.sealed import Vault
from shared.testing import TEST_KEY, Bus, envelope
from tests.promises.sinks import MailSink, SmsSink
from tests.promises.waiting import until

RATE, SECONDS, PEOPLE = 50, 20, 200
BULK, CODES = 20_000, 60
CONTACTS = {"seeker-contact", "employer-contact", "identity-contact", "employer"}
TOPICS = {kind.topic for kind in TABLE} | CONTACTS | {"notification", "notifier.retry", "notifier.dead"}
GOAL_SECONDS, CODE_GOAL_SECONDS = 2.0, 3.0  # 99th percentiles


@dataclass(kw_only=True)
class Post:
    """A worker with two providers that take everything."""

    bus: Bus
    vault: Vault
    store: MessageStore
    mail: MailSink
    sms: SmsSink
    process: Running


async def telling(stand: Stand) -> None:
    """Each event becomes an e-mail and an SMS."""
    async with post(stand) as worker:
        begun: dict[str, float] = {}
        started = time.monotonic()
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(started + number / RATE - time.monotonic(), 0))
            event = application(ApplicationHired, number, seeker_id=f"acc_{number % PEOPLE}")
            begun[event.id] = time.time()
            await worker.bus.publish(event)
        await until(lambda: len(worker.sms.taken) >= len(begun), what="every SMS", seconds=60)
        waits = [one.at - begun[one.key.partition(":")[0]] for one in worker.sms.taken]
        await until(lambda: len(worker.mail.taken) >= len(begun), what="every mail", seconds=60)
        met = "met" if p99(waits) <= GOAL_SECONDS else "MISSED"
        print(f"event → SMS at the provider, {RATE}/s beside as many mails, {len(waits)} times: {spread(waits)}")
        print(f"         (goal p99 {GOAL_SECONDS:.0f} s: {met}); {load()}")


async def codes(stand: Stand) -> None:
    """A crowd of bulk messages is being sent meanwhile."""
    async with post(stand) as worker:
        later = datetime.now(UTC) + timedelta(hours=1)
        first = next(one for one in plan(application(ApplicationHired)) if one.channel == "sms")
        for begin in range(0, BULK, 1000):
            await worker.store.add(
                [
                    replace(
                        first, id=f"b{n}", notice=f"b{n}", lane="bulk", recipient=f"acc_{n % PEOPLE}", not_after=later
                    )
                    for n in range(begin, begin + 1000)
                ]
            )
        waits = [await issue_code(worker, number) for number in range(CODES)]
        left = await worker.store.messages.count_documents({"lane": "bulk", "state": "waiting"})
        met = "met" if p99(waits) <= CODE_GOAL_SECONDS else "MISSED"
        print(f"code → provider while bulk of {BULK:,} is sent ({left:,} left), {CODES} times: {spread(waits)}")
        print(f"         (goal p99 {CODE_GOAL_SECONDS:.0f} s: {met}); {load()}")


async def issue_code(worker: Post, number: int) -> float:
    phone = f"+62811{number:06d}"
    sealed = await worker.vault.seal(f"acc_{number}", "code", {"phone": phone, "code": "123456"})
    ends = datetime.now(UTC) + timedelta(seconds=60)
    event = envelope(
        LoginCodeIssued(account_id=f"acc_{number}", sealed=sealed, expires_at=ends), subject=f"r{number}"
    )
    begun = time.time()
    await worker.bus.publish(event)
    await until(lambda: phone in worker.sms.tries, what="the code", seconds=30)
    return next(one.at for one in reversed(worker.sms.taken) if one.to == phone) - begun


@asynccontextmanager
async def post(stand: Stand) -> AsyncIterator[Post]:
    place, mail, sms = stand.place(), MailSink(), SmsSink()
    await mail.start()
    await sms.start()
    await stand.topics(place, *sorted(TOPICS))
    given = {"SMTP_URL": f"smtp://127.0.0.1:{mail.port}", "SMS_URL": f"http://127.0.0.1:{sms.port}/sms"}
    try:
        async with (
            stand.client() as client,
            stand.process("notifier-worker", place, **given, QUIET_HOURS="none") as process,
        ):
            vault = Vault(client[f"{place}_keys"].person_keys, master_key=TEST_KEY)
            bus: Any = Bus(stand.kafka_url, prefix=place)
            worker = Post(
                bus=bus,
                vault=vault,
                store=MessageStore(stand.database(client, place, "notifier")),
                mail=mail,
                sms=sms,
                process=process,
            )
            await _introduce(worker)
            yield worker
            if bus._producer is not None:
                await bus._producer.stop()
    finally:
        await mail.stop()
        await sms.stop()


async def _introduce(worker: Post) -> None:
    """The notifier learns how everybody is reached, and has sent its first message."""
    for number in range(PEOPLE):
        contact = {"name": "Siti", "email": f"siti{number}@contoh.id", "phone": f"+6283900{number:06d}"}
        sealed = await worker.vault.seal(f"acc_{number}", "seeker-contact", contact)
        await worker.bus.publish(envelope(SeekerContactChanged(sealed=sealed), subject=f"acc_{number}"))
    contacts = worker.store.contacts

    async def known() -> bool:
        return await contacts.count_documents({}) == PEOPLE

    await until(known, what="the contacts", seconds=60)
    await worker.bus.publish(application(ApplicationHired, 999_999, seeker_id="acc_0"))
    await until(lambda: worker.sms.taken and worker.mail.taken, what="the first message", seconds=30)
    worker.sms.taken.clear()
    worker.mail.taken.clear()
