"""Composition root of the portal: the only place that reads settings and builds things."""

import contextlib
from collections.abc import AsyncIterator

import httpx2
from fastapi import FastAPI

from services.portal.client import Api, open_client
from services.portal.gate import Gate
from services.portal.pages import (
    account,
    adverts,
    agreeing,
    applicants,
    applications,
    apply,
    asking,
    attached,
    attendance,
    board,
    bulk,
    business,
    card,
    checking,
    cv,
    cv_import,
    disability,
    documents,
    drafts,
    feeds,
    follow_up,
    front,
    helping,
    info,
    join,
    learning,
    meeting,
    my_documents,
    officer,
    officer_cards,
    officer_desk,
    officer_labour,
    officer_messages,
    officer_news,
    officer_placements,
    officer_recovery,
    officer_training,
    officer_vacancy,
    officer_whys,
    officer_words,
    papers,
    places,
    preferences,
    products,
    profile,
    reports,
    rights,
    running,
    saved,
    saved_searches,
    sign_in,
    static,
    trainings,
    vacancies,
)
from services.portal.pages.failures import add_failures
from services.portal.portal import Portal
from services.portal.rendering import Rendering
from services.portal.settings import PortalSettings
from shared.http import create_app, guarded, serve
from shared.probes import App
from shared.settings import load

ROOMS = (
    board, papers, drafts, cv_import,  # before the single applicant and application: their addresses are words
    front, feeds, places, vacancies, reports, apply, saved, saved_searches, applications, join, sign_in,
    account, agreeing, helping, preferences, profile, cv, my_documents, disability, rights, business, bulk, adverts,
    asking, running, attached, applicants, meeting, officer, officer_vacancy, officer_desk, officer_words, documents,
    info, card, officer_cards, checking,
    trainings, follow_up, products, learning, officer_training, attendance, static,
    officer_messages, officer_news, officer_recovery, officer_whys, officer_placements, officer_labour,
)  # fmt: skip


def build(
    settings: PortalSettings,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    rendering: Rendering | None = None,
) -> App:
    """The portal as it is served; `transport` replaces the network to the API."""
    client = open_client(settings.api_url, transport)

    @contextlib.asynccontextmanager
    async def living() -> AsyncIterator[None]:
        async with client:
            yield

    app: FastAPI = create_app(
        service="portal", title="Si-Caker", routers=[room.router for room in ROOMS], lifespan=living
    )
    app.state.portal = Portal(settings=settings, api=Api(client), rendering=rendering or Rendering())
    app.state.sitemap = feeds.Sitemap()
    add_failures(app)
    return Gate(
        guarded(app, client=None, larger={**bulk.LARGER, **card.LARGER, **my_documents.LARGER}),
        origin=settings.public_url,
    )


def api() -> None:
    settings = load(PortalSettings)
    serve(build(settings), settings)


if __name__ == "__main__":
    import sys

    if sys.argv[1:] == ["api"]:
        api()
    else:
        sys.exit("usage: python -m services.portal.main api")
