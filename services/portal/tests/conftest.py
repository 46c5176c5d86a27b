"""The portal over a fake API, without a network."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from services.portal.main import build
from services.portal.rendering import Rendering
from services.portal.tests.fake_api import ORIGIN, FakeApi, settings


@pytest.fixture(scope="session")
def rendering() -> Rendering:
    """Compiled templates, shared by all tests."""
    return Rendering()


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
async def browser(api: FakeApi, rendering: Rendering) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that keeps cookies as a browser does and follows nothing by itself."""
    app = build(settings(), transport=httpx2.MockTransport(api), rendering=rendering)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app, raise_app_exceptions=False), base_url=ORIGIN
    ) as client:
        yield client
