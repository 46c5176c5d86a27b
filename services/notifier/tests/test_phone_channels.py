"""SMS and WhatsApp by each provider's own shape, against servers on real sockets."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from services.notifier.channels.channel import Accepted, Channel, Outgoing, Refused, Unsure
from services.notifier.channels.twilio import Twilio
from services.notifier.channels.whatsapp import WhatsApp
from services.notifier.channels.zenziva import Zenziva
from services.notifier.tests.providers.http import HttpProvider
from services.notifier.tests.providers.twilio import TwilioProvider
from services.notifier.tests.providers.whatsapp import WhatsAppProvider
from services.notifier.tests.providers.zenziva import ZenzivaProvider

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PHONE = "+6281234567890"
CALLBACK = "https://si-caker.example/api/v1/callbacks/twilio"
KINDS: dict[str, type[HttpProvider]] = {
    "zenziva": ZenzivaProvider,
    "twilio": TwilioProvider,
    "whatsapp": WhatsAppProvider,
}


def text(number: int = 1) -> Outgoing:
    return Outgoing(
        key=f"evt_{number}:x:sms:a",
        to=PHONE,
        text="Si-Caker: halo & salam",
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


def channel(kind: str, port: int) -> Channel:
    url = f"http://127.0.0.1:{port}"
    if kind == "zenziva":
        return Zenziva(url=f"{url}/api/sendsms/", user="kunci", password="rahasia", timeout=5.0)
    if kind == "twilio":
        return Twilio(url=url, user="AC1", password="rahasia", sender="+1500", callback=CALLBACK, timeout=5.0)
    return WhatsApp(url=f"{url}/v21.0/1234", token="rahasia", template="kabar", timeout=5.0)


@asynccontextmanager
async def talking(kind: str) -> AsyncIterator[tuple[Channel, HttpProvider]]:
    provider = KINDS[kind]()
    await provider.start()
    found = channel(kind, provider.port)
    yield found, provider
    await found.close()
    await provider.stop()


async def test_zenziva_gets_its_form_with_the_number_as_it_is_dialled_here() -> None:
    async with talking("zenziva") as (zenziva, provider):
        assert await zenziva.send(text()) == Accepted(reference="1")
        (request,) = provider.requests
        assert request.content == {
            "userkey": "kunci",
            "passkey": "rahasia",
            "to": "081234567890",
            "message": "Si-Caker: halo & salam",
        }


async def test_twilio_gets_its_form_and_an_address_for_receipts_that_carries_our_key() -> None:
    async with talking("twilio") as (twilio, provider):
        assert await twilio.send(text()) == Accepted(reference="SM1")
        (request,) = provider.requests
        assert request.path == "/2010-04-01/Accounts/AC1/Messages.json"
        assert request.headers["authorization"] == "Basic " + base64.b64encode(b"AC1:rahasia").decode()
        assert request.content == {
            "From": "+1500",
            "To": PHONE,
            "Body": "Si-Caker: halo & salam",
            "StatusCallback": f"{CALLBACK}?key=evt_1%3Ax%3Asms%3Aa",
        }


async def test_whatsapp_gets_an_approved_template_with_our_text_and_our_key() -> None:
    async with talking("whatsapp") as (whatsapp, provider):
        assert await whatsapp.send(text()) == Accepted(reference="wamid.1")
        (request,) = provider.requests
        assert request.path == "/v21.0/1234/messages"
        assert request.content["to"] == "6281234567890"
        assert request.content["template"]["components"][0]["parameters"] == [
            {"type": "text", "text": "Si-Caker: halo & salam"}
        ]
        assert request.content["biz_opaque_callback_data"] == "evt_1:x:sms:a"


# code, permanent, provider, elsewhere
BUSY = (False, False, True)
OURS = (False, True, True)
FINAL = (True, False, False)


@pytest.mark.parametrize(
    ("kind", "rule", "code", "means"),
    [
        ("zenziva", "no credit", "zenziva_account", OURS),
        ("zenziva", "bad number", "zenziva_refused", FINAL),
        ("zenziva", "500", "http_500", OURS),
        ("twilio", "21211", "twilio_21211", FINAL),
        ("twilio", "20429", "twilio_20429", BUSY),
        ("twilio", "503", "http_503", OURS),
        ("twilio", "401", "http_401", OURS),
        ("whatsapp", "131026", "whatsapp_131026", (True, False, True)),
        ("whatsapp", "130429", "whatsapp_130429", BUSY),
        ("whatsapp", "401", "http_401", OURS),
        ("whatsapp", "500", "http_500", OURS),
    ],
)
async def test_a_refusal_is_understood_and_the_next_message_goes_through(
    kind: str, rule: str, code: str, means: tuple[bool, bool, bool]
) -> None:
    async with talking(kind) as (found, provider):
        provider.rule = lambda _, before: rule if before == 0 else "accept"
        with pytest.raises(Refused) as refusal:
            await found.send(text())
        said = refusal.value
        assert (said.code, (said.permanent, said.provider, said.elsewhere)) == (code, means)
        assert isinstance(await found.send(text(2)), Accepted)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", ["drop", "garbage", "stall"])
async def test_a_message_whose_answer_never_came_may_have_been_taken(kind: str, rule: str) -> None:
    async with talking(kind) as (found, provider):
        provider.rule = lambda _, before: rule if before == 0 else "accept"
        with pytest.raises((Unsure, TimeoutError)):
            async with asyncio.timeout(0.3 if rule == "stall" else 5.0):
                await found.send(text())
        assert len(provider.requests) == 1
        assert isinstance(await found.send(text(2)), Accepted)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_provider_that_is_away_took_nothing_for_certain(kind: str) -> None:
    async with talking(kind) as (found, provider):
        await provider.stop()
        with pytest.raises(Refused) as refusal:
            await found.send(text())
        assert (refusal.value.permanent, refusal.value.provider) == (False, True)
