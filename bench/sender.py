"""The notifier's e-mail lane with a full table of messages, against a bare aiosmtplib loop over as many kept-open
connections that hands the same bytes to the same sink."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle

from aiosmtplib import SMTP

from bench.figures import against, ratio
from bench.stand import Stand
from deploy.local.parts import free_ports
from services.notifier.channels.channel import Outgoing
from services.notifier.channels.email import CONNECTIONS
from services.notifier.channels.mail import Letterhead
from services.notifier.domain import Message
from services.notifier.main import sender as build_sender
from services.notifier.planner import plan
from services.notifier.rendering import Texts
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from shared.contracts.application import ApplicationSubmitted
from shared.mongo import Client
from shared.sealed import Vault
from shared.testing import TEST_KEY, envelope
from tests.contracts.samples import full

MAILS, PEOPLE = 800, 100
THINKING = (0.0, 0.01)  # seconds


async def sender(stand: Stand) -> None:
    for seconds in THINKING:
        place, port = stand.place(), free_ports(1)[0]
        given = {"SINK_SECONDS": str(seconds), "SMTP_PORT": str(port)}
        async with stand.client() as client, stand.process("bench.sink", place, **given):
            settings = NotifierSettings(
                **stand.settings(place, "notifier").model_dump(),
                smtp_url=f"smtp://127.0.0.1:{port}",
                sms_url="http://127.0.0.1:9/sms",
                sms_token=TEST_KEY,
                quiet_hours="none",
            )
            lane = Lane(client, settings)
            await lane.prepare()
            rates = await against(lane.drained, partial(_bare, port, lane.mails))
            title = f"sender against aiosmtplib, {CONNECTIONS} connections, sink takes {1e3 * seconds:.0f} ms"
            ratio(title, *rates, goal=0.8)


class Lane:
    """The real sender, with contacts known and messages planned; `mails` are the bytes that it hands over."""

    def __init__(self, client: Client, settings: NotifierSettings) -> None:
        self._client, self._settings = client, settings
        self._store = MessageStore(client[settings.database])
        self.mails = _written(_planned(), settings)

    async def prepare(self) -> None:
        await self._store.prepare()
        vault = Vault(self._client[self._settings.vault].person_keys, master_key=TEST_KEY)
        for person in range(PEOPLE):
            contact = {"name": "Siti Aminah", "email": f"siti{person}@contoh.id"}
            sealed = await vault.seal(f"acc_{person}", "seeker-contact", contact)
            row = {"owner": f"acc_{person}", "sealed": sealed, "purpose": "seeker-contact", "seq": 1}
            await self._store.contacts.insert_one({"_id": f"acc_{person}", **row})

    async def drained(self) -> float:
        """Mails per second, from the start of the sender until none waits."""
        await self._store.messages.delete_many({})
        await self._store.add(_planned())  # anew: what is late is told to the log, and that is not measured here
        stopping, post = asyncio.Event(), build_sender(self._settings, self._client, self._store)
        begun = time.perf_counter()
        running = [asyncio.create_task(loop(stopping)) for loop in post.loops]
        while await self._store.messages.find_one({"state": "waiting"}, {"_id": 1}):
            await asyncio.sleep(0.05)
        took = time.perf_counter() - begun
        stopping.set()
        await asyncio.gather(*running)
        await post.close()
        assert await self._store.messages.count_documents({"state": "sent"}) == MAILS
        return MAILS / took


def _planned() -> list[Message]:
    event = ApplicationSubmitted.model_validate_json(json.dumps(full(ApplicationSubmitted)))
    first = next(message for message in plan(envelope(event, subject="app_1")) if message.channel == "email")
    people = cycle(range(PEOPLE))
    later = datetime.now(UTC) + timedelta(hours=1)
    return [
        replace(first, id=f"m{number}", notice=f"m{number}", recipient=f"acc_{next(people)}", not_after=later)
        for number in range(MAILS)
    ]


def _written(messages: list[Message], settings: NotifierSettings) -> list[tuple[str, bytes]]:
    texts, letterhead, made = Texts(settings.public_url), Letterhead(settings.mail_from), []
    for message in messages:
        mail = texts.mail(message.template, message.params, link=message.link, name="Siti Aminah")
        to = f"siti{message.recipient.removeprefix('acc_')}@contoh.id"
        outgoing = Outgoing(
            key=message.id, to=to, subject=mail.subject, text=mail.text, html=mail.html, created_at=datetime.now(UTC)
        )
        made.append((to, letterhead.write(outgoing)))
    return made


async def _bare(port: int, mails: list[tuple[str, bytes]]) -> float:
    left, begun = iter(mails), time.perf_counter()

    async def line() -> None:
        smtp = SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        await smtp.connect()
        for to, content in left:
            await smtp.sendmail("si-caker@example.go.id", [to], content)
        smtp.close()

    await asyncio.gather(*(line() for _ in range(CONNECTIONS)))
    return len(mails) / (time.perf_counter() - begun)
