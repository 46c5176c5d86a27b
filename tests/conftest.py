"""One whole system for the journeys of a test run."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from deploy.local.beside import RunningSystem, system_beside
from deploy.local.demo.people import Gateway, Person, sign_in
from deploy.local.places import LOCAL
from deploy.local.seed import OFFICER
from deploy.local.system import find


@pytest.fixture(scope="session")
def system() -> Iterator[RunningSystem]:
    """Started for this run; or the one that runs in LOCAL_DIR already, which saves its start while writing tests."""
    known = find() if os.environ.get("LOCAL_DIR") else None
    if known is not None:
        yield RunningSystem(known.gateway, LOCAL, dict(os.environ), 0.0)
        return
    with system_beside() as running:
        yield running


@pytest.fixture
async def gateway(system: RunningSystem) -> AsyncIterator[Gateway]:
    async with Gateway(system.url) as gateway:
        yield gateway


@pytest.fixture
async def officer(gateway: Gateway) -> Person:
    return await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
