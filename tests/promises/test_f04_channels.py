"""F4 on each channel: the sender is killed before it hands over, before it hears the answer, before it writes it
down, and after. Nothing is lost; told twice is only what it may have handed over, and only by a provider that does
not know our key again."""

import asyncio
import json
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.notifier.channels.vapid import private_key, public_text
from services.notifier.devices import Devices, Subscription
from services.notifier.planner import plan
from services.notifier.pushing import push
from services.notifier.store import MessageStore
from services.notifier.tests.events import application
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.provider import Provider
from services.notifier.tests.providers.push import PushService
from services.notifier.tests.providers.smpp import Smsc
from services.notifier.tests.providers.whatsapp import WhatsAppProvider
from shared.contracts.application import ApplicationRejected
from shared.contracts.identity import LoginCodeIssued
from shared.testing import TEST_KEY, envelope
from tests.promises.conftest import Tell
from tests.promises.stage import MARK_SECONDS, SENDER, WIRE_SECONDS, Stage
from tests.promises.traps import reply, request
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
MOMENTS = ("claimed", "handed_over", "answered_unmarked", "marked")
UNHEARD = MOMENTS[1:]  # the dead sender may have handed something over; one mark is not yet everybody's
LEASES_SECONDS = 75.0  # two leases one after the other, and what is sent then
BATCH = 12
KINDS: dict[str, tuple[type[Provider], dict[str, Any]]] = {
    "json": (SmsProvider, {"url": "http://127.0.0.1:{port}/sms", "password": "secret"}),
    "smpp": (Smsc, {"url": "smpp://127.0.0.1:{port}", "user": "u", "password": "p", "sender": "SICAKER"}),
    "webpush": (PushService, {}),
    "whatsapp": (WhatsAppProvider, {"url": "http://127.0.0.1:{port}/1", "password": "t", "template": "kabar"}),
}


@dataclass
class Watched:
    """A provider, when each message was handed to it, and whom it kills on the way."""

    provider: Provider
    handed: list[tuple[str, float]] = field(default_factory=list)
    act: Callable[[], None] | None = None

    def rule(self, to: str, _: int) -> str:
        self.handed.append((to, time.time()))
        if self.act and len(self.handed) % BATCH >= 3:
            act, self.act = self.act, None
            act()
        return "accept"

    def told(self) -> Counter[str]:
        """How often each person was told: a provider that knows our keys passes a repeat on to nobody."""
        if isinstance(self.provider, SmsProvider):
            return Counter(str(one.content["to"]) for one in self.provider.sent.values())
        if isinstance(self.provider, PushService):  # a repeat takes the place of the first
            browsers = self.provider.browsers.items()
            return Counter(path for path, one in browsers for _ in {each.content["id"] for each in one.got})
        return Counter(to for to, _ in self.handed)


@pytest.fixture
async def watched(stage: Stage, request: pytest.FixtureRequest) -> AsyncIterator[Watched]:
    make, given = KINDS[request.param]
    provider = make()
    await provider.start()
    if isinstance(provider, PushService):
        provider.public_key = public_text(private_key(TEST_KEY))
        stage.settings |= {"PUSH_KEY": TEST_KEY, "PUSH_HOSTS": "127.0.0.1"}
    else:
        line = {**given, "name": "op", "kind": request.param, "url": given["url"].format(port=provider.port)}
        stage.settings["PROVIDERS"] = json.dumps([line])
    found = Watched(provider)
    provider.rule = found.rule
    yield found
    await provider.stop()


@pytest.mark.parametrize("watched", KINDS, indirect=True)
async def test_f04_a_sender_killed_at_each_step_loses_nothing(
    stage: Stage, watched: Watched, tell: Tell
) -> None:
    await stage.start(SENDER)
    kills: list[float] = []
    for number, moment in enumerate(MOMENTS):
        sprung = _arm(stage, watched, moment)
        await _plan(stage, watched.provider, number * BATCH)
        await asyncio.wait_for(sprung.wait(), 30)
        stage.processes[SENDER].wait(5.0)
        if moment in UNHEARD:
            kills.append(time.time())
        await stage.start_unready(SENDER)  # its group first misses the dead one for long; it sends meanwhile
        await until(partial(_only_leases_left, stage, (number + 1) * BATCH), what="the rest")
    await until(lambda: _all_sent(stage), what="every code", seconds=LEASES_SECONDS)
    told, again = watched.told(), Counter(to for to, _ in watched.handed)
    repeated = {to for to, count in again.items() if count > 1}
    tell({"told": told.total(), "retold": told.total() - len(told), "handed_again": len(repeated)})
    assert len(told) == len(MOMENTS) * BATCH, "lost"
    assert repeated, "no kill fell between the hand-over and the mark"
    assert not {to for to in repeated if not _explained(watched, to, kills)}
    if isinstance(watched.provider, SmsProvider | PushService):
        assert set(told.values()) == {1}


def _arm(stage: Stage, watched: Watched, moment: str) -> asyncio.Event:
    """Kill the sender of now when it comes to `moment`; set when it did."""
    pid, edge, mark = stage.processes[SENDER].pid, stage.edges[f"store {SENDER}"], b"settled_at"
    sprung = asyncio.Event()

    def act() -> None:
        os.kill(pid, signal.SIGKILL)
        sprung.set()

    if moment == "claimed":
        edge.trap(act, when=reply("update messages", has=b"$$NOW"))
    elif moment == "handed_over":
        watched.act = act
    elif moment == "answered_unmarked":
        edge.trap(act, when=request("update messages", has=mark))
    else:
        edge.trap(act, when=reply("update messages", has=mark), place="after")
    return sprung


async def _plan(stage: Stage, provider: Provider, first: int) -> None:
    """What the notifier's consumer stores when codes are issued, or when people with a device are told something."""
    ends, store = datetime.now(UTC) + timedelta(minutes=5), MessageStore(stage.database("notifier"))
    devices = Devices(stage.database("notifier"), stage.vault, index_key=TEST_KEY, hosts=["127.0.0.1"])
    for number in range(first, first + BATCH):
        if isinstance(provider, PushService):
            wanted = Subscription(**provider.browser(f"b{number}").subscription)
            device = await devices.add(f"acc_{number}", wanted, at=ends)
            mail = plan(application(ApplicationRejected, number, seeker_id=f"acc_{number}"))[0]
            await store.add([push(mail, f"acc_{number}", device["_id"])])
            continue
        code = {"phone": f"+62811{number:06d}", "code": "123456"}
        sealed = await stage.vault.seal(f"acc_{number}", "code", code)
        event = LoginCodeIssued(account_id=f"acc_{number}", sealed=sealed, expires_at=ends)
        await store.add(plan(envelope(event, subject=f"req_{number}")))


def _explained(watched: Watched, to: str, kills: list[float]) -> bool:
    """Handed over, the first time, by a sender that then died without having heard or written so."""
    first = next(at for who, at in watched.handed if who == to)
    return any(killed - MARK_SECONDS <= first <= killed + WIRE_SECONDS for killed in kills)


async def _only_leases_left(stage: Stage, planned: int) -> bool:
    """Whoever was not in the dead sender's hands has been told."""
    messages = stage.database("notifier").messages
    free = await messages.count_documents({"state": "waiting", "lease": {"$exists": False}})
    return not free and await messages.count_documents({}) == planned


async def _all_sent(stage: Stage) -> bool:
    messages = stage.database("notifier").messages
    return int(await messages.count_documents({"state": "sent"})) == len(MOMENTS) * BATCH
