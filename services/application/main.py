"""Composition root of `application`: the one place that builds things."""

from typing import TYPE_CHECKING

from services.application.commands import Commands
from services.application.desk.commands import DeskCommands
from services.application.desk.store import DeskStore
from services.application.drafts.keeping import Drafts
from services.application.drafts.reminding import DraftReminders
from services.application.labour.ledger import Ledger
from services.application.labour.store import LabourStore
from services.application.placements.commands import PlacementCommands
from services.application.placements.store import PlacementStore
from services.application.reactions import table
from services.application.settings import ApplicationSettings
from services.application.store import ApplicationStore
from shared.consumer import Consumer
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, Database, connect
from shared.numbers import Numbers
from shared.relay import Relay
from shared.roles import run_role
from shared.sealed import Vault
from shared.settings import load
from shared.worker import Timer, Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

SERVICE = "application"
OVERDUE_SECONDS, REMIND_SECONDS, FILLED_TOGETHER = 30.0, 900.0, 1000
RELEASE_SECONDS = 15.0


def build_vault(client: Client, settings: ApplicationSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


def build_commands(store: ApplicationStore, vault: Vault) -> Commands:
    return Commands(store, vault=vault, numbers=Numbers(store.counters, "LMR", block=50))


def build_desk(
    database: Database, store: ApplicationStore, commands: Commands, vault: Vault
) -> tuple[DeskStore, DeskCommands]:
    desk_store = DeskStore(database, store)
    return desk_store, DeskCommands(desk_store, commands, vault=vault)


def build_placements(database: Database, store: ApplicationStore) -> PlacementCommands:
    return PlacementCommands(PlacementStore(database), store, Ledger(LabourStore(database)))


async def prepare_placements(placements: PlacementCommands) -> None:
    await placements.store.prepare()
    await placements.ledger.store.prepare()


def application(settings: ApplicationSettings) -> "tuple[FastAPI, Client]":
    """The API, not yet connected to anything."""
    from services.application import api as routes
    from services.application.attachments import api as attachment_routes
    from services.application.attachments.reading import Attachments
    from services.application.desk import api as desk_routes
    from services.application.desk.views import DeskViews
    from services.application.disability import api as disability_routes
    from services.application.disability.keeping import Disclosures
    from services.application.drafts import api as draft_routes
    from services.application.labour import api as labour_routes
    from services.application.labour.months import Months
    from services.application.meeting import api as meeting_routes
    from services.application.meeting.commands import MeetingCommands
    from services.application.papers import api as paper_routes
    from services.application.papers.printed import Papers
    from services.application.papers.views import PaperViews
    from services.application.placements import api as placement_routes
    from services.application.readers import api as reader_routes
    from services.application.views import Views
    from services.application.whys import api as why_routes
    from services.application.whys.views import WhyViews
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan
    from shared.leave import Leaves
    from shared.papers.printing import Printer
    from shared.papers.signing import PaperSigner

    client = connect(settings.mongo_url, app="application-api", timeout_ms=API_TIMEOUT_MS)
    store, vault = ApplicationStore(client[settings.database]), build_vault(client, settings)
    commands = build_commands(store, vault)
    desk_store, desk = build_desk(client[settings.database], store, commands, vault)
    drafts, disclosures = Drafts(store, vault=vault), Disclosures(store, vault=vault)

    whys, placements = WhyViews(store), build_placements(client[settings.database], store)

    async def prepare() -> None:
        await store.prepare()
        await desk_store.prepare()
        await drafts.prepare()
        await disclosures.prepare()
        await whys.prepare()
        await prepare_placements(placements)
        await commands.prepare()

    app = create_app(
        service=SERVICE,
        title="Si-Caker: lamaran",
        routers=[
            desk_routes.router,
            paper_routes.router,
            meeting_routes.router,
            draft_routes.router,
            why_routes.router,
            placement_routes.router,
            labour_routes.router,
            reader_routes.router,
            disability_routes.router,
            attachment_routes.router,
            routes.router,
        ],
        lifespan=lambda: store_lifespan(client, prepare),
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.commands, app.state.meeting = commands, MeetingCommands(store, commands, vault=vault)
    app.state.views = Views(store, vault=vault)
    papers = Papers(PaperSigner(settings.paper_key), public_url=settings.public_url)
    app.state.paper_views, app.state.printer = PaperViews(store, vault=vault, papers=papers), Printer()
    app.state.disclosures = disclosures
    app.state.attachments = Attachments(store, vault=vault, leaves=Leaves(settings.paper_key))
    app.state.drafts, app.state.readings, app.state.why_views = drafts, store.readings, whys
    app.state.placements, app.state.months = placements, Months(placements.ledger.store)
    app.state.desk, app.state.desk_views = desk, DeskViews(desk_store, desk, vault=vault)
    return app, client


def api() -> None:
    from shared.http import guarded, serve

    settings = load(ApplicationSettings, service=SERVICE)
    app, client = application(settings)
    serve(guarded(app, client=client), settings)


def build_worker(settings: ApplicationSettings) -> Worker:
    client = connect(settings.mongo_url, app="application-worker", timeout_ms=WORKER_TIMEOUT_MS)
    store = ApplicationStore(client[settings.database])
    vault = build_vault(client, settings)
    commands = build_commands(store, vault)
    desk_store, desk = build_desk(client[settings.database], store, commands, vault)
    drafts, placements = Drafts(store, vault=vault), build_placements(client[settings.database], store)
    publisher = Publisher(settings.kafka_url, client_id="application-worker")
    consumer = Consumer(
        url=settings.kafka_url,
        group=SERVICE,
        reactions=table(store, commands, placements),
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
    )

    async def prepare() -> None:
        await store.prepare()
        await desk_store.prepare()
        await drafts.prepare()
        await prepare_placements(placements)
        while await store.fill_due(limit=FILLED_TOGETHER):
            pass

    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[
            Relay(each, publisher, topic_prefix=settings.topic_prefix)
            for each in (store.applications, store.reminders, placements.store.placements)
        ],
        consumer=consumer,
        timers=[
            Timer(name="tell_open_applicants", seconds=60, work=commands.tell_again),
            Timer(name="release_held", seconds=RELEASE_SECONDS, work=desk.release_due),
            Timer(name="delete_drafts", seconds=REMIND_SECONDS, work=drafts.delete_over),
            Timer(name="remind_drafts", seconds=REMIND_SECONDS, work=DraftReminders(store).remind),
            Timer(name="overdue", seconds=OVERDUE_SECONDS, work=commands.run_due),
            Timer(name="remind_employers", seconds=REMIND_SECONDS, work=commands.remind_employers),
        ],
        prepare=prepare,
    )


def worker() -> None:
    build_worker(load(ApplicationSettings, service=SERVICE)).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
