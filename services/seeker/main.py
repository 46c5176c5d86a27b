"""Composition root of `seeker`: the one place that builds things."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.seeker.commands import Commands
from services.seeker.commands.alerts import Alerts
from services.seeker.commands.cards import CardClock, CardCommands
from services.seeker.commands.consents import ConsentCommands
from services.seeker.commands.erasure import Erasure
from services.seeker.commands.saved import SavedCommands
from services.seeker.documents.quarantine import Quarantine
from services.seeker.documents.scanning import Scanner
from services.seeker.reactions import table
from services.seeker.reporting import ReportTokens
from services.seeker.settings import SeekerSettings
from services.seeker.stopping import StopTokens
from services.seeker.store import SeekerStore
from services.seeker.store.cards import CardStore
from services.seeker.store.disability import DisabilityStore
from services.seeker.store.documents import DocumentStore
from services.seeker.store.saved import SavedStore
from services.seeker.store.searches import SearchStore
from services.seeker.store.waiting_documents import WaitingDocuments
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

SERVICE = "seeker"


@dataclass(frozen=True, kw_only=True)
class Stores:
    """The service's collections."""

    profiles: SeekerStore
    saved: SavedStore
    searches: SearchStore
    cards: CardStore
    documents: DocumentStore
    disabilities: DisabilityStore
    vault: Vault

    async def prepare(self) -> None:
        await self.profiles.prepare()
        await self.saved.prepare()
        await self.searches.prepare()
        await self.cards.prepare()
        await self.documents.prepare()
        await WaitingDocuments(self.documents).prepare()


def build_stores(client: Client, settings: SeekerSettings) -> Stores:
    database, vault = client[settings.database], build_vault(client, settings)
    return Stores(
        profiles=SeekerStore(database, vault=vault, index_key=settings.index_key),
        saved=SavedStore(database),
        searches=SearchStore(database, vault=vault),
        cards=CardStore(database, vault=vault),
        documents=DocumentStore(database, vault=vault),
        disabilities=DisabilityStore(database, vault=vault),
        vault=vault,
    )


def build_store(client: Client, settings: SeekerSettings) -> SeekerStore:
    return build_stores(client, settings).profiles


def build_vault(client: Client, settings: SeekerSettings) -> Vault:
    return Vault(client[settings.vault].person_keys, master_key=settings.master_key)


def application(settings: SeekerSettings) -> "tuple[FastAPI, Client]":
    """The API, not yet connected to anything."""
    from services.seeker import api as routes
    from services.seeker.card_paper import CardPapers
    from services.seeker.commands.searches import SearchCommands
    from services.seeker.documents.checking import Cleaner
    from services.seeker.documents.keeping import Documents
    from services.seeker.views import Views
    from services.seeker.views.cards import CardViews
    from services.seeker.views.consents import ConsentViews
    from services.seeker.views.resume import ResumeViews
    from services.seeker.views.saved import SavedViews
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan
    from shared.leave import Leaves
    from shared.papers.printing import Printer
    from shared.papers.signing import PaperSigner, PaperVerifier

    client = connect(settings.mongo_url, app="seeker-api", timeout_ms=API_TIMEOUT_MS)
    stores = build_stores(client, settings)
    app = create_app(
        service=SERVICE,
        title="Si-Caker: pencari kerja",
        routers=routes.routers,
        lifespan=lambda: store_lifespan(client, stores.prepare),
    )
    tokens = StopTokens(settings.index_key)
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.commands = Commands(stores.profiles, test_data=settings.test_data)
    app.state.views = Views(stores.profiles)
    app.state.saved_commands = SavedCommands(stores.saved)
    app.state.search_commands = SearchCommands(stores.searches, stores.profiles, tokens=tokens)
    app.state.consent_commands = ConsentCommands(stores.profiles, stores.searches)
    app.state.consent_views = ConsentViews(stores.profiles)
    app.state.readings = stores.cards.readings
    app.state.saved_views = SavedViews(stores.saved, stores.searches)
    signer = PaperSigner(settings.paper_key)
    app.state.paper_keys, app.state.printer = signer.published(), Printer()
    app.state.card_commands = CardCommands(stores.cards, stores.profiles, tokens=ReportTokens(settings.index_key))
    papers = CardPapers(signer, public_url=settings.public_url)
    app.state.card_views = CardViews(stores.cards, papers, PaperVerifier(app.state.paper_keys))
    app.state.documents = Documents(stores.documents, Cleaner(), scanned=bool(settings.clamav_url))
    app.state.leaves = Leaves(settings.paper_key)
    app.state.disabilities = stores.disabilities
    app.state.resume_views = ResumeViews(stores.profiles, app.state.card_views)
    return app, client


def api() -> None:
    from services.seeker.api.cards import PHOTO_BODY, PHOTO_PATH
    from services.seeker.api.documents import LARGER
    from shared.http import guarded, serve

    settings = load(SeekerSettings, service=SERVICE)
    app, client = application(settings)
    serve(guarded(app, client=client, larger={PHOTO_PATH: PHOTO_BODY, **LARGER}), settings)


def build_worker(settings: SeekerSettings) -> Worker:
    client = connect(settings.mongo_url, app="seeker-worker", timeout_ms=WORKER_TIMEOUT_MS)
    stores = build_stores(client, settings)
    publisher = Publisher(settings.kafka_url, client_id="seeker-worker")
    saved, prefix = SavedCommands(stores.saved), settings.topic_prefix
    kept = (stores.saved, stores.searches, stores.cards, stores.documents, stores.disabilities)
    erasure = Erasure(stores.profiles, *kept, vault=stores.vault, publisher=publisher, topic_prefix=prefix)
    alerts = Alerts(stores.searches, stores.saved, stores.profiles, tokens=StopTokens(settings.index_key))
    report_tokens = ReportTokens(settings.index_key)
    cards = CardCommands(stores.cards, stores.profiles, tokens=report_tokens)
    consumer = Consumer(
        url=settings.kafka_url,
        group=SERVICE,
        reactions=table(
            Commands(stores.profiles, test_data=settings.test_data),
            saved,
            erasure,
            stores.saved,
            cards=cards,
            consents=ConsentCommands(stores.profiles, stores.searches),
        ),
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
    )
    outboxes = (
        *(stores.profiles.seekers, stores.saved.saved, stores.searches.searches),
        *(stores.cards.cards, stores.documents.refused),
    )
    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(collection, publisher, topic_prefix=settings.topic_prefix) for collection in outboxes],
        consumer=consumer,
        timers=[
            Timer(name="look_for_saved_searches", seconds=60, work=alerts.look),
            Timer(name="cards_due", seconds=300, work=CardClock(stores.cards, tokens=report_tokens).run),
            Timer(name="remind_savers", seconds=300, work=saved.remind),
            Timer(name="warn_savers_again", seconds=60, work=saved.warn_again),
            *scanning(stores.documents, settings),
        ],
        prepare=stores.prepare,
    )


def scanning(documents: DocumentStore, settings: SeekerSettings) -> list[Timer]:
    """Nothing where no scanner is configured."""
    if not settings.clamav_url:
        return []
    quarantine = Quarantine(WaitingDocuments(documents), Scanner(settings.clamav_url))
    return [Timer(name="scan_documents", seconds=5, work=quarantine.look)]


def worker() -> None:
    build_worker(load(SeekerSettings, service=SERVICE)).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
