"""The application service on the real store, with vacancies and seekers as their events would have left them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.application.commands import Commands
from services.application.main import application, build_commands, build_placements, prepare_placements
from services.application.placements.commands import PlacementCommands
from services.application.settings import ApplicationSettings
from services.application.store import ApplicationStore
from shared.contracts.codes import Education
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.contracts.vacancy import VacancyFacts, VacancyPublished
from shared.effects import Projection
from shared.events import Event
from shared.http import guarded
from shared.mongo import Client, Document
from shared.sealed import Vault
from shared.testing import TokenMint, envelope

SITI, BUDI = "acc_siti", "acc_budi"
OWNER, STRANGER, OFFICER = "acc_owner", "acc_stranger", "acc_officer"
VACANCY = "vac_1"
OF_SEEKERS = ("withdraw", "accept", "decline", "reschedule")
CLOSES = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)


def vacancy_event(kind: type[VacancyFacts] = VacancyPublished, **given: Any) -> Any:
    """A full event of a vacancy."""
    facts: dict[str, Any] = {
        "number": "LWK-2026-000007",
        "title": "Penjahit",
        "state": "published",
        "employer_id": "emp_1",
        "employer_name": "Konveksi Melati",
        "owner_id": OWNER,
        "source": "city",
        "kind": "full_time",
        "contract": None,
        "occupation": None,
        "openings": 2,
        "workplace": "onsite",
        "kelurahan_code": "35.77.03.1005",
        "location_text": None,
        "hours": None,
        "wage": None,
        "description": "Menjahit kaus.",
        "conditions": "",
        "education_min": None,
        "experience_months": None,
        "skills": ("menjahit",),
        "benefits": (),
        "may_bring_child": True,
        "closes_at": CLOSES,
        "answer_by": date(2026, 12, 24),
        "published_at": datetime.now(UTC),
        "reason": "Sudah penuh.",
        "reason_code": None,
    }
    wanted = {name: value for name, value in {**facts, **given}.items() if name in kind.model_fields}
    return kind.model_validate(wanted)


class World:
    """What other services have told, brought in by the real projections."""

    def __init__(
        self, commands: Commands, store: ApplicationStore, vault: Vault, placements: PlacementCommands
    ) -> None:
        from services.application.reactions import table

        self.reactions, self.vault = table(store, commands, placements), vault
        self.store, self.placements, self._seq = store, placements, 0

    async def tell(self, event: Event, *, subject: str, sequence: int | None = None) -> None:
        """Every effect of one event, in the order of the consumer."""
        self._seq += 1
        told = envelope(event, subject=subject, sequence=sequence or self._seq)
        effects = self.reactions[type(event)]
        for effect in effects if isinstance(effects, tuple) else (effects,):
            await (effect.apply if isinstance(effect, Projection) else effect)(told)

    async def vacancy(self, id: str = VACANCY, kind: type[VacancyFacts] = VacancyPublished, **given: Any) -> None:
        await self.tell(vacancy_event(kind, **given), subject=id)

    async def seeker(self, id: str, name: str) -> None:
        facts = {
            "kelurahan_code": "35.77.01.1001",
            "education": Education(form="rekap_III_2", code="3001"),
            "graduation_year": 2015,
            "skills": ("las",),
        }
        await self.tell(SeekerRegistered.model_validate(facts), subject=id)
        await self.tell(SeekerProfileChanged.model_validate(facts | {"skills": ("las", "listrik")}), subject=id)
        contact = {"name": name, "phone": "+6283900000001", "email": "rahasia@contoh.id"}
        sealed = await self.vault.seal(id, "seeker-contact", contact)
        await self.tell(SeekerContactChanged(sealed=sealed), subject=id)

    async def row(self, **wanted: Any) -> Document:
        found = await self.store.applications.find_one(wanted)
        assert found is not None
        return found

    async def told(self, id: str) -> list[str]:
        """The types of the events of an application, oldest first."""
        row = await self.row(_id=id)
        return [entry["value"].split('"type":"')[1].split(".v1")[0] for entry in row["outbox"]]


def invitation(**given: Any) -> dict[str, Any]:
    """The body of an invitation in five days."""
    meets = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
    body = {"starts_at": meets.isoformat(), "place": "Jl. Contoh No. 1", "contact": "Bu Ratna"}
    return {**body, **given}


def job(**given: Any) -> dict[str, Any]:
    """The body of an offer."""
    starts = (datetime.now(UTC) + timedelta(days=14)).date()
    body = {"wage": {"amount": 2_500_000}, "hours": "Senin sampai Sabtu", "start_date": starts.isoformat()}
    return {**body, **given}


@dataclass
class Http:
    """The API, called as one account or another."""

    client: httpx2.AsyncClient
    mint: TokenMint

    async def get(self, path: str = "", account: str = SITI, role: str = "seeker", **params: Any) -> httpx2.Response:
        headers = self.mint.headers(account, role)
        return await self.client.get(f"/api/v1/applications{path}", headers=headers, params=params)

    async def post(
        self,
        path: str,
        body: Any = None,
        account: str = SITI,
        role: str = "seeker",
        *,
        etag: str | None = None,
        language: str = "id",
    ) -> httpx2.Response:
        headers = {**self.mint.headers(account, role), "Accept-Language": language}
        if etag:
            headers["If-Match"] = etag
        return await self.client.post(f"/api/v1/applications{path}", json=body, headers=headers)

    async def apply(self, account: str = SITI, vacancy: str = VACANCY, **more: Any) -> httpx2.Response:
        return await self.post("", {"vacancy_id": vacancy, **more}, account)

    async def apply_until_answered(self, account: str = SITI) -> httpx2.Response:
        """As a client does it: a busy service says so with a 503, and is asked again."""
        async with asyncio.timeout(30):
            while (answer := await self.apply(account)).status_code == 503:
                await asyncio.sleep(0.2)
        return answer

    async def act(self, id: str, command: str, body: Any = None, **more: Any) -> httpx2.Response:
        """As the one whose command it is."""
        who, role = (SITI, "seeker") if command in OF_SEEKERS else (OWNER, "employer")
        return await self.post(f"/{id}/{command}", body, who, role, **more)

    async def taken(self, id: str) -> None:
        """Offer the job, and let it be accepted."""
        assert (await self.act(id, "offer-job", job())).status_code == 200
        assert (await self.act(id, "accept")).status_code == 200


@pytest.fixture
def settings(make_settings: Callable[..., ApplicationSettings]) -> ApplicationSettings:
    return make_settings(ApplicationSettings)


@pytest.fixture
async def store(client: Client, settings: ApplicationSettings) -> ApplicationStore:
    store = ApplicationStore(client[settings.database])
    await store.prepare()
    return store


@pytest.fixture
def vault(client: Client, settings: ApplicationSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


@pytest.fixture
def commands(store: ApplicationStore, vault: Vault) -> Commands:
    return build_commands(store, vault)


@pytest.fixture
async def world(
    commands: Commands, store: ApplicationStore, vault: Vault, client: Client, settings: ApplicationSettings
) -> World:
    placements = build_placements(client[settings.database], store)
    await prepare_placements(placements)
    world = World(commands, store, vault, placements)
    await world.vacancy()
    return world


@pytest.fixture
async def http(settings: ApplicationSettings, world: World, mint: TokenMint) -> AsyncIterator[Http]:
    app, own_client = application(settings)
    app.state.verifier = mint.verifier()
    await app.state.commands.prepare()
    transport = httpx2.ASGITransport(app=guarded(app, client=own_client))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Http(client, mint)
    own_client.close()
