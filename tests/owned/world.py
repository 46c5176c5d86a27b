"""A world in which everything is somebody's, and how to ask in it as one or another."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from fastapi import FastAPI

from shared.http import guarded
from shared.mongo import Client
from shared.testing import TokenMint, reached

Json = Mapping[str, Any]
SITI, BUDI, OWNER, STRANGER = "acc_siti", "acc_budi", "acc_owner", "acc_stranger"


@dataclass
class World:
    """`places` are the things of the first of each pair of people, as paths name them; `hidden` are those that are
    not public. `secrets` stand in what only their owner may read."""

    http: httpx2.AsyncClient
    mint: TokenMint
    people: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {"seeker": (SITI, BUDI), "employer": (OWNER, STRANGER)}
    )
    places: list[dict[str, str]] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    bodies: Mapping[str, Any] = field(default_factory=dict)
    queries: Mapping[str, Json] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)

    async def ask(self, row: str, who: tuple[str, str] | None, places: Mapping[str, str]) -> httpx2.Response:
        """One route, as (account, role) or as nobody."""
        method, path = row.split(" ", 1)
        body = self.bodies.get(row, None if method == "GET" else {})
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        query = {name: value.format(**places) for name, value in self.queries.get(row, {}).items()}
        headers = {"If-Match": "*", "Idempotency-Key": "key-of-the-table", "Content-Type": "application/json"}
        headers |= self.mint.headers(*who) if who else {}
        named = path.format(**places)
        return await self.http.request(method, named, params=query, headers=headers, **content)

    async def done(self, method: str, path: str, who: tuple[str, str], body: Any = None, **headers: str) -> Any:
        """A step on the way to this world."""
        sent = {"content": body} if isinstance(body, bytes) else {"json": body}
        headers = {**self.mint.headers(*who), **headers}
        answer = await self.http.request(method, f"/api/v1{path}", headers=headers, **sent)
        assert answer.status_code in (200, 201, 204), answer.text
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else None


@dataclass(frozen=True)
class Ground:
    """What a world is built on: the fixtures of a test."""

    client: Client
    make_settings: Callable[..., Any]
    mint: TokenMint

    @asynccontextmanager
    async def serve(self, app: FastAPI, client: Client, **guard: Any) -> AsyncIterator[World]:
        app.state.verifier = self.mint.verifier()
        await reached(client)
        transport = httpx2.ASGITransport(app=guarded(app, client=client, **guard))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            yield World(http, self.mint)
        client.close()
