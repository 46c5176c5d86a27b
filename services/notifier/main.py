"""Composition root of `notifier`: the one place that builds things."""

from typing import TYPE_CHECKING

from services.notifier.announcements.spreading import Crier
from services.notifier.announcements.store import AnnouncementStore
from services.notifier.announcements.tokens import StopNews
from services.notifier.composing import Composer
from services.notifier.contacts import Contacts
from services.notifier.devices import Devices
from services.notifier.gathering import Gatherer
from services.notifier.intake import Intake
from services.notifier.night import Night
from services.notifier.opening import Opening
from services.notifier.pushing import Pushes
from services.notifier.reactions import table
from services.notifier.receipts import Receipts
from services.notifier.rendering import Texts
from services.notifier.replies import Replies
from services.notifier.sender import Sender
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from services.notifier.suppression import Suppression
from services.notifier.withdrawing import Withdrawing
from shared.consumer import Consumer
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, connect
from shared.relay import Relay
from shared.roles import run_role
from shared.sealed import Vault
from shared.settings import load
from shared.worker import Timer, Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

MEASURE_SECONDS = 5.0
GATHER_LOOK_SECONDS = 5.0


def application(settings: NotifierSettings) -> "tuple[FastAPI, Client]":
    """The API, without any input or output yet."""
    from services.notifier import api as routes
    from services.notifier.announcements.commands import AnnouncementCommands
    from services.notifier.callbacks import routes as callbacks
    from services.notifier.channels.vapid import private_key, public_text
    from services.notifier.commands import Commands
    from services.notifier.desk import Desk
    from services.notifier.preview import Previews
    from services.notifier.views import Views
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan

    client = connect(settings.mongo_url, app="notifier-api", timeout_ms=API_TIMEOUT_MS)
    store = MessageStore(client[settings.database])
    app = create_app(
        service="notifier",
        title="Si-Caker: pemberitahuan",
        routers=[*routes.routers, callbacks.router],
        lifespan=lambda: store_lifespan(client, store.prepare),
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    texts = Texts(settings.public_url)
    app.state.views, app.state.desk, app.state.previews = Views(store, texts), Desk(store), Previews(store, texts)
    app.state.people, app.state.commands = store.people, Commands(store.people)
    app.state.intake = intake(settings, client, store)
    app.state.providers = {one.name: one for one in settings.all_providers}
    app.state.public_url = settings.public_url
    app.state.announcements = AnnouncementStore(store)
    app.state.announcement_commands = AnnouncementCommands(app.state.announcements)
    app.state.stop_news = StopNews(settings.index_key)
    app.state.devices = devices(settings, client)
    app.state.push_public = public_text(private_key(settings.push_key)) if settings.push_key else None
    return app, client


def devices(settings: NotifierSettings, client: Client) -> Devices:
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    hosts = settings.push_services
    return Devices(client[settings.database], vault, index_key=settings.index_key, hosts=hosts)


def intake(settings: NotifierSettings, client: Client, store: MessageStore) -> Intake:
    """What providers tell comes in here, by a callback or over a line."""
    suppression = Suppression(store.suppressed)
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    replies = Replies(store, suppression, vault, index_key=settings.index_key)
    return Intake(Receipts(store), replies, suppression, index_key=settings.index_key)


def sender(settings: NotifierSettings, client: Client, store: MessageStore) -> Sender:
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    opening = Opening(settings, store, intake(settings, client, store).take)
    return Sender(
        store,
        Composer(
            Contacts(store, vault),
            store.people,
            Texts(settings.public_url),
            night=Night.read(settings.quiet_hours),
            index_key=settings.index_key,
        ),
        open_pool=opening.open,
        receipts=Receipts(store),
        suppression=Suppression(store.suppressed),
        batch=settings.batch,
        lines=opening.lines,
    )


def api() -> None:
    from shared.http import guarded, serve

    settings = load(NotifierSettings)
    app, client = application(settings)
    serve(guarded(app, client=client), settings)


def worker() -> None:
    settings = load(NotifierSettings)
    client = connect(settings.mongo_url, app="notifier-worker", timeout_ms=WORKER_TIMEOUT_MS)
    publisher = Publisher(settings.kafka_url, client_id="notifier-worker")
    store = MessageStore(client[settings.database], gathers=settings.gather_seconds > 0)
    gatherer = Gatherer(store, seconds=settings.gather_seconds)
    announcements = AnnouncementStore(store)
    told_on = devices(settings, client)
    crier = Crier(store, announcements, StopNews(settings.index_key))

    async def prepare() -> None:
        await store.prepare()
        await announcements.prepare()

    post = sender(settings, client, store)
    Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(store.replies, publisher, topic_prefix=settings.topic_prefix)],
        consumer=Consumer(
            url=settings.kafka_url,
            group=settings.service,
            reactions=table(store, Pushes(store, told_on) if settings.push_key else None),
            publisher=publisher,
            topic_prefix=settings.topic_prefix,
        ),
        timers=[
            Timer(name="measure-messages", seconds=MEASURE_SECONDS, work=post.measure),
            Timer(name="gather-messages", seconds=GATHER_LOOK_SECONDS, work=gatherer.gather),
            Timer(name="tell-withdrawn", seconds=GATHER_LOOK_SECONDS, work=Withdrawing(store).tell),
            Timer(name="announce", seconds=GATHER_LOOK_SECONDS, work=crier.cry),
        ],
        loops=post.loops,
        prepare=prepare,
        close=post.close,
    ).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
