"""The vacancy service as its users meet it: its API on the real store, and a clock that tests set."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.making import BODY, NOW
from shared.mongo import Client
from shared.testing import TokenMint


class Hands:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class City:
    """People who use the API. Whoever is named first is signed in with that role."""

    def __init__(self, http: httpx2.AsyncClient, mint: TokenMint, app: Any) -> None:
        self.http, self._mint, self.app = http, mint, app

    def signed(self, account_id: str, role: str) -> dict[str, str]:
        return dict(self._mint.headers(account_id, role))

    async def ask(
        self, method: str, path: str, who: tuple[str, str] | None = None, body: Any = None, **headers: str
    ) -> httpx2.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent |= self._mint.headers(*who)
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=sent)

    async def done(self, method: str, path: str, who: tuple[str, str], body: Any = None, **headers: str) -> Any:
        answer = await self.ask(method, path, who, body, **headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def employer(self, owner: str, *, verified: bool = True, **details: Any) -> Any:
        body = {"name": "Jahit Contoh", "size": "large", "kelurahan_code": "35.77.01.1001", **details}
        made = await self.done("POST", "/employers", (owner, "employer"), body)
        if not verified:
            return made
        return await self.done("POST", f"/employers/{made['id']}/verify", OFFICER)

    async def vacancy(self, owner: str, state: str = "draft", **changes: Any) -> Any:
        """A vacancy of `owner`, brought to `state` the usual way."""
        made = await self.done("POST", "/vacancies", (owner, "employer"), {**BODY, **changes})
        path = f"/vacancies/{made['id']}"
        if state == "draft":
            return made
        made = await self.done("POST", f"{path}/submit", (owner, "employer"))
        if state == "submitted":
            return made
        if state == "returned":
            return await self.done("POST", f"{path}/return", OFFICER, {"reason": "Upahnya belum jelas."})
        made = await self.done("POST", f"{path}/publish", OFFICER)
        return await self.done("POST", f"{path}/close", (owner, "employer")) if state == "closed" else made


OFFICER = ("acc_officer", "officer")


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def settings(make_settings: Callable[..., Any], tmp_path: Path) -> VacancySettings:
    made: VacancySettings = make_settings(VacancySettings, service="vacancy", search_dir=tmp_path / "search")
    return made


@pytest.fixture
async def store(client: Client, settings: VacancySettings) -> VacancyStore:
    store = VacancyStore(client[settings.database])
    await store.prepare()
    return store


@pytest.fixture
async def city(store: VacancyStore, settings: VacancySettings, mint: TokenMint, clock: Hands) -> AsyncIterator[City]:
    from services.vacancy.api.bulk import LARGER
    from services.vacancy.main import application
    from shared.http import guarded
    from shared.testing import reached

    app, client = application(settings, clock=clock)
    app.state.verifier = mint.verifier()
    await reached(client)  # the guard lets nobody in before the store has answered once
    transport = httpx2.ASGITransport(app=guarded(app, client=client, larger=LARGER))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield City(http, mint, app)
    client.close()
