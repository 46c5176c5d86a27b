"""The service as it is served, on a real store, with a clock that tests can move and the eyes of the notifier."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.identity.main import Parts, application
from services.identity.settings import IdentitySettings
from shared.events import Envelope, decode
from shared.http import guarded

# Far beyond what a test does, so that only tests of limits meet one.
LENIENT = {
    "code_interval_seconds": 0,
    "codes_per_number_per_day": 1000,
    "codes_per_address_per_hour": 1000,
    "failed_logins_per_address": 1000,
    "failed_logins_per_account": 1000,
    "registrations_per_address_per_hour": 1000,
}
PHONE, EMAIL, PASSWORD = "+6283900000001", "siti@usaha.example", "kopi pahit di alun-alun"
Json = dict[str, Any]


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Identity:
    """One running identity, used as clients use it."""

    http: httpx2.AsyncClient
    parts: Parts
    clock: Clock
    app: Any

    async def post(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        return await self.http.post(f"/api/v1{path}", json=body, headers=headers)

    async def post_until_answered(self, path: str, body: Any) -> httpx2.Response:
        """As a client does it: a busy service says so with a 503, and is asked again."""
        async with asyncio.timeout(30):
            while (answer := await self.post(path, body)).status_code == 503:
                await asyncio.sleep(0.05)
        return answer

    async def register_seeker(self, phone: str = PHONE, **fields: Any) -> httpx2.Response:
        return await self.post("/accounts", {"role": "seeker", "name": "Sari", "phone": phone, **fields})

    async def register_employer(self, **fields: Any) -> httpx2.Response:
        body = {"role": "employer", "name": "Siti Aminah", "email": EMAIL, "password": PASSWORD}
        return await self.post("/accounts", {**body, **fields})

    async def ask_code(self, phone: str = PHONE) -> str:
        answer = await self.post("/login/codes", {"phone": phone})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["request_id"])

    async def sent_code(self, request_id: str) -> str:
        """The code that the notifier finds in the event of this request."""
        row = await self.parts.store.codes.collection.find_one({"_id": request_id})
        assert row is not None
        event = decode(row["outbox"][0]["value"].encode())
        assert event is not None
        opened = await self.parts.vault.open(event.data.account_id, "code", event.data.sealed)
        return str(opened["code"])

    async def sign_in(self, phone: str = PHONE) -> Json:
        request_id = await self.ask_code(phone)
        code = await self.sent_code(request_id)
        answer = await self.post(f"/login/codes/{request_id}", {"code": code})
        assert answer.status_code == 200, answer.text
        tokens: Json = answer.json()
        return tokens

    async def refresh(self, token: str) -> httpx2.Response:
        return await self.post("/tokens/refresh", {"refresh_token": token})

    async def me(self, tokens: Json) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        return await self.http.get("/api/v1/accounts/me", headers=headers)

    async def events(self) -> list[Envelope[Any]]:
        """What waits in the outboxes of the accounts, in order per account."""
        rows = self.parts.store.accounts.collection.find({}).sort("registered_at", 1)
        found = [decode(entry["value"].encode()) async for row in rows for entry in row["outbox"]]
        return [event for event in found if event is not None]


Start = Callable[..., Any]


@pytest.fixture
async def start(client: Any, make_settings: Callable[..., Any]) -> AsyncIterator[Start]:
    """`await start(codes_per_number_per_day=2)`: an identity with lenient limits but the given ones."""
    opened: list[Any] = []

    async def run(**limits: Any) -> Identity:
        clock = Clock()
        app, own = application(make_settings(IdentitySettings, **{**LENIENT, **limits}), clock=clock)
        await app.state.parts.prepare()
        transport = httpx2.ASGITransport(app=guarded(app, client=own), raise_app_exceptions=False)
        http = httpx2.AsyncClient(transport=transport, base_url="http://test")
        opened.append((http, own))
        return Identity(http, app.state.parts, clock, app)

    yield run
    for http, own in opened:
        await http.aclose()
        own.close()


@pytest.fixture
async def identity(start: Start) -> Identity:
    started: Identity = await start()
    return started
