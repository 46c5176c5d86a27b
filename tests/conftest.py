"""One whole system for the journeys of a test run."""

from collections.abc import AsyncIterator, Iterator

import pytest

from deploy.local.beside import RunningSystem, system_beside
from deploy.local.demo.people import Gateway, Person, sign_in
from deploy.local.seed import OFFICER


@pytest.fixture(scope="session")
def system() -> Iterator[RunningSystem]:
    with system_beside() as running:
        yield running


@pytest.fixture
async def gateway(system: RunningSystem) -> AsyncIterator[Gateway]:
    async with Gateway(system.url) as gateway:
        yield gateway


@pytest.fixture
async def officer(gateway: Gateway) -> Person:
    return await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
