"""The processes of a run, built of the real parts as the services' composition roots build them."""

import asyncio
from collections.abc import Coroutine, Sequence
from types import SimpleNamespace
from typing import Any

from services.notifier.breaker import Breaker
from services.notifier.channels.pool import Pool, Provider
from services.notifier.channels.rate import Bucket
from services.notifier.composing import Composer
from services.notifier.contacts import Contacts
from services.notifier.domain import ChannelName, Lane
from services.notifier.night import Night
from services.notifier.planner import TABLE
from services.notifier.reactions import table
from services.notifier.receipts import Receipts
from services.notifier.sender import Sender
from services.notifier.store import MessageStore
from services.notifier.suppression import Suppression
from shared.consumer import Consumer
from shared.contracts.application import ApplicationFacts, ApplicationViewed
from shared.effects import Effect, Projection, Reactions
from shared.events import Envelope
from shared.kafka import Publisher
from shared.mongo import Document
from shared.relay import Relay
from shared.testing import TEST_KEY
from tests.promises.simulation.providers import Line
from tests.promises.simulation.world import World

STOP_SECONDS = 9.0
BATCH = 5


async def relay(world: World, stopping: asyncio.Event) -> None:
    """The worker of `application`, as far as it concerns its outbox."""
    rows: Any = world.applications
    publisher = Publisher("bus", client_id="relay")
    await _together([Relay(rows, publisher).run(stopping)], stopping)
    await publisher.stop()


async def notifier(world: World, stopping: asyncio.Event) -> None:
    """The worker of `notifier`: one consumer, all the senders."""
    database: Any = SimpleNamespace(
        messages=world.messages,
        contacts=world.contacts,
        employers=world.employers,
        receipts=world.receipts,
        suppressed=world.suppressed,
        replies=None,
        costs=None,
        people=None,
        rhythms=None,
        announcements=None,
        devices=None,  # nobody asked for pushes here
    )
    vault, texts, publisher = _Vault(), _Texts(), Publisher("bus", client_id="notifier")
    store = MessageStore(database)
    opened: Any = Contacts(store, vault)  # type: ignore[arg-type]
    post = Sender(
        store,
        Composer(opened, _People(), texts, night=Night.read("none"), index_key=TEST_KEY),  # type: ignore[arg-type]
        open_pool=lambda lane, name: _pool(world, lane, name),
        receipts=Receipts(store),
        suppression=Suppression(store.suppressed),
        batch=lambda _: BATCH,
    )
    consumer = Consumer(
        url="bus", group="notifier", reactions=_reactions(world, store), publisher=publisher, probe=_answers(world)
    )
    await _together([consumer.run(stopping), *(loop(stopping) for loop in post.loops)], stopping)
    await post.close()
    await publisher.stop()


def _pool(world: World, lane: Lane, name: ChannelName) -> Pool | None:
    if name == "push":
        return None
    line = Line(world.provider, name)
    return Pool([Provider(name=name, channel=line, breaker=Breaker(), bucket=Bucket(None))], lane=lane)


async def _together(parts: Sequence[Coroutine[Any, Any, None]], stopping: asyncio.Event) -> None:
    """As a worker does it: when one part ends, all are stopped; what is late then is cancelled."""
    tasks = [asyncio.create_task(part) for part in parts]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    failed = None if stopping.is_set() else next((task.exception() for task in done if task.exception()), None)
    stopping.set()
    _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
    for task in late:
        task.cancel()
    if failed is not None:
        raise failed


def _reactions(world: World, store: MessageStore) -> Reactions:
    """The notifier's own table, whose planning fails now and then, and a copy of each application beside it."""
    rows: Any = world.copies
    copy = Projection(collection=rows, shape=_copy)
    real = table(store)

    async def plan_or_fail(envelope: Envelope[Any]) -> None:
        fates = world.fates
        if fates.flaws and world.loop.time() < fates.quiet_at and fates.chance(0.3):
            fates.flaws -= 1
            raise RuntimeError("a reaction that fails for a while")
        plan: Any = real[type(envelope.data)]
        await plan(envelope)

    found: dict[Any, Effect | Sequence[Effect]] = {**real, **dict.fromkeys(TABLE, plan_or_fail)}
    for kind in [*(kind for kind in TABLE if issubclass(kind, ApplicationFacts)), ApplicationViewed]:
        found[kind] = (copy, plan_or_fail) if kind in TABLE else copy
    return found


def _copy(envelope: Envelope[Any]) -> Document:
    return {"number": envelope.data.number, "step": envelope.data.vacancy_title}


def _answers(world: World) -> Any:
    async def probe() -> None:
        await world.messages.count_documents({"_id": "none"})

    return probe


class _Vault:
    """Opens every seal: keys are not what is simulated."""

    async def open_many(self, purpose: str, sealed: dict[str, str]) -> dict[str, dict[str, str]]:
        code = {"phone": "+628", "code": "123456"}
        person = {"phone": "+628", "email": "siti@contoh.id", "name": "Siti"}
        return dict.fromkeys(sealed, code if purpose == "code" else person)


class _People:
    async def choices_of(self, accounts: set[str]) -> dict[str, Any]:
        """Nobody chose anything."""
        return {}


class _Texts:
    def sms(self, template: str, params: Any, *, link: str, language: str) -> str:
        return f"{template} {link}"

    def mail(self, template: str, params: Any, *, link: str, name: str, language: str) -> Any:
        return SimpleNamespace(subject=template, text=link, html="")
