"""A browser with scripts switched off, once as wide as a phone and once as wide as a desk."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from deploy.local.demo.people import Gateway
from tests.journeys.browsing import ARGUMENTS, CHROMIUM


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
async def page(request: pytest.FixtureRequest, gateway: Gateway) -> AsyncIterator[Page]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(
            viewport={"width": request.param, "height": 780},
            java_script_enabled=False,
            base_url=gateway.url,
            locale="id-ID",
        )
        context.set_default_timeout(20_000)
        yield await context.new_page()
        await browser.close()
