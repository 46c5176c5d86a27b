"""Every route for every role: whoever the table does not let in is refused before anything is read or written. A
route without a row, or a row without a route, fails."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from shared.testing import TokenMint
from tests.access import ACCESS, ROLES, WHO
from tests.test_routes import apps, routes

ROWS = [
    (service, who, *row.split(" ", 1))
    for service, table in ACCESS.items()
    for who, rows in table.items()
    for row in rows
]
CLOSED = [row for row in ROWS if row[1] != "anyone"]


@pytest.fixture(scope="module")
def mint() -> TokenMint:
    return TokenMint()


@pytest.fixture(scope="module")
def served(mint: TokenMint) -> dict[str, FastAPI]:
    """Every API with the tests' keys; no store stands behind them, so that a refusal that comes late is none."""
    found = dict(apps())
    for app in found.values():
        app.state.verifier = mint.verifier()
    return found


@pytest.fixture
def call(served: dict[str, FastAPI], mint: TokenMint) -> Callable[..., Awaitable[int]]:
    async def send(service: str, method: str, path: str, role: str | None) -> int:
        transport = httpx2.ASGITransport(app=served[service], raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            headers = mint.headers("acc_stranger", role) if role else {}
            filled = path.replace("{number}", "1").replace("{", "").replace("}", "")
            return (await http.request(method, filled, json={}, headers=headers)).status_code

    return send


def test_the_table_has_every_route_and_no_other() -> None:
    there = {
        (service, method.upper(), path)
        for service, app in apps()
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert {(service, method, path) for service, _, method, path in ROWS} == there
    assert len(ROWS) == len(list(routes())), "a route that no description shows has no row"


@pytest.mark.parametrize(("service", "who", "method", "path"), CLOSED, ids=[f"{r[0]} {r[2]} {r[3]}" for r in CLOSED])
async def test_nobody_else_gets_in(
    call: Callable[..., Awaitable[int]], service: str, who: str, method: str, path: str
) -> None:
    assert await call(service, method, path, None) == 401
    for role in set(ROLES) - set(WHO[who]):
        assert (role, await call(service, method, path, role)) == (role, 403)
