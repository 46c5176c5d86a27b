"""Every route for every role: whoever the table does not let in is refused before anything is read or written. A
route without a row, or a row without a route, fails."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from shared.testing import TokenMint
from tests.access import ACCESS, MANDATES, ROLES, WHO
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
    async def send(
        service: str, method: str, path: str, role: str | None, parts: tuple[str, ...] | None = None
    ) -> int:
        transport = httpx2.ASGITransport(app=served[service], raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            headers = mint.headers("acc_stranger", role) if role else {}
            if parts is not None:
                headers = mint.helping("acc_stranger", *parts)
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


SEEKERS = [row for row in CLOSED if "seeker" in WHO[row[1]]]


@pytest.mark.parametrize(
    ("service", "who", "method", "path"), SEEKERS, ids=[f"{row[0]} {row[2]} {row[3]}" for row in SEEKERS]
)
async def test_whoever_acts_for_a_person_gets_in_by_a_named_part_and_nowhere_else(
    call: Callable[..., Awaitable[int]], service: str, who: str, method: str, path: str
) -> None:
    opened = {part for part, rows in MANDATES.items() if f"{method} {path}" in rows}
    assert await call(service, method, path, "seeker", tuple(set(MANDATES) - opened)) == 403
    for part in opened:
        assert await call(service, method, path, "seeker", (part,)) not in (401, 403), part


def test_a_mandate_opens_only_what_the_table_has() -> None:
    assert {row for rows in MANDATES.values() for row in rows} <= {f"{row[2]} {row[3]}" for row in SEEKERS}
