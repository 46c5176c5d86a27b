"""The page of choices and the service worker in a real browser: it asks to be told, and shows what comes."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import uvicorn
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from deploy.local.parts import free_ports
from services.portal.main import build
from services.portal.rendering import Rendering
from services.portal.session import Seal
from services.portal.tests.fake_api import KEY, FakeApi, settings, signed_in_as
from tests.journeys.browsing import ARGUMENTS, CHROMIUM, look, needs_chromium

pytestmark = needs_chromium
# What a push service hands out; none can be reached from here.
SUBSCRIBED = """
PushManager.prototype.subscribe = async (wish) => {
  window.wish = wish;
  return { toJSON: () => ({ endpoint: "https://push.example/abc", keys: { p256dh: "BKey", auth: "secret" } }) };
};
"""


@pytest.fixture
async def origin(api: FakeApi, rendering: Rendering) -> AsyncIterator[str]:
    (port,) = free_ports(1)
    url = f"http://localhost:{port}"
    app: Any = build(settings(public_url=url), transport=httpx2.MockTransport(api), rendering=rendering)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="on"))
    running = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.02)
    yield url
    server.should_exit = True
    await running


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
async def page(request: pytest.FixtureRequest, origin: str) -> AsyncIterator[Page]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(viewport={"width": request.param, "height": 780}, base_url=origin)
        context.set_default_timeout(10_000)
        session = Seal(KEY).close(signed_in_as("seeker"))
        await context.add_cookies([{"name": "sesi", "value": session, "url": origin}])
        yield await context.new_page()
        await browser.close()


async def test_a_browser_is_added_by_one_press_and_shows_what_comes_once(
    page: Page, origin: str, api: FakeApi
) -> None:
    context = page.context
    await context.grant_permissions(["notifications"], origin=origin)
    await page.add_init_script(SUBSCRIBED)
    api.replies["POST /notifications/devices"] = (201, {"id": "dev_1"})
    await page.goto("/kabar/atur")
    await look(page, "pemberitahuan")
    await page.get_by_role("button", name="Nyalakan di perangkat ini").click()
    await expect(page.get_by_text("Perangkat ini akan ikut diberi tahu.")).to_be_visible()
    given = {"endpoint": "https://push.example/abc", "p256dh": "BKey", "auth": "secret"}
    assert api.sent("POST", "/notifications/devices") == [given]
    told = {"id": "1", "title": "Ada kabar untuk Anda", "body": "Ketuk", "link": "/lamaran", "tag": "t"}
    for content in (told, told, {**told, "id": "2"}):
        await deliver(context, page, origin, content)
    shown = await page.evaluate(
        "navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => all.map((it) => it.title))"
    )
    assert shown == ["Ada kabar untuk Anda"]


async def test_a_browser_that_may_not_tell_says_so_and_sends_nothing(page: Page, api: FakeApi) -> None:
    await page.add_init_script("Notification.requestPermission = async () => 'denied'")
    await page.goto("/kabar/atur")
    await page.get_by_role("button", name="Nyalakan di perangkat ini").click()
    await expect(page.get_by_text("tidak mengizinkan pemberitahuan")).to_be_visible()
    assert api.sent("POST", "/notifications/devices") == []


async def deliver(context: BrowserContext, page: Page, origin: str, content: dict[str, str]) -> None:
    """As the browser does with what its push service brought."""
    line = await context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, Any]) -> None:
        for each in event["registrations"]:
            if not found.done():
                found.set_result(each["registrationId"])

    line.on("ServiceWorker.workerRegistrationUpdated", registered)
    await line.send("ServiceWorker.enable")
    id = await asyncio.wait_for(found, 10)
    await line.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": id, "data": json.dumps(content)}
    )
    await line.detach()
