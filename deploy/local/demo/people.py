"""People at the gateway: sign up, sign in by the code in the inbox, act through the public API, read their mail.

For the first data, the demo, the journeys and the benches: everything they do, a client can do.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx2

Json = dict[str, Any]
PREFIX = "/api/v1"


class Refused(Exception):
    """The API said no: `status` and the problem's `code`."""

    def __init__(self, what: str, answer: httpx2.Response) -> None:
        self.status = answer.status_code
        self.code = answer.json().get("code", "") if "json" in answer.headers.get("content-type", "") else ""
        super().__init__(f"{what}: {self.status} {self.code} {answer.text[:300]}")


@dataclass
class Gateway:
    """The system as the outside sees it."""

    url: str
    http: httpx2.AsyncClient = field(init=False)

    async def __aenter__(self) -> "Gateway":
        limits = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
        self.http = httpx2.AsyncClient(base_url=self.url, timeout=30.0, limits=limits)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    async def call(
        self, method: str, path: str, body: Json | None = None, *, token: str = "", if_match: int | None = None
    ) -> Any:
        """The JSON of a 2xx answer; raises `Refused` for every other."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        answer = await self.http.request(method, PREFIX + path, json=body, headers=headers)
        if not answer.is_success:
            raise Refused(f"{method} {path}", answer)
        return answer.json() if answer.content else None

    async def inbox(self, to: str) -> list[Json]:
        """Mail and SMS to one address, newest last."""
        answer = await self.http.get("/dev/inbox", params={"to": to}, headers={"Accept": "application/json"})
        found: list[Json] = answer.raise_for_status().json()
        return found

    async def message(self, to: str, has: Callable[[Json], bool], *, seconds: float = 20.0) -> Json:
        """The newest message to `to` that `has` accepts, as soon as there is one."""
        what = f"a message to {to[:4]}…{to[-4:]}"
        found: Json = await eventually(lambda: self._newest(to, has), what=what, seconds=seconds)
        return found

    async def _newest(self, to: str, has: Callable[[Json], bool]) -> Json | None:
        return next((message for message in reversed(await self.inbox(to)) if has(message)), None)


@dataclass
class Person:
    """Somebody signed in."""

    gateway: Gateway
    token: str
    contact: str

    async def get(self, path: str) -> Any:
        return await self.gateway.call("GET", path, token=self.token)

    async def post(self, path: str, body: Json | None = None, *, if_match: int | None = None) -> Any:
        return await self.gateway.call("POST", path, body, token=self.token, if_match=if_match)

    async def put(self, path: str, body: Json, *, if_match: int | None = None) -> Any:
        return await self.gateway.call("PUT", path, body, token=self.token, if_match=if_match)


async def eventually(check: Callable[[], Any], *, what: str, seconds: float = 20.0) -> Any:
    """What `check` finds, as soon as it finds something; `TimeoutError` names what never came."""
    deadline = time.monotonic() + seconds
    while True:
        found = await check()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
        await asyncio.sleep(0.05)


async def sign_up_seeker(gateway: Gateway, *, name: str, phone: str) -> Person:
    """Register with a phone and sign in with the code from the SMS."""
    await gateway.call("POST", "/accounts", {"role": "seeker", "name": name, "phone": phone})
    return await sign_in_by_code(gateway, phone=phone)


async def sign_in_by_code(gateway: Gateway, *, phone: str) -> Person:
    known = len(await gateway.inbox(phone))
    asked = await gateway.call("POST", "/login/codes", {"phone": phone})
    await eventually(lambda: _more(gateway, phone, known), what="the code")
    sms = await gateway.message(phone, lambda message: "kode masuk" in message["text"])
    code = re.search(r"\b(\d{6})\b", sms["text"])
    assert code is not None
    tokens = await gateway.call("POST", f"/login/codes/{asked['request_id']}", {"code": code.group(1)})
    return Person(gateway, tokens["access_token"], phone)


async def _more(gateway: Gateway, to: str, known: int) -> bool:
    return len(await gateway.inbox(to)) > known


async def sign_up_employer(gateway: Gateway, *, name: str, email: str, password: str) -> Person:
    await gateway.call("POST", "/accounts", {"role": "employer", "name": name, "email": email, "password": password})
    return await sign_in(gateway, email=email, password=password)


async def sign_in(gateway: Gateway, *, email: str, password: str) -> Person:
    tokens = await gateway.call("POST", "/login", {"email": email, "password": password})
    return Person(gateway, tokens["access_token"], email)


async def publish(employer: Person, officer: Person, vacancy: Json) -> Json:
    """Write, submit and have a vacancy published."""
    draft = await employer.post("/vacancies", vacancy)
    await employer.post(f"/vacancies/{draft['id']}/submit")
    published: Json = await officer.post(f"/vacancies/{draft['id']}/publish")
    return published
