"""The seeker service on the real store: its API, its store and its reactions, each on this test's own database."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest

from services.seeker.api.cards import PHOTO_BODY, PHOTO_PATH
from services.seeker.api.documents import LARGER
from services.seeker.commands import Commands
from services.seeker.main import Stores, application, build_stores
from services.seeker.settings import SeekerSettings
from services.seeker.store import SeekerStore
from services.seeker.tests.telling import Clock, House
from shared.http import guarded
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TokenMint, reached

SITI, BUDI = "acc_siti", "acc_budi"


@pytest.fixture
def settings(make_settings: Callable[..., SeekerSettings]) -> SeekerSettings:
    return make_settings(SeekerSettings)


@pytest.fixture
async def stores(client: Client, settings: SeekerSettings) -> Stores:
    stores = build_stores(client, settings)
    await stores.prepare()
    return stores


@pytest.fixture
def store(stores: Stores) -> SeekerStore:
    return stores.profiles


@pytest.fixture
def house(stores: Stores) -> House:
    return House(stores, Clock())


@pytest.fixture
def commands(store: SeekerStore) -> Commands:
    return Commands(store, test_data=True)


@pytest.fixture
def vault(client: Client, settings: SeekerSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


class Http:
    """The API, called as one account or another."""

    def __init__(self, client: httpx2.AsyncClient, mint: TokenMint) -> None:
        self._client, self._mint = client, mint

    async def get(self, account: str = SITI, *, role: str = "seeker", **headers: str) -> httpx2.Response:
        all_headers = {**self._mint.headers(account, role), **headers}
        return await self._client.get("/api/v1/seekers/me", headers=all_headers)

    async def put(
        self, body: Any, account: str = SITI, *, etag: str | None = None, role: str = "seeker", **headers: str
    ) -> httpx2.Response:
        all_headers = {**self._mint.headers(account, role), **headers, **({"If-Match": etag} if etag else {})}
        return await self._client.put("/api/v1/seekers/me", json=body, headers=all_headers)

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        account: str | None = SITI,
        *,
        role: str = "seeker",
        language: str = "id",
    ) -> httpx2.Response:
        """Any route below the service's; `account` None is not signed in."""
        headers = {"Accept-Language": language, **(self._mint.headers(account, role) if account else {})}
        return await self._client.request(method, f"/api/v1/seekers{path}", json=body, headers=headers)


async def serve(settings: SeekerSettings, mint: TokenMint) -> AsyncIterator[Http]:
    app, own_client = application(settings)
    app.state.verifier = mint.verifier()
    await reached(own_client)
    transport = httpx2.ASGITransport(app=guarded(app, client=own_client, larger={PHOTO_PATH: PHOTO_BODY, **LARGER}))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Http(client, mint)
    own_client.close()


@pytest.fixture
async def http(settings: SeekerSettings, store: SeekerStore, mint: TokenMint) -> AsyncIterator[Http]:
    async for found in serve(settings, mint):
        yield found


@pytest.fixture
async def production(
    make_settings: Callable[..., SeekerSettings], store: SeekerStore, mint: TokenMint
) -> AsyncIterator[Http]:
    """The same API as it runs in production."""
    async for found in serve(make_settings(SeekerSettings, environment="production"), mint):
        yield found
