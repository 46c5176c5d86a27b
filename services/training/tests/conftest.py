"""The training service on the real store, with seekers as their events would have left them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.training.answering import AnswerTokens
from services.training.commands.afterwards import Afterwards
from services.training.commands.attendance import Attendance
from services.training.commands.enrolments import EnrolmentCommands
from services.training.commands.erasure import Erasure
from services.training.commands.line import Line
from services.training.commands.settling import Settling
from services.training.commands.trainings import TrainingCommands
from services.training.domain.trainings import Training
from services.training.main import application
from services.training.settings import TrainingSettings
from services.training.store import Stores
from shared.contracts.seeker import SeekerContactChanged
from shared.effects import Projection
from shared.http import guarded
from shared.mongo import Client
from shared.numbers import Numbers
from shared.sealed import Vault
from shared.testing import TEST_KEY, TokenMint, envelope

SITI, BUDI, OFFICER = "acc_siti", "acc_budi", "acc_officer"
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def sessions(first: datetime = NOW + 10 * DAY, count: int = 3) -> list[dict[str, str]]:
    times = [first + number * DAY for number in range(count)]
    return [{"starts_at": at.isoformat(), "ends_at": (at + 3 * HOUR).isoformat()} for at in times]


def terms(**given: Any) -> dict[str, Any]:
    """What an officer sends."""
    return {
        "title": "Menjual lewat HP",
        "field": "Digital",
        "description": "Belajar memotret barang, menulis keterangan, dan melayani pembeli.",
        "kelurahan_code": "35.77.03.1005",
        "place": "Balai Kota, Jl. Pahlawan 37",
        "sessions": sessions(),
        "capacity": 2,
        "enrolment_opens_at": (NOW - DAY).isoformat(),
        **given,
    }


@dataclass
class Desk:
    """The commands at a time that the test sets."""

    stores: Stores
    at: list[datetime] = field(default_factory=lambda: [NOW])

    def __post_init__(self) -> None:
        def now() -> datetime:
            return self.at[0]

        self.line = Line(self.stores, now=now)
        self.trainings = TrainingCommands(
            self.stores, numbers=Numbers(self.stores.trainings.counters, "PLT", block=1), now=now
        )
        self.enrolments = EnrolmentCommands(self.stores, self.line, now=now)
        certificates = Numbers(self.stores.trainings.counters, "SRT", block=10)
        self.settling = Settling(self.stores, self.trainings, numbers=certificates, now=now)
        self.attendance = Attendance(self.stores, now=now)
        self.tokens = AnswerTokens(TEST_KEY)
        self.afterwards = Afterwards(self.stores, tokens=self.tokens, now=now)

    async def published(self, **given: Any) -> Training:
        from services.training.api.inputs import TrainingInput

        made = await self.trainings.draft(TrainingInput.model_validate(terms(**given)).terms(), by=OFFICER)
        return await self.trainings.publish(made.id)

    async def enrol(self, training: Training, person: str, *, follow_up: bool = False) -> Any:
        return (await self.enrolments.enrol(training.id, seeker_id=person, follow_up=follow_up))[0]

    async def states(self, training: Training) -> dict[str, str]:
        """Everybody's state, in the order of arrival."""
        found = self.stores.enrolments.enrolments.find({"training.id": training.id}).sort("ticket", 1)
        return {row["seeker_id"]: row["state"] async for row in found}

    async def told(self, id: str) -> list[str]:
        """The types of the events of an enrolment, oldest first."""
        row = await self.stores.enrolments.enrolments.find_one({"_id": id})
        assert row is not None
        return [entry["value"].split('"type":"')[1].split(".v1")[0] for entry in row["outbox"]]


@dataclass
class Http:
    """The API, called as one account or another."""

    client: httpx2.AsyncClient
    mint: TokenMint

    async def ask(
        self, method: str, path: str, body: Any = None, *, as_: str | None = SITI, etag: str | None = None
    ) -> httpx2.Response:
        role = "officer" if as_ == OFFICER else "seeker"
        headers = self.mint.headers(as_, role) if as_ else {}
        headers |= {"If-Match": etag} if etag else {}
        return await self.client.request(method, f"/api/v1{path}", json=body, headers=headers)


@pytest.fixture
def settings(make_settings: Callable[..., TrainingSettings]) -> TrainingSettings:
    return make_settings(TrainingSettings)


@pytest.fixture
async def stores(client: Client, settings: TrainingSettings) -> Stores:
    stores = Stores(client[settings.database])
    await stores.prepare()
    return stores


@pytest.fixture
def vault(client: Client, settings: TrainingSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


@pytest.fixture
def desk(stores: Stores) -> Desk:
    return Desk(stores)


@pytest.fixture
def erasure(desk: Desk, vault: Vault) -> Erasure:
    return Erasure(desk.stores, desk.enrolments, vault=vault)


@pytest.fixture
async def named(stores: Stores, vault: Vault, erasure: Erasure) -> Callable[[str, str], Any]:
    """A person whose name is known here."""
    from services.training.reactions import table

    async def know(person: str, name: str) -> None:
        sealed = await vault.seal(person, "seeker-contact", {"name": name, "phone": "+6283900000001"})
        effect = table(stores, erasure)[SeekerContactChanged]
        assert isinstance(effect, Projection)
        await effect.apply(envelope(SeekerContactChanged(sealed=sealed), subject=person))

    return know


@pytest.fixture
async def http(settings: TrainingSettings, stores: Stores, mint: TokenMint) -> AsyncIterator[Http]:
    app, own_client = application(settings)
    app.state.verifier = mint.verifier()
    await app.state.training_commands.prepare()
    transport = httpx2.ASGITransport(app=guarded(app, client=own_client))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Http(client, mint)
    own_client.close()
