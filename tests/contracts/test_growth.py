"""F22: a newer writer beside older readers. Every committed sample, grown, through every consumer: it is read, has
the same effect, and nothing is put aside."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from services.application.main import build_worker as application_worker
from services.application.settings import ApplicationSettings
from services.notifier.reactions import table as notifier_table
from services.notifier.store import MessageStore
from services.seeker.main import build_worker as seeker_worker
from services.seeker.settings import SeekerSettings
from services.training.main import build_worker as training_worker
from services.training.settings import TrainingSettings
from services.vacancy.main import workshop as vacancy_worker
from services.vacancy.settings import VacancySettings
from shared.consumer import Consumer
from shared.contracts.identity import AccountErased
from shared.effects import Reactions
from shared.events import Event
from shared.kafka import Headers
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TEST_KEY
from tests.contracts.growth import with_fields, with_values
from tests.contracts.published import CONTRACTS

READERS = ("application", "notifier", "seeker", "training", "vacancy")
SUBJECT, OWNER = "acc_growth", "acc_owner"
SEALS = {
    "seeker-contact": "seeker-contact",
    "employer-contact": "employer-contact",
    "identity-contact": "contact",
    "identity-code": "code",
}
Grow = Callable[[dict[str, Any], type[Event]], dict[str, Any]]


def _values(data: dict[str, Any], kind: type[Event]) -> dict[str, Any]:
    schema = kind.model_json_schema(mode="serialization")
    grown: dict[str, Any] = with_values(data, schema, schema)
    return grown


GROWN: dict[str, Grow] = {
    "a field": lambda data, _: with_fields(data, nested=False),
    "a field inside": lambda data, _: with_fields(data, nested=True),
    "a value of an enum": _values,
}
CASES = [(service, grown) for service in READERS for grown in GROWN]


@dataclass
class Record:
    """As the consumer polls it."""

    value: bytes
    topic: str
    key: bytes = SUBJECT.encode()
    partition: int = 0
    offset: int = 0
    headers: Headers = ()


@dataclass
class Aside:
    """Takes the dead letters instead of Kafka."""

    errors: list[str] = field(default_factory=list)

    async def send(self, topic: str, *, key: bytes | None, value: bytes | None, headers: Headers = ()) -> None:
        self.errors += [str(said) for name, said in headers if name == "dead-error"]


@dataclass
class Reader:
    """A service's own reactions behind its own loop, with everything it stores."""

    reactions: Reactions
    aside: Aside
    consumer: Consumer
    ids: Callable[[], Awaitable[dict[str, list[str]]]]

    async def hear(self, kind: type[Event], data: Mapping[str, Any]) -> None:
        event = {
            "specversion": "1.0",
            "id": f"evt_{kind.type}",
            "source": "/si-caker/newer",
            "type": kind.type,
            "subject": SUBJECT,
            "time": "2026-11-24T03:00:00Z",
            "sequence": 1,
            "dataschema": f"/schemas/{kind.type}.json",
            "data": data,
            "extensionaddedlater": "x",
        }
        await self.consumer.handle([Record(json.dumps(event).encode(), kind.topic)])


@pytest.fixture
def reader(client: Client, make_settings: Callable[..., Any], prefix: str) -> Callable[[str], Awaitable[Reader]]:
    async def make(service: str) -> Reader:
        aside = Aside()
        reactions = await _reactions(service, client, make_settings, prefix)
        consumer = Consumer(url="127.0.0.1:1", group=service, reactions=reactions, publisher=aside)  # type: ignore[arg-type]
        database = client[f"{prefix}_{service}"]

        async def ids() -> dict[str, list[str]]:
            names = sorted(await database.list_collection_names())
            return {name: [row["_id"] async for row in database[name].find().sort("_id", 1)] for name in names}

        return Reader(reactions, aside, consumer, ids)

    return make


async def _reactions(service: str, client: Client, make_settings: Callable[..., Any], prefix: str) -> Reactions:
    if service == "notifier":
        return notifier_table(MessageStore(client[f"{prefix}_notifier"]))
    build: Any = {
        "application": (application_worker, ApplicationSettings),
        "seeker": (seeker_worker, SeekerSettings),
        "training": (training_worker, TrainingSettings),
        "vacancy": (vacancy_worker, VacancySettings),
    }[service]
    worker = build[0](make_settings(build[1], service=service))
    assert worker.consumer is not None
    await worker.prepare()
    reactions: Reactions = worker.consumer.reactions
    return reactions


@pytest.mark.parametrize(("service", "grown"), CASES)
async def test_f22_a_newer_writer_is_understood(
    service: str, grown: str, reader: Callable[[str], Awaitable[Reader]], client: Client, prefix: str
) -> None:
    """Nothing is put aside, and the older twin of each event finds its effect there already."""
    vault = Vault(client[f"{prefix}_keys"].person_keys, master_key=TEST_KEY)
    read = await reader(service)
    kinds = [kind for kind in read.reactions if kind is not AccountErased]  # its effect is that nothing is left
    told = [(kind, await _sample(kind, size, vault, service)) for size in ("least", "full") for kind in kinds]
    for kind, data in told:
        await read.hear(kind, GROWN[grown](data, kind))
    assert read.aside.errors == []
    grew = await read.ids()
    for kind, data in told:
        await read.hear(kind, data)
    if grown == "a value of an enum" and service in ("seeker", "vacancy"):
        return  # an account whose role they do not know is none of theirs
    assert any(grew.values())
    assert await read.ids() == grew


async def _sample(kind: type[Event], size: str, vault: Vault, service: str) -> dict[str, Any]:
    """As committed, with something in its seal that opens."""
    data: dict[str, Any] = json.loads((CONTRACTS / "samples" / f"{kind.type}.{size}.json").read_text())
    if service == "vacancy" and "role" in data:
        data["role"] = "employer"  # the only ones it remembers
    if purpose := SEALS.get(kind.topic):
        person = data.get("owner_id") or data.get("account_id") or SUBJECT
        data["sealed"] = await vault.seal(person, purpose, {"name": "Siti", "phone": "+6283900000001"})
    return data
