"""Which looks at an advert count: people's, once each, and nobody else's."""

import httpx2
import pytest

from services.portal.main import build
from services.portal.readers import is_person
from services.portal.rendering import Rendering
from services.portal.tests.fake_api import ORIGIN, FakeApi, settings

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
ADVERT = "/lowongan/LWK-2026-000001-penjahit"


@pytest.mark.parametrize(
    ("headers", "person"),
    [
        ({"user-agent": PHONE}, True),
        ({"user-agent": PHONE, "sec-purpose": "prefetch;prerender"}, False),
        ({"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, False),
        ({"user-agent": "WhatsApp/2.23.20.0"}, False),
        ({"user-agent": "facebookexternalhit/1.1"}, False),
        ({"user-agent": "curl/8.5.0"}, False),
        ({}, False),
    ],
)
def test_people_are_told_from_programs(headers: dict[str, str], person: bool) -> None:
    assert is_person(headers) is person


async def test_a_look_is_told_once_and_only_at_the_adverts_own_address(api: FakeApi, rendering: Rendering) -> None:
    app = build(settings(portal_token="t" * 32), transport=httpx2.MockTransport(api), rendering=rendering)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers={"User-Agent": PHONE}) as browser:
        moved = await browser.get("/lowongan/LWK-2026-000001")
        assert moved.status_code == 308
        await browser.get(moved.headers["location"])
        await browser.get(ADVERT, headers={"User-Agent": "Googlebot/2.1"})
    read = [request for request in api.asked if request.url.path.endswith("/LWK-2026-000001")]
    assert [request.headers.get("x-view") for request in read] == [None, "1", None]
