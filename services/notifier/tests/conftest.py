"""A notifier with real stores and with providers on real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import pytest

from services.notifier.main import application as build
from services.notifier.main import sender
from services.notifier.planner import plan
from services.notifier.sender import Sender
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.mail import MailServer
from shared.events import Envelope
from shared.http import guarded
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TEST_KEY, TokenMint, reached

MakeSettings = Callable[..., Any]


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def sms_provider() -> AsyncIterator[SmsProvider]:
    provider = SmsProvider()
    await provider.start()
    yield provider
    await provider.stop()


@pytest.fixture
def settings(make_settings: MakeSettings, mail_server: MailServer, sms_provider: SmsProvider) -> NotifierSettings:
    found: NotifierSettings = make_settings(
        NotifierSettings,
        service="notifier",
        smtp_url=f"smtp://127.0.0.1:{mail_server.port}",
        sms_url=f"http://127.0.0.1:{sms_provider.port}/sms",
        sms_token="secret",
        public_url="https://si-caker.example",
        quiet_hours="none",
        gather_seconds=0,
    )
    return found


@pytest.fixture
async def store(client: Client, settings: NotifierSettings) -> MessageStore:
    store = MessageStore(client[settings.database])
    await store.prepare()
    return store


@pytest.fixture
def vault(client: Client, settings: NotifierSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=TEST_KEY)


@dataclass
class House:
    """A notifier at work: its senders run until the test ends."""

    settings: NotifierSettings
    client: Client
    store: MessageStore
    vault: Vault
    mail: MailServer
    sms: SmsProvider
    senders: list[Sender] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self, *, deaf: bool = False) -> None:
        """Start a sender; a `deaf` one hears no hints."""
        post = sender(self.settings, self.client, self.store)
        self.senders.append(post)
        self._tasks += [asyncio.create_task(loop(self._stopping)) for loop in post.loops[1 if deaf else 0 :]]

    async def stop_senders(self) -> None:
        """As SIGTERM does; `start` begins anew."""
        self._stopping.set()
        for task in self._tasks:
            await asyncio.wait_for(task, 10)
        for post in self.senders:
            await post.close()
        self._tasks, self.senders, self._stopping = [], [], asyncio.Event()

    async def stop(self) -> None:
        await self.mail.stop()  # whoever waits for an answer gets none now
        await self.sms.stop()
        await self.stop_senders()

    async def knows(
        self, recipient: str, purpose: str = "seeker-contact", *, owner: str | None = None, **data: str
    ) -> None:
        """A contact as a projection would have stored it."""
        person = owner or recipient.removeprefix("account:")
        sealed = await self.vault.seal(person, purpose, data)
        row = {"owner": person, "sealed": sealed, "purpose": purpose, "seq": 1}
        await self.store.contacts.update_one({"_id": recipient}, {"$set": row}, upsert=True)

    async def plan(self, *events: Envelope[Any], **changes: Any) -> list[str]:
        """Store the messages of `events`; their ids. `changes` is what else than the plan says, such as `lane`."""
        messages = [replace(message, **changes) for event in events for message in plan(event)]
        await self.store.add(messages)
        return [message.id for message in messages]

    async def states(self) -> dict[str, int]:
        """How many messages are in each state."""
        found: dict[str, int] = {}
        async for row in self.store.messages.find({}, {"state": 1}):
            found[row["state"]] = found.get(row["state"], 0) + 1
        return found

    async def until_ended(self, *, seconds: float = 20.0) -> dict[str, int]:
        """The states, once nothing waits any more."""

        async def ended() -> dict[str, int] | None:
            found = await self.states()
            return found if found and "waiting" not in found else None

        found: dict[str, int] = await until(ended, seconds=seconds)
        return found


@pytest.fixture
async def house(
    settings: NotifierSettings,
    client: Client,
    store: MessageStore,
    vault: Vault,
    mail_server: MailServer,
    sms_provider: SmsProvider,
) -> AsyncIterator[House]:
    house = House(settings, client, store, vault, mail_server, sms_provider)
    yield house
    await house.stop()


async def until(check: Callable[[], Awaitable[Any] | Any], *, seconds: float = 20.0) -> Any:
    """What `check` finds, as soon as it finds something."""
    async with asyncio.timeout(seconds):
        while True:
            found = check()
            if isinstance(found, Awaitable):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.01)


@pytest.fixture
async def http(settings: NotifierSettings, store: MessageStore, mint: TokenMint) -> AsyncIterator[httpx2.AsyncClient]:
    app, client = build(settings)
    app.state.verifier = mint.verifier()
    await reached(client)
    transport = httpx2.ASGITransport(app=guarded(app, client=client))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield http
    client.close()
