"""Composition root of `training`: the one place that builds things."""

from typing import TYPE_CHECKING

from services.training.commands.line import Line
from services.training.commands.settling import Settling
from services.training.reactions import table
from services.training.settings import TrainingSettings
from services.training.store import Stores
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

SERVICE = "training"


def build_vault(client: Client, settings: TrainingSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


def application(settings: TrainingSettings) -> "tuple[FastAPI, Client]":
    """The API, not yet connected to anything."""
    from services.training import api as routes
    from services.training.commands.enrolments import EnrolmentCommands
    from services.training.commands.trainings import TrainingCommands
    from services.training.views.enrolments import EnrolmentViews
    from services.training.views.trainings import TrainingViews
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan
    from shared.numbers import Numbers

    client = connect(settings.mongo_url, app="training-api", timeout_ms=API_TIMEOUT_MS)
    stores = Stores(client[settings.database])
    trainings = TrainingCommands(stores, numbers=Numbers(stores.trainings.counters, "PLT", block=1))

    async def prepare() -> None:
        await stores.prepare()
        await trainings.prepare()

    app = create_app(
        service=SERVICE,
        title="Si-Caker: pelatihan",
        routers=[routes.router],
        lifespan=lambda: store_lifespan(client, prepare),
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.training_commands = trainings
    app.state.enrolment_commands = EnrolmentCommands(stores, Line(stores))
    app.state.training_views = TrainingViews(stores)
    app.state.enrolment_views = EnrolmentViews(stores, vault=build_vault(client, settings))
    return app, client


def api() -> None:
    from shared.http import guarded, serve

    settings = load(TrainingSettings, service=SERVICE)
    app, client = application(settings)
    serve(guarded(app, client=client), settings)


def build_worker(settings: TrainingSettings) -> Worker:
    client = connect(settings.mongo_url, app="training-worker", timeout_ms=WORKER_TIMEOUT_MS)
    stores = Stores(client[settings.database])
    publisher = Publisher(settings.kafka_url, client_id="training-worker")
    line, settling = Line(stores), Settling(stores)
    consumer = Consumer(
        url=settings.kafka_url,
        group=SERVICE,
        reactions=table(stores),
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
    )
    outboxes = (stores.trainings.trainings, stores.enrolments.enrolments)
    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(collection, publisher, topic_prefix=settings.topic_prefix) for collection in outboxes],
        consumer=consumer,
        timers=[
            Timer(name="move_the_line", seconds=30, work=line.move),
            Timer(name="settle_ended", seconds=30, work=settling.settle_all),
        ],
        prepare=stores.prepare,
    )


def worker() -> None:
    build_worker(load(TrainingSettings, service=SERVICE)).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
