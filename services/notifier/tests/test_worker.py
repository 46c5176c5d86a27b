"""The worker as a process, on real Kafka and a real store: from events to providers, through stops and kills."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest

from services.notifier.settings import NotifierSettings
from services.notifier.tests.conftest import until
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.mail import MailServer
from shared.contracts.employer import EmployerContactChanged
from shared.contracts.seeker import SeekerContactChanged
from shared.sealed import Vault
from shared.testing import Bus, envelope

SITI, PHONE, RATNA = "siti@contoh.id", "+6281234567890", "ratna@contoh.id"
TOPICS = (
    "application",
    "vacancy",
    "employer",
    "identity",
    "identity-code",
    "identity-notice",
    "identity-contact",
    "seeker",
    "seeker-contact",
    "employer-contact",
    "notifier.retry",
    "notifier.dead",
)


class Process:
    """`python -m services.notifier.main worker`, on a port that was free a moment ago."""

    def __init__(self, settings: NotifierSettings, kafka_url: str, port: int) -> None:
        given = settings.model_dump() | {"kafka_url": kafka_url, "port": port}
        self._environment = {f"CAKER_{name.upper()}": str(value) for name, value in given.items()}
        self.address = f"http://127.0.0.1:{port}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.notifier.main", "worker", env={**os.environ, **self._environment}
        )
        await until(self._ready, seconds=60)

    async def end(self, how: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        async with asyncio.timeout(15):
            return await self._process.wait()

    async def get(self, path: str) -> httpx2.Response:
        async with httpx2.AsyncClient() as http:
            return await http.get(self.address + path)

    async def _ready(self) -> bool:
        try:
            return (await self.get("/readyz")).status_code == 200
        except httpx2.HTTPError:
            return False


@pytest.fixture
async def worker(
    settings: NotifierSettings,
    kafka_url: str,
    vault: Vault,
    bus: Bus,
    make_topics: Callable[..., Awaitable[None]],
) -> AsyncIterator[Process]:
    """A running worker that has been told how the seeker and the employer are reached."""
    await make_topics(*TOPICS)
    firm = await vault.seal(OWNER, "employer-contact", {"name": "Bu Ratna", "email": RATNA})
    person = await vault.seal(SEEKER, "seeker-contact", {"name": "Siti", "email": SITI, "phone": PHONE})
    await bus.publish(
        envelope(EmployerContactChanged(owner_id=OWNER, sealed=firm), subject=EMPLOYER),
        envelope(SeekerContactChanged(sealed=person), subject=SEEKER),
    )
    listener = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    process = Process(settings, kafka_url, port)
    await process.start()
    yield process
    await process.end(signal.SIGKILL)


async def test_an_event_on_the_bus_becomes_mail_and_sms_once_even_when_it_comes_twice(
    worker: Process, bus: Bus, vault: Vault, mail_server: MailServer, sms_provider: SmsProvider
) -> None:
    event = application()
    await bus.publish(event, event, await code(vault, digits="246810"), event)
    await until(lambda: len(mail_server.accepted) == 2 and len(sms_provider.requests) == 2)
    await bus.publish(event, application(number=2))
    await until(lambda: len(mail_server.accepted) == 4 and len(sms_provider.requests) == 3)
    assert len(mail_server.to(SITI)) == len(mail_server.to(RATNA)) == 2
    shown = (await worker.get("/metrics")).text
    assert 'caker_deliveries_total{channel="email",lane="transactional",state="sent"}' in shown
    assert 'caker_event_to_provider_seconds_count{channel="sms",lane="code"} 1.0' in shown
    assert await worker.end(signal.SIGTERM) == 0


async def test_a_worker_that_waits_for_a_silent_provider_still_stops_in_time(
    worker: Process, bus: Bus, mail_server: MailServer
) -> None:
    mail_server.rule = lambda _, __: "stall"
    await bus.publish(*(application(number=number) for number in range(20)))
    await until(lambda: len(mail_server.accepted) >= 4)
    assert await worker.end(signal.SIGTERM) == 0


async def test_a_kill_loses_no_message_and_repeats_only_what_was_on_its_way(
    worker: Process, bus: Bus, mail_server: MailServer, sms_provider: SmsProvider
) -> None:
    await bus.publish(*(application(number=number) for number in range(200)))
    await until(lambda: len(sms_provider.sent) > 40)
    await worker.end(signal.SIGKILL)
    await worker.start()

    def all_told() -> bool:
        ids = {mail.parsed["Message-ID"] for mail in mail_server.accepted}
        return len(ids) == 400 and len(sms_provider.sent) == 200

    await until(all_told, seconds=90)
    # Taken by a provider and not yet written down: what a few milliseconds bring, not a batch after another.
    assert len(mail_server.accepted) - 400 <= 50
    assert len(sms_provider.requests) - 200 <= 50
