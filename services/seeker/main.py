"""Composition root of `seeker`: the one place that builds things."""

from typing import TYPE_CHECKING

from services.seeker.commands import Commands
from services.seeker.reactions import table
from services.seeker.settings import SeekerSettings
from services.seeker.store import SeekerStore
from shared.consumer import Consumer
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, connect
from shared.outbox import Relay
from shared.roles import run_role
from shared.sealed import Vault
from shared.settings import load
from shared.worker import Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

SERVICE = "seeker"


def build_store(client: Client, settings: SeekerSettings) -> SeekerStore:
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    return SeekerStore(client[settings.database], vault=vault, index_key=settings.index_key)


def application(settings: SeekerSettings) -> "tuple[FastAPI, Client]":
    """The API, not yet connected to anything."""
    from services.seeker import api as routes
    from services.seeker.views import Views
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan

    client = connect(settings.mongo_url, app="seeker-api", timeout_ms=API_TIMEOUT_MS)
    store = build_store(client, settings)
    app = create_app(
        service=SERVICE,
        title="Si-Caker: profil pencari kerja",
        routers=[routes.router],
        lifespan=lambda: store_lifespan(client, store.prepare),
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.commands = Commands(store, test_data=settings.test_data)
    app.state.views = Views(store)
    return app, client


def api() -> None:
    from shared.http import guarded, serve

    settings = load(SeekerSettings, service=SERVICE)
    app, client = application(settings)
    serve(guarded(app, client=client), settings)


def build_worker(settings: SeekerSettings) -> Worker:
    client = connect(settings.mongo_url, app="seeker-worker", timeout_ms=WORKER_TIMEOUT_MS)
    store = build_store(client, settings)
    publisher = Publisher(settings.kafka_url, client_id="seeker-worker")
    consumer = Consumer(
        url=settings.kafka_url,
        group=SERVICE,
        reactions=table(Commands(store, test_data=settings.test_data)),
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
    )
    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(store.seekers, publisher, topic_prefix=settings.topic_prefix)],
        consumer=consumer,
        prepare=store.prepare,
    )


def worker() -> None:
    build_worker(load(SeekerSettings, service=SERVICE)).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
