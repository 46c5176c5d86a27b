"""The part of the system in which an application becomes a message, as real processes with a proxy on every edge:
application's API and worker, the notifier's worker, two providers, and the clients.

What other services would have told (vacancies, contacts) is published by the stage itself.
"""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from deploy.local.parts import Endpoint
from deploy.local.topics import read_topics
from services.application.tests.conftest import vacancy_event
from shared.contracts.employer import EmployerContactChanged
from shared.contracts.seeker import SeekerContactChanged
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TEST_KEY, Bus, TokenMint, envelope
from tests.promises.check import Unmarked, unmarked_at
from tests.promises.cluster import Brokers, Process
from tests.promises.frames import KafkaCutter, MongoCutter, SmtpCutter
from tests.promises.issuer import Issuer
from tests.promises.ledger import Applicant, Driver, Ledger
from tests.promises.proxy import Edge
from tests.promises.sinks import MailSink, SmsSink
from tests.promises.waiting import until

LONGEST_RUN_SECONDS = 3_600  # a token that ends before the run does would count as an outage
READERS = {"application", "notifier"}
TOPICS = tuple(each.name for each in read_topics() if READERS & {each.owner, *each.readers})
MARK_SECONDS, WIRE_SECONDS = 2.0, 0.5
TAKEN_SECONDS = 5.0  # a busy sink takes from a dead sender; the next one sends it again after its lease
API, RELAY, SENDER = "application-api", "application-worker", "notifier-worker"


@dataclass
class Stage:
    """`edges`: `kafka-1` (of all), `store <process>`, `smtp`, `api`. `settings` are given to every process."""

    prefix: str
    folder: Path
    brokers: Brokers
    store: Endpoint
    client: Client
    bus: Bus
    mint: TokenMint
    mail: MailSink = field(default_factory=MailSink)
    sms: SmsSink = field(default_factory=SmsSink)
    edges: dict[str, Edge] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    applicants: list[Applicant] = field(default_factory=list)
    vacancies: list[str] = field(default_factory=list)
    deaf: list[tuple[float, float]] = field(default_factory=list)
    unmarked: list[Unmarked] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.issuer = Issuer(self.mint)
        self.ledger = Ledger(self.folder / "ledger.jsonl")
        self.vault = Vault(self.client[f"{self.prefix}_keys"].person_keys, master_key=TEST_KEY)

    async def open(self) -> None:
        await self.mail.start()
        await self.sms.start()
        await self.issuer.start()
        for number, (advertised, behind) in enumerate(self.brokers.edges, 1):
            edge = Edge(target=behind, cutter=KafkaCutter, port=advertised)
            self.edges[f"kafka-{number}"] = await edge.start()
        self.edges["smtp"] = await Edge(target=self.mail.port, cutter=SmtpCutter).start()

    async def process(self, name: str, *, number: int = 1, wrapper: tuple[str, ...] = ()) -> Process:
        """A process of that name, not yet started; `number` 2 is a replica beside it."""
        label = name if number == 1 else f"{name}-{number}"
        service, role = name.split("-")
        target = int(self.store.url.split(":")[2].split("/")[0])
        edge = await Edge(target=target, cutter=MongoCutter).start()
        self.edges[f"store {label}"] = edge
        given = {
            "MONGO_URL": f"mongodb://127.0.0.1:{edge.port}/?directConnection=true",
            "KAFKA_URL": self.brokers.proxied,
            "DATABASE_PREFIX": f"{self.prefix}_",
            "TOPIC_PREFIX": self.prefix,
            "MASTER_KEY": TEST_KEY,
            "INDEX_KEY": TEST_KEY,
            "PAPER_KEY": TEST_KEY,
            "JWKS_URL": self.issuer.url,
            "SMTP_URL": f"smtp://127.0.0.1:{self.edges['smtp'].port}",
            "SMS_URL": f"http://127.0.0.1:{self.sms.port}/sms",
            "SMS_TOKEN": "secret",
            "QUIET_HOURS": "none",
            "GATHER_SECONDS": "0",
            "PUBLIC_URL": "https://si-caker.example",
        }
        env = {f"CAKER_{key}": value for key, value in {**given, **self.settings}.items()}
        made = Process(service, role, env, self.folder / f"{label}.log", wrapper=wrapper)
        self.processes[label] = made
        return made

    async def start(self, *names: str) -> None:
        """Start and wait until each is ready, side by side."""
        for name in names:
            known = self.processes.get(name) or await self.process(name)
            known.start()
        await asyncio.gather(*(self.ready(name) for name in names))

    async def start_unready(self, name: str) -> None:
        """Start one that will not live long enough to be ready."""
        (self.processes.get(name) or await self.process(name)).start()

    async def ready(self, name: str, seconds: float = 60.0) -> None:
        await asyncio.to_thread(self.processes[name].wait_ready, seconds)

    def killed(self) -> None:
        """A sender was killed just now: what it heard last it may not have written down, and what it had handed to
        the network is taken a moment after its death."""
        self.deaf.append((time.time() - MARK_SECONDS, time.time() + WIRE_SECONDS))

    async def kill_sender(self) -> None:
        """With what it held written down, so that a repeat is explained by what the store knew and by no clock."""
        self.processes[SENDER].kill()
        until = time.time() + TAKEN_SECONDS
        held = self.database("notifier").messages.find({"state": "waiting", "lease": {"$exists": True}})
        self.unmarked.append(unmarked_at([row async for row in held], until=until))

    async def prepare(self, *, seekers: int, vacancies: int) -> None:
        """Tell of seekers, an employer and vacancies as their services do, and wait until they are known."""
        sealed = await self.vault.seal("acc_owner", "employer-contact", {"name": "Ratna", "email": "ratna@contoh.id"})
        told: list[Any] = [envelope(EmployerContactChanged(owner_id="acc_owner", sealed=sealed), subject="emp_1")]
        for number in range(len(self.applicants), len(self.applicants) + seekers):
            person = f"acc_{number}"
            contact = {"name": "Siti", "email": f"siti{number}@contoh.id", "phone": f"+6283900{number:06d}"}
            sealed = await self.vault.seal(person, "seeker-contact", contact)
            told.append(envelope(SeekerContactChanged(sealed=sealed), subject=person))
            self.applicants.append(Applicant(person, self._signed(person)))
        for number in range(len(self.vacancies), len(self.vacancies) + vacancies):
            self.vacancies.append(f"vac_{number}")
            told.append(
                envelope(vacancy_event(number=f"LWK-2026-{number:06d}", owner_id=None), subject=f"vac_{number}")
            )
        await self.bus.publish(*told)
        if RELAY in self.processes:
            known = self.database("application").vacancies
            await until(self._all_known(known), what="the vacancies at the application service")

    def _all_known(self, known: Any) -> Callable[[], Awaitable[bool]]:
        async def check() -> bool:
            return int(await known.count_documents({})) >= len(self.vacancies)

        return check

    def _signed(self, person: str) -> Callable[[], dict[str, str]]:
        headers = self.mint.headers(person, "seeker", seconds=LONGEST_RUN_SECONDS)
        return lambda: headers

    def database(self, service: str) -> Any:
        return self.client[f"{self.prefix}_{service}"]

    def driver(self, **more: Any) -> Driver:
        return Driver(self.processes[API].url, self.ledger, **more)

    async def load(self, *, rate: float, vacancies: Sequence[str] | None = None, **more: Any) -> None:
        await self.driver(**more).apply_all(self.applicants, vacancies or self.vacancies, rate=rate)

    async def post(self, path: str, headers: dict[str, str], body: Any = None) -> Any:
        """A command as a client gives it; it must be accepted."""
        async with httpx2.AsyncClient(timeout=10.0, trust_env=False) as http:
            answer = await http.post(f"{self.processes[API].url}/api/v1{path}", json=body, headers=headers)
        return answer.raise_for_status().json()

    async def withdraw_all(self) -> None:
        """Everybody takes every application back: each document gets a second event."""
        signed = {applicant.id: applicant.headers() for applicant in self.applicants}
        for answer in self.ledger.accepted:
            await self.post(f"/applications/{answer.id}/withdraw", signed[answer.key.split()[0]])

    async def close(self) -> None:
        for process in self.processes.values():
            process.signal(signal.SIGCONT)
            process.signal(signal.SIGKILL)
        for process in self.processes.values():
            with suppress(AssertionError):
                process.wait(5.0)
        await asyncio.gather(*(edge.stop() for edge in self.edges.values()))
        await asyncio.gather(self.mail.stop(), self.sms.stop(), self.issuer.stop())
