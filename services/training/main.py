"""Composition root of `training`: the one place that builds things."""

from typing import TYPE_CHECKING

from services.training.answering import AnswerTokens
from services.training.commands.afterwards import Afterwards
from services.training.commands.enrolments import EnrolmentCommands
from services.training.commands.erasure import Erasure
from services.training.commands.line import Line
from services.training.commands.settling import Settling
from services.training.commands.trainings import TrainingCommands
from services.training.reactions import table
from services.training.settings import TrainingSettings
from services.training.store import Stores
from shared.consumer import Consumer
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, connect
from shared.numbers import Numbers
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


def build_trainings(stores: Stores) -> TrainingCommands:
    return TrainingCommands(stores, numbers=Numbers(stores.trainings.counters, "PLT", block=1))


def build_afterwards(stores: Stores, settings: TrainingSettings) -> Afterwards:
    return Afterwards(stores, tokens=AnswerTokens(settings.index_key))


def application(settings: TrainingSettings) -> "tuple[FastAPI, Client]":
    """The API, not yet connected to anything."""
    from services.training import api as routes
    from services.training.certificates import Certificates
    from services.training.commands.attendance import Attendance
    from services.training.commands.products import ProductCommands
    from services.training.views.enrolments import EnrolmentViews
    from services.training.views.papers import PaperViews
    from services.training.views.products import ProductViews
    from services.training.views.results import ResultViews
    from services.training.views.trainings import TrainingViews
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan
    from shared.papers.printing import Printer
    from shared.papers.signing import PaperSigner, PaperVerifier

    client = connect(settings.mongo_url, app="training-api", timeout_ms=API_TIMEOUT_MS)
    stores = Stores(client[settings.database])
    trainings, vault = build_trainings(stores), build_vault(client, settings)
    signer = PaperSigner(settings.paper_key)

    async def prepare() -> None:
        await stores.prepare()
        await trainings.prepare()

    app = create_app(
        service=SERVICE,
        title="Si-Caker: pelatihan",
        routers=routes.routers,
        lifespan=lambda: store_lifespan(client, prepare),
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.training_commands = trainings
    app.state.enrolment_commands = EnrolmentCommands(stores, Line(stores))
    app.state.training_views = TrainingViews(stores)
    app.state.enrolment_views = EnrolmentViews(stores, vault=vault)
    app.state.attendance = Attendance(stores)
    app.state.afterwards = build_afterwards(stores, settings)
    app.state.product_commands = ProductCommands(stores, vault=vault)
    app.state.product_views = ProductViews(stores, vault=vault)
    app.state.result_views = ResultViews(stores)
    app.state.paper_views = PaperViews(
        stores,
        vault=vault,
        papers=Certificates(signer, public_url=settings.public_url),
        verifier=PaperVerifier(signer.published()),
    )
    app.state.printer = Printer()
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
    line, afterwards = Line(stores), build_afterwards(stores, settings)
    certificates = Numbers(stores.trainings.counters, "SRT", block=10)
    erasure = Erasure(stores, EnrolmentCommands(stores, line), vault=build_vault(client, settings))
    settling = Settling(stores, build_trainings(stores), numbers=certificates)
    consumer = Consumer(
        url=settings.kafka_url,
        group=SERVICE,
        reactions=table(stores, erasure),
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
    )
    products = stores.products
    outboxes = (stores.trainings.trainings, stores.enrolments.enrolments, products.products, products.questions)
    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(collection, publisher, topic_prefix=settings.topic_prefix) for collection in outboxes],
        consumer=consumer,
        timers=[
            Timer(name="move_the_line", seconds=30, work=line.move),
            Timer(name="settle_ended", seconds=10, work=settling.settle_all),
            Timer(name="finish_forgotten", seconds=3_600, work=settling.finish_forgotten),
            Timer(name="ask_afterwards", seconds=300, work=afterwards.ask),
        ],
        prepare=stores.prepare,
    )


def worker() -> None:
    build_worker(load(TrainingSettings, service=SERVICE)).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
