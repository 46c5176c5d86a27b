"""From the 201 of an application to its record on the topic and to the mail at the provider, through the real
processes, at a steady rate."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aiokafka import AIOKafkaConsumer

from bench.figures import load, p99, spread
from bench.load import Answers, post, steady
from bench.stand import Stand
from bench.submit import PATH
from deploy.local.parts import free_ports
from services.application.tests.conftest import vacancy_event
from shared.contracts.employer import EmployerContactChanged
from shared.contracts.seeker import SeekerContactChanged
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TEST_KEY, Bus, envelope

RATE, SEEKERS, VACANCIES = 50, 50, 16
TOPICS = (
    *("vacancy", "seeker", "seeker-contact", "employer", "employer-contact", "application"),
    *("identity", "identity-code", "identity-contact"),
    *("application.retry", "application.dead", "notifier.retry", "notifier.dead"),
)
OWNER = "ratna@contoh.id"
WARM = 2 * SEEKERS  # requests that are not counted


async def latency(stand: Stand) -> None:
    place, port = stand.place(), free_ports(1)[0]
    accepted = stand.folder / f"{place}.accepted"
    smtp = {"SMTP_PORT": str(port), "SMTP_URL": f"smtp://127.0.0.1:{port}"}
    await stand.topics(place, *TOPICS, partitions=3)
    async with (
        stand.client() as client,
        stand.process("bench.sink", place, SINK_SECONDS="0", SINK_FILE=str(accepted), **smtp),
        stand.process("application-worker", place),
        stand.process("notifier-worker", place, **smtp),
        stand.process("application-api", place) as api,
    ):
        await _tell(stand, client, place)
        pairs = [(seeker, vacancy) for vacancy in range(VACANCIES) for seeker in range(SEEKERS)]
        headers = [stand.mint.headers(f"acc_{seeker}", "seeker") for seeker in range(SEEKERS)]
        requests = [post(PATH, {"vacancy_id": f"vac_{vacancy}"}, headers[seeker]) for seeker, vacancy in pairs]
        published: dict[str, float] = {}
        reading = asyncio.create_task(_read(stand, place, published))
        answers = (await steady(api.port, requests, rate=RATE)).must_be(201)
        counted = _counted(answers)
        await _until(lambda: published.keys() >= counted.keys() and _lines(accepted).keys() >= counted.keys())
        reading.cancel()
    print(f"         submit at {RATE}/s: {spread(list(answers.seconds.values()))}")
    _show("201 -> record on the topic", counted, published, median_ms=10, p99_ms=50)
    _show("201 -> mail accepted", counted, _lines(accepted), median_ms=30, p99_ms=250)


def _counted(answers: Answers) -> dict[str, float]:
    """When each application's 201 came, by its number."""
    made = {n: json.loads(body)["number"] for n, body in answers.bodies.items() if answers.statuses[n] == 201}
    return {number: answers.at[n] for n, number in made.items() if n >= WARM}


def _show(title: str, answered: dict[str, float], there: dict[str, float], *, median_ms: int, p99_ms: int) -> None:
    seconds = sorted(max(there[number] - at, 0.0) for number, at in answered.items())
    met = 1e3 * seconds[len(seconds) // 2] <= median_ms and 1e3 * p99(seconds) <= p99_ms
    print(
        f"{1e3 * seconds[len(seconds) // 2]:6.1f} ms {title}, {RATE}/s (goal <= {median_ms}, p99 <= {p99_ms}: ",
        end="",
    )
    print(f"{'met' if met else 'MISSED'}); {spread(seconds)}; {load()}")


async def _tell(stand: Stand, client: Client, place: str) -> None:
    """As the other services would; and wait until both services know."""
    vault, bus = Vault(client[f"{place}_keys"].person_keys, master_key=TEST_KEY), Bus(stand.kafka_url, place)
    for number in range(SEEKERS):
        sealed = await vault.seal(
            f"acc_{number}", "seeker-contact", {"name": "Siti", "email": f"s{number}@contoh.id"}
        )
        await bus.publish(envelope(SeekerContactChanged(sealed=sealed), subject=f"acc_{number}"))
    sealed = await vault.seal("acc_owner", "employer-contact", {"name": "Ratna", "email": OWNER})
    await bus.publish(envelope(EmployerContactChanged(owner_id="acc_owner", sealed=sealed), subject="emp_1"))
    for number in range(VACANCIES):
        await bus.publish(envelope(vacancy_event(owner_id=None), subject=f"vac_{number}"))
    await bus.stop()
    known, contacts = client[f"{place}_application"].vacancies, client[f"{place}_notifier"].contacts
    async with asyncio.timeout(30):
        while await known.count_documents({}) < VACANCIES or await contacts.count_documents({}) <= SEEKERS:
            await asyncio.sleep(0.1)


async def _read(stand: Stand, place: str, published: dict[str, float]) -> None:
    consumer = AIOKafkaConsumer(f"{place}.application", bootstrap_servers=stand.kafka_url)
    await consumer.start()
    try:
        async for record in consumer:
            published.setdefault(json.loads(record.value)["data"]["number"], time.time())
    finally:
        await consumer.stop()


def _lines(file: Path) -> dict[str, float]:
    rows: Sequence[list[str]] = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
    return {number: float(at) for at, number, to in reversed(rows) if to != OWNER}


async def _until(check: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not check():
            await asyncio.sleep(0.2)
