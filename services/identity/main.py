"""Composition root of `identity`: the one place that builds things."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from services.identity.commands import Commands
from services.identity.commands.accounts import Accounts
from services.identity.commands.codes import Codes
from services.identity.commands.logins import SIGNING_IN, Logins
from services.identity.commands.mandates import HELPING, Mandates
from services.identity.commands.recoveries import Recoveries
from services.identity.commands.rights import Rights
from services.identity.commands.sessions import Sessions
from services.identity.commands.throttle import Throttle
from services.identity.hashing import Passwords
from services.identity.secrecy import Blind, Wrap
from services.identity.settings import IdentitySettings
from services.identity.signing import KeyRing
from services.identity.store import IdentityStore
from shared.kafka import Publisher
from shared.mongo import API_TIMEOUT_MS, WORKER_TIMEOUT_MS, Client, connect
from shared.relay import Relay
from shared.roles import run_role
from shared.sealed import Vault
from shared.settings import load
from shared.worker import Timer, Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

ERASE_SECONDS = 5.0  # together with the notice, less than the minute within which a key must be gone
LAPSE_SECONDS = 60.0  # what is over is refused by the clock anyhow; this makes it an event

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The built service, without a way in: the API, the worker and the officer's command line add theirs."""

    client: Client
    store: IdentityStore
    vault: Vault
    keys: KeyRing
    commands: Commands

    async def prepare(self) -> None:
        await self.store.prepare()
        await self.keys.open()


def build(settings: IdentitySettings, *, client: Client, clock: Clock = utc_now) -> Parts:
    store = IdentityStore(client[settings.database])
    vault = Vault(client[settings.vault].person_keys, master_key=settings.master_key)
    blind, wrap = Blind(settings.index_key), Wrap(settings.master_key)
    passwords, keys = Passwords(), KeyRing(store.keys, wrap, issuer=settings.issuer)
    throttle = Throttle(store.limits, blind=blind, settings=settings)
    sessions = Sessions(store.families, store.accounts, keys=keys, wrap=wrap, clock=clock)
    accounts = Accounts(store.accounts, vault=vault, blind=blind, passwords=passwords, throttle=throttle, clock=clock)
    sent = partial(Codes, vault=vault, blind=blind, throttle=throttle, clock=clock)
    codes, helping = sent(SIGNING_IN, store.codes, store.accounts), sent(HELPING, store.mandate_codes, store.accounts)
    logins = Logins(
        store.accounts,
        codes,
        sessions=sessions,
        blind=blind,
        passwords=passwords,
        throttle=throttle,
        clock=clock,
    )
    mandates = Mandates(
        store.mandates, store.accounts, helping, logins=logins, keys=keys, throttle=throttle, clock=clock
    )
    recoveries = Recoveries(
        store.accounts, vault=vault, blind=blind, throttle=throttle, mandates=mandates, clock=clock
    )
    commands = Commands(
        accounts=accounts,
        logins=logins,
        sessions=sessions,
        rights=Rights(store, vault=vault, clock=clock),
        recoveries=recoveries,
        mandates=mandates,
        codes=codes,
        helping=helping,
    )
    return Parts(client=client, store=store, vault=vault, keys=keys, commands=commands)


def application(settings: IdentitySettings, *, clock: Clock = utc_now) -> "tuple[FastAPI, Client]":
    """The routes with everything behind them; nothing is spoken to yet."""
    from services.identity import api as routes
    from services.identity.desk import DeskViews
    from services.identity.helping import MandateViews
    from services.identity.views import Views
    from shared.auth import Verifier
    from shared.http import create_app, store_lifespan
    from shared.visitor import Visitors

    client = connect(settings.mongo_url, app="identity-api", timeout_ms=API_TIMEOUT_MS)
    parts = build(settings, client=client, clock=clock)
    app = create_app(
        service="identity",
        title="Si-Caker: akun dan masuk",
        routers=routes.routers,
        lifespan=lambda: store_lifespan(client, parts.prepare),
    )
    app.state.parts, app.state.commands, app.state.keys = parts, parts.commands, parts.keys
    app.state.views = Views(parts.store.accounts, parts.store.requests, vault=parts.vault)
    app.state.mandates = MandateViews(parts.store, vault=parts.vault, clock=clock)
    app.state.desk = DeskViews(parts.store.accounts, vault=parts.vault, clock=clock)
    app.state.visitors = Visitors(portal_token=settings.portal_token)
    app.state.verifier = Verifier(parts.keys.jwks, issuer=settings.issuer)
    return app, client


def api() -> None:
    from shared.http import guarded, serve

    settings = load(IdentitySettings)
    app, client = application(settings)
    serve(guarded(app, client=client), settings)


def worker() -> None:
    settings = load(IdentitySettings)
    client = connect(settings.mongo_url, app="identity-worker", timeout_ms=WORKER_TIMEOUT_MS)
    parts = build(settings, client=client)
    publisher = Publisher(settings.kafka_url, client_id="identity-worker")
    store, requests = parts.store, parts.store.requests
    relayed = (
        *(store.codes.collection, store.mandate_codes.collection, store.mandates.collection),
        *(store.accounts.collection, requests.requests, requests.erasures),
    )
    forget: Callable[[], Awaitable[None]] = parts.commands.sessions.forget_successors
    Worker(
        settings=settings,
        client=client,
        publisher=publisher,
        relays=[Relay(each, publisher, topic_prefix=settings.topic_prefix) for each in relayed],
        timers=[
            Timer(name="forget-successors", seconds=20.0, work=forget),
            Timer(name="recoveries", seconds=LAPSE_SECONDS, work=parts.commands.recoveries.lapse),
            Timer(name="erasures", seconds=ERASE_SECONDS, work=parts.commands.rights.carry_out),
        ],
        prepare=parts.store.prepare,
    ).run()


if __name__ == "__main__":
    run_role({"api": api, "worker": worker})
