"""The ways to the providers, against servers on real sockets that refuse, stall, hang up and talk nonsense."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.notifier.channels.channel import Accepted, Channel, Outgoing, Refused, Unsure
from services.notifier.channels.email import EmailChannel
from services.notifier.channels.json_sms import JsonSms
from services.notifier.channels.mail import Letterhead
from services.notifier.channels.smtp_server import SmtpServer
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.mail import MailServer

LETTERHEAD = Letterhead("Si-Caker <no-reply@si-caker.example>")
PHONE = "+6281234567890"


def mail(key: str = "evt_1:x:email:a", to: str = "siti@contoh.id") -> Outgoing:
    return Outgoing(key=key, to=to, text="Halo\n.\n..titik", html="<p>Halo</p>", subject="Kabar", created_at=NOW)


def sms(key: str = "evt_1:x:sms:a") -> Outgoing:
    return Outgoing(key=key, to=PHONE, text="Si-Caker: halo", created_at=NOW)


NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(params=[False, True], ids=["one command at a time", "commands in a row"])
async def email(mail_server: MailServer, request: pytest.FixtureRequest) -> AsyncIterator[EmailChannel]:
    mail_server.pipelining = request.param
    server = SmtpServer.at(f"smtp://127.0.0.1:{mail_server.port}", hello="si-caker.example", timeout=5.0)
    channel = EmailChannel(server, LETTERHEAD)
    yield channel
    await channel.close()


@pytest.fixture
async def text(sms_provider: SmsProvider) -> AsyncIterator[JsonSms]:
    channel = JsonSms(url=f"http://127.0.0.1:{sms_provider.port}/sms", token="secret", timeout=5.0)
    yield channel
    await channel.close()


async def end(channel: Channel, message: Outgoing, *, seconds: float = 5.0) -> tuple[object, ...]:
    """How a try ended, in a form to compare."""
    try:
        async with asyncio.timeout(seconds):
            await channel.send(message)
    except Refused as refusal:
        return ("refused", refusal.code, refusal.permanent, refusal.provider)
    except (Unsure, TimeoutError):
        return ("unsure",)
    return ("accepted",)


async def test_a_mail_arrives_whole_over_a_connection_that_is_kept(
    email: EmailChannel, mail_server: MailServer
) -> None:
    for number in range(5):
        assert await email.send(mail(f"evt_{number}")) == Accepted()
    assert mail_server.connections == 1
    first = mail_server.accepted[0]
    assert first.to == ("siti@contoh.id",)
    assert first.parsed["Message-ID"] == LETTERHEAD.message_id("evt_0")
    assert first.raw == LETTERHEAD.write(mail("evt_0")).removesuffix(b"\r\n")


@pytest.mark.parametrize(
    ("rule", "ended"),
    [
        ("550", ("refused", "smtp_550", True, False)),
        ("450", ("refused", "smtp_450", False, False)),
        ("421", ("refused", "smtp_421", False, True)),
        ("data 554", ("refused", "smtp_554", True, False)),
        ("data 451", ("refused", "smtp_451", False, False)),
        ("data 421", ("refused", "smtp_421", False, True)),
        ("hang up", ("refused", "smtp_disconnected", False, True)),
        ("drop", ("unsure",)),
        ("garbage", ("unsure",)),
        ("stall", ("unsure",)),
    ],
)
async def test_a_mail_servers_answer_is_understood_and_the_next_mail_goes_through(
    email: EmailChannel, mail_server: MailServer, rule: str, ended: tuple[object, ...]
) -> None:
    mail_server.rule = lambda to, _: rule if to.startswith("siti") else "accept"
    assert await end(email, mail(), seconds=0.3 if rule == "stall" else 5.0) == ended
    assert await end(email, mail("evt_2", "ratna@contoh.id")) == ("accepted",)
    assert [found.to for found in mail_server.accepted][-1] == ("ratna@contoh.id",)


async def test_a_connection_that_the_server_closed_meanwhile_costs_no_try(
    email: EmailChannel, mail_server: MailServer
) -> None:
    mail_server.rule = lambda _, __: "once"
    for number in range(4):
        assert await end(email, mail(f"evt_{number}")) == ("accepted",)
    assert len(mail_server.accepted) == 4


async def test_a_mail_server_that_is_away_is_noticed_and_used_again_when_it_is_back(
    email: EmailChannel, mail_server: MailServer
) -> None:
    assert await end(email, mail("evt_1")) == ("accepted",)
    await mail_server.stop()
    kind, _, permanent, provider = await end(email, mail("evt_2"))
    assert (kind, permanent, provider) == ("refused", False, True)
    await mail_server.start()
    assert await end(email, mail("evt_2")) == ("accepted",)


async def test_a_server_that_does_not_greet_us_is_the_servers_trouble(
    email: EmailChannel, mail_server: MailServer
) -> None:
    mail_server.greeting = "554 not you"
    kind, _, permanent, provider = await end(email, mail())
    assert (kind, permanent, provider) == ("refused", False, True)


async def test_an_address_that_smuggles_a_command_reaches_no_server(
    email: EmailChannel, mail_server: MailServer
) -> None:
    assert await end(email, mail(to="a@b.id>\r\nRCPT TO:<x@y.id")) == ("refused", "bad_address", True, False)
    assert mail_server.connections == 0


async def test_encryption_that_is_demanded_is_not_given_up_where_the_server_has_none(mail_server: MailServer) -> None:
    server = SmtpServer.at(f"smtp+starttls://127.0.0.1:{mail_server.port}", hello="si-caker.example", timeout=2.0)
    channel = EmailChannel(server, LETTERHEAD)
    kind, _, permanent, provider = await end(channel, mail())
    assert (kind, permanent, provider) == ("refused", False, True)
    assert mail_server.accepted == []


async def test_an_sms_is_posted_with_its_key_and_our_token(text: JsonSms, sms_provider: SmsProvider) -> None:
    for number in range(5):
        accepted = await text.send(sms(f"evt_{number}"))
    assert accepted == Accepted(reference="sms-5")
    assert sms_provider.requests[0].content == {"to": PHONE, "text": "Si-Caker: halo", "key": "evt_0"}
    assert sms_provider.tokens == {"Bearer secret"}
    assert sms_provider.connections == 1


@pytest.mark.parametrize(
    ("rule", "ended"),
    [
        ("400", ("refused", "http_400", True, False)),
        ("404", ("refused", "http_404", True, False)),
        ("408", ("refused", "http_408", False, True)),
        ("401", ("refused", "http_401", False, True)),
        ("429", ("refused", "http_429", False, True)),
        ("500", ("refused", "http_500", False, True)),
        ("503", ("refused", "http_503", False, True)),
        ("302", ("refused", "http_302", True, False)),
        ("drop", ("unsure",)),
        ("garbage", ("unsure",)),
        ("stall", ("unsure",)),
    ],
)
async def test_an_sms_providers_answer_is_understood_and_the_next_one_goes_through(
    text: JsonSms, sms_provider: SmsProvider, rule: str, ended: tuple[object, ...]
) -> None:
    sms_provider.rule = lambda _, before: rule if before == 0 else "accept"
    assert await end(text, sms("evt_1"), seconds=0.3 if rule == "stall" else 5.0) == ended
    assert await end(text, sms("evt_2")) == ("accepted",)


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("99999999", 3600.0), ("soon", 0.0), ("-1", 0.0)])
async def test_a_provider_that_asks_us_to_wait_is_heard(
    text: JsonSms, sms_provider: SmsProvider, told: str, seconds: float
) -> None:
    sms_provider.rule = lambda _, __: f"429 {told}"
    with pytest.raises(Refused) as refusal:
        await text.send(sms())
    assert refusal.value.retry_after == seconds


async def test_an_sms_provider_that_is_away_took_nothing_for_certain(
    text: JsonSms, sms_provider: SmsProvider
) -> None:
    await sms_provider.stop()
    kind, _, permanent, provider = await end(text, sms())
    assert (kind, permanent, provider) == ("refused", False, True)


def test_a_message_shows_nobodys_address_when_it_is_printed() -> None:
    assert "contoh" not in repr(mail())
    assert PHONE not in repr(sms())
