"""A notifier by itself, with providers on real sockets that do what a scene says."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from services.notifier.main import intake
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from services.notifier.tests.conftest import House
from services.notifier.tests.events import SEEKER, application
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.mail import MailServer
from services.notifier.tests.providers.provider import Provider
from shared.contracts.application import ApplicationHired
from shared.mongo import WORKER_TIMEOUT_MS, close, connect
from shared.sealed import Vault
from shared.testing import TEST_KEY

PHONE = "+6281234567890"


async def states(house: House) -> dict[str, str]:
    return {row["channel"]: row["state"] async for row in house.store.messages.find({}).sort([("channel", 1)])}


async def told(house: House, *heard: Any) -> None:
    await intake(house.settings, house.client, house.store).take(heard)


async def hired(house: House, number: int = 1) -> None:
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    await house.plan(application(ApplicationHired, number))


async def up(stack: AsyncExitStack, provider: Any) -> Any:
    found: Provider = provider
    await found.start()
    stack.push_async_callback(found.stop)
    return found


def by_json(name: str, provider: SmsProvider, weight: int = 100) -> dict[str, Any]:
    url = f"http://127.0.0.1:{provider.port}/sms"
    return {
        "name": name,
        "kind": "json",
        "url": url,
        "password": "secret",
        "weight": weight,
        "callback_key": "secret",
    }


@asynccontextmanager
async def house_at(store_url: str, number: int, providers: Any = None) -> AsyncIterator[House]:
    """A notifier at work with providers of its own."""
    mail, sms, client = MailServer(), SmsProvider(), connect(store_url, app="demo", timeout_ms=WORKER_TIMEOUT_MS)
    await mail.start()
    await sms.start()
    settings = NotifierSettings(
        mongo_url=store_url,
        database_prefix=f"demo{number}_",
        master_key=TEST_KEY,
        index_key=TEST_KEY,
        smtp_url=f"smtp://127.0.0.1:{mail.port}",
        sms_url=f"http://127.0.0.1:{sms.port}/sms",
        sms_token="secret",
        public_url="https://si-caker.example",
        quiet_hours="none",
        providers=json.dumps(providers(sms)) if providers else "",
    )
    store = MessageStore(client[settings.database])
    await store.prepare()
    house = House(settings, client, store, Vault(client[settings.vault].person_keys, master_key=TEST_KEY), mail, sms)
    house.start()
    try:
        yield house
    finally:
        await house.stop()
        close(client)
