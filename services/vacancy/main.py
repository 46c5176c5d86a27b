"""Composition root of `vacancy`: the one place that builds things."""

import contextlib
import functools
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from services.vacancy.commands.contacts import Contacts
from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.expiry import Expiry
from services.vacancy.commands.feed import Feed
from services.vacancy.commands.province import ProvinceCommands
from services.vacancy.commands.revoking import Revoking
from services.vacancy.commands.running import RunningCommands
from services.vacancy.intake.answering import Answering
from services.vacancy.intake.consumer import GROUP, Intake
from services.vacancy.reactions import table
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.consumer import Consumer
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, connect, ping
from shared.relay import Relay
from shared.roles import run_role
from shared.sealed import Vault, blind_index
from shared.settings import load
from shared.worker import Timer, Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

EXPIRY_SECONDS = CONTACT_SECONDS = 30.0
FIGURES_SECONDS = 6 * 3600.0


def application(settings: VacancySettings, *, clock: Clock = now) -> "tuple[FastAPI, Client]":
    """The API and its store's client; opens nothing yet."""
    from services.vacancy.api import (
        bulk,
        card,
        employers,
        figures,
        moderation,
        province,
        review,
        running,
        search,
        suggest,
        vacancies,
    )
    from services.vacancy.commands.bulk import BulkCommands
    from services.vacancy.commands.counting import ViewCounter
    from services.vacancy.commands.reports import ReportCommands
    from services.vacancy.commands.vacancies import VacancyCommands
    from services.vacancy.commands.wages import WageCommands
    from services.vacancy.search.index import VacancyIndex
    from services.vacancy.search.officers import SynonymGroups
    from services.vacancy.views.employers import EmployerViews
    from services.vacancy.views.figures import FigureViews
    from services.vacancy.views.moderation import ModerationViews
    from services.vacancy.views.vacancies import VacancyViews
    from shared.auth import Verifier, from_url
    from shared.http import create_app, store_lifespan
    from shared.visitor import Visitors

    client = connect(settings.mongo_url, app="vacancy-api", timeout_ms=API_TIMEOUT_MS)
    store = VacancyStore(client[settings.database])
    # The index reads the whole collection when it is built: with a worker's patience, not a request's.
    reading = connect(settings.mongo_url, app="vacancy-search", timeout_ms=WORKER_TIMEOUT_MS)
    index = VacancyIndex(VacancyStore(reading[settings.database]).vacancies.collection, folder=settings.search_dir)

    counter = ViewCounter(store, clock=clock)
    rooms = (employers, search, suggest, moderation, bulk, figures, card, vacancies, review, running, province)

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with store_lifespan(client, store.prepare):
            await index.start()
            try:
                async with counter.writing():
                    yield
            finally:
                await index.stop()
                reading.close()

    app = create_app(
        service="vacancy",
        title="Si-Caker: pemberi kerja dan lowongan",
        routers=[each.router for each in rooms],
        lifespan=lifespan,
    )
    app.state.verifier = Verifier(from_url(settings.jwks_url), issuer=settings.issuer)
    app.state.vacancies = VacancyCommands(store, clock=clock)
    app.state.bulk = BulkCommands(store, clock=clock)
    app.state.running = RunningCommands(store, clock=clock)
    app.state.province = ProvinceCommands(store, clock=clock)
    app.state.vacancy_views = VacancyViews(store, clock=clock)
    app.state.counter, app.state.figure_views = counter, FigureViews(store, clock=clock)
    app.state.reports = ReportCommands(store, blind=functools.partial(blind_index, settings.index_key), clock=clock)
    app.state.visitors = Visitors(portal_token=settings.portal_token)
    app.state.wages = WageCommands(store, clock=clock)
    app.state.moderation_views = ModerationViews(store, clock=clock)
    app.state.employers = _employer_commands(settings, store, client, clock)
    app.state.revoking = Revoking(store, app.state.employers, app.state.running, clock=clock)
    app.state.employer_views = EmployerViews(store)
    app.state.index = index
    app.state.synonyms = SynonymGroups(client[settings.database].synonyms)
    return app, client


def api() -> None:
    from services.vacancy.api.bulk import LARGER
    from shared.http import guarded, serve

    settings = load(VacancySettings, service="vacancy")
    app, client = application(settings)
    serve(guarded(app, client=client, larger=LARGER), settings)


def workshop(settings: VacancySettings) -> Worker:
    """What the worker process runs; opens nothing yet."""
    client = connect(settings.mongo_url, app="vacancy-worker", timeout_ms=WORKER_TIMEOUT_MS)
    store = VacancyStore(client[settings.database])
    publisher = Publisher(settings.kafka_url, client_id="vacancy-worker")
    employers = _employer_commands(settings, store, client, now)
    revoking = Revoking(store, employers, RunningCommands(store))
    feed = Feed(store, publisher, topic_prefix=settings.topic_prefix)
    intake = Intake(
        url=settings.kafka_url,
        group=GROUP,
        reactions={},
        publisher=publisher,
        topic_prefix=settings.topic_prefix,
        answering=Answering(ProvinceCommands(store), feed, publisher, topic_prefix=settings.topic_prefix),
        probe=lambda: ping(client),
    )
    collections = (store.vacancies.collection, store.employers.collection)
    return Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(each, publisher, topic_prefix=settings.topic_prefix) for each in collections],
        consumer=Consumer(
            url=settings.kafka_url,
            group="vacancy",
            reactions=table(store, employers, RunningCommands(store)),
            publisher=publisher,
            topic_prefix=settings.topic_prefix,
        ),
        timers=[
            Timer(name="expiry", seconds=EXPIRY_SECONDS, work=Expiry(store).expire_due),
            Timer(name="figures", seconds=FIGURES_SECONDS, work=store.figures.purge),
            Timer(name="close_revoked", seconds=CONTACT_SECONDS, work=revoking.close_again),
            Timer(name="contacts", seconds=CONTACT_SECONDS, work=employers.fill_contacts),
        ],
        loops=[intake.run, feed.run],
        prepare=store.prepare,
    )


def worker() -> None:
    workshop(load(VacancySettings, service="vacancy")).run()


def _employer_commands(
    settings: VacancySettings, store: VacancyStore, client: Client, clock: Clock
) -> EmployerCommands:
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    return EmployerCommands(store, Contacts(store, vault), clock=clock)


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
