"""Worlds of the services that know people: identity, seeker, notifier."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from shared.testing import TEST_KEY
from tests.owned.world import BUDI, SITI, Ground, World

# One of each way to sign a call.
PROVIDERS: tuple[dict[str, str], ...] = (
    {"name": "sms", "kind": "json", "url": "http://x", "password": "p"},
    {"name": "mail", "kind": "smtp", "url": "smtp://x"},
    {"name": "spare", "kind": "twilio", "url": "https://x", "user": "AC1", "password": "p", "sender": "+1"},
    {"name": "wa", "kind": "whatsapp", "url": "https://x", "password": "p", "template": "k"},
)
# As a browser hands it out.
SUBSCRIPTION = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "p256dh": "B" * 87, "auth": "c" * 22}


@asynccontextmanager
async def identity(ground: Ground) -> AsyncIterator[World]:
    """Two seekers and two employers, the first of each with a request about the own data."""
    from services.identity.domain.mandate import begin
    from services.identity.main import application
    from services.identity.settings import IdentitySettings

    app, client = application(ground.make_settings(IdentitySettings))
    await app.state.parts.prepare()
    async with ground.serve(app, client) as world:
        accounts = app.state.parts.store.accounts.collection
        found: dict[str, list[str]] = {"seeker": [], "employer": []}
        for role, ids in found.items():
            for n in (1, 2):
                known = {row["_id"] async for row in accounts.find({}, {"_id": 1})}
                body: dict[str, Any] = {"role": role, "name": f"{role} nomor {n}"}
                if role == "seeker":
                    body |= {"phone": f"+628390000000{n}"}
                else:
                    body |= {"email": f"usaha{n}@contoh.id", "password": "kopi pahit di alun-alun"}
                answer = await world.http.post("/api/v1/accounts", json=body)
                assert answer.is_success, answer.text
                ids += [row["_id"] async for row in accounts.find({}, {"_id": 1}) if row["_id"] not in known]
        world.people = {role: (ids[0], ids[1]) for role, ids in found.items()}
        for role, (first, _) in world.people.items():
            ask = {"kind": "correction", "words": f"Rahasia {role}"}
            made = await world.done("POST", "/accounts/me/requests", (first, role), ask)
            world.places.append({"request_id": made["id"], "of": role})
            world.secrets += [made["id"], f"Rahasia {role}", f"{role} nomor 1", first]
        begun = begin(
            id="mdt_siti",
            account_id=world.people["seeker"][0],
            person_version=1,
            helper_id="acc_helper",
            helper_role="cadre",
            helper_version=1,
            at=datetime.now(UTC),
        )
        await app.state.parts.store.mandates.create(*begun)
        world.places[0]["mandate_id"] = "mdt_siti"
        world.secrets.append("mdt_siti")
        world.bodies = {
            "POST /api/v1/accounts/recoveries/stop": {"token": "made-up"},
            "POST /api/v1/login": {"email": "usaha1@contoh.id", "password": "kopi manis di alun-alun"},
            "POST /api/v1/login/codes/{request_id}": {"code": "000000"},
            "POST /api/v1/tokens/refresh": {"refresh_token": "made-up"},
            "POST /api/v1/tokens/revoke": {"refresh_token": "made-up"},
        }
        yield world


@asynccontextmanager
async def seeker(ground: Ground) -> AsyncIterator[World]:
    """Siti has a profile, an issued card, a saved search and a saved vacancy; Budi only a profile."""
    from services.seeker.api.cards import PHOTO_BODY, PHOTO_PATH
    from services.seeker.api.documents import LARGER
    from services.seeker.main import application, build_stores
    from services.seeker.settings import SeekerSettings
    from services.seeker.tests.telling import Clock, House
    from services.seeker.tests.test_cards_api import DETAILS, PROFILE, photo

    settings = ground.make_settings(SeekerSettings)
    stores = build_stores(ground.client, settings)
    await stores.prepare()
    await House(stores, Clock()).vacancy(closes_at=None)
    app, client = application(settings)
    async with ground.serve(app, client, larger={PHOTO_PATH: PHOTO_BODY, **LARGER}) as world:
        siti, budi = (SITI, "seeker"), (BUDI, "seeker")
        await world.done("PUT", "/seekers/me", siti, {**PROFILE, "email": "siti@contoh.id"})
        await world.done("PUT", "/seekers/me", budi, {"name": "Budi", "email": "budi@contoh.id"})
        await world.done("PUT", "/seekers/me/career", siti, {"about": "Rajin"}, **{"If-Match": "*"})
        await world.done("PUT", "/seekers/me/card", siti, DETAILS)
        await world.done("PUT", "/seekers/me/card/photo", siti, photo(), **{"Content-Type": "image/jpeg"})
        await world.done("PUT", "/seekers/me/disability", siti, {"condition": "Tuli", "help": "Instruksi tertulis"})
        document = await world.done("POST", "/seekers/me/documents?kind=diploma", siti, photo())
        card = await world.done("POST", "/seekers/me/card/submit", siti, {})
        card = await world.done("POST", f"/seekers/cards/{card['id']}/issue", ("acc_officer", "officer"), {})
        search = {"name": "Dekat rumah", "q": "penjahit", "channel": "email"}
        saved = await world.done("POST", "/seekers/me/saved-searches", siti, search)
        await world.done("PUT", "/seekers/me/saved-vacancies/vac_1", siti)
        about = {"vacancy_id": "vac_1", "code": "made-up", "card_id": card["id"], "kind": "searchable"}
        about["document_id"] = document["id"]
        world.places = [{"search_id": saved["id"], **about}]
        world.secrets = [saved["id"], card["id"], card["number"], "Siti", "Rajin", "Dekat rumah", '"vac_1"']
        world.secrets.append('"channel":"web"')  # how Siti agreed, by saving a search
        world.secrets += [document["id"], "Instruksi tertulis"]
        world.queries = {"POST /api/v1/seekers/me/documents": {"kind": "diploma"}}
        world.bodies = {
            "PATCH /api/v1/seekers/me/saved-searches/{search_id}": {"name": "Lain"},
            "PUT /api/v1/seekers/me": {"name": "Budi Santoso", "email": "budi@contoh.id"},
            "PUT /api/v1/seekers/me/card": DETAILS,
            "POST /api/v1/seekers/me/documents": photo(),
            "PUT /api/v1/seekers/me/disability": {"condition": "Daksa"},
            "PUT /api/v1/seekers/me/career": {"about": "Sabar"},
            "PUT /api/v1/seekers/me/resume": {"career": {"about": "Jujur"}, "skills": []},
            "POST /api/v1/seekers/me/resume/preview": {"skills": [{"name": "las"}]},
            "PUT /api/v1/seekers/me/card/photo": photo(),
            "POST /api/v1/seekers/me/consents/{kind}/give": {"text_version": "2026-12"},
            "POST /api/v1/seekers/me/card/report": {"working": True},
            "POST /api/v1/seekers/me/saved-searches": {"q": "las", "channel": "email"},
            "POST /api/v1/seekers/card-reports": {"token": "made-up", "working": True},
            "POST /api/v1/seekers/stop-alerts": {"token": "made-up"},
        }
        yield world


@asynccontextmanager
async def notifier(ground: Ground) -> AsyncIterator[World]:
    """Siti was told of an application, and the owner of a vacancy; both have chosen how they are told."""
    from services.notifier.main import application
    from services.notifier.planner import plan
    from services.notifier.settings import NotifierSettings
    from services.notifier.store import MessageStore
    from services.notifier.tests import events

    settings = ground.make_settings(
        NotifierSettings,
        service="notifier",
        sms_url="http://sms.invalid/sms",
        sms_token="secret",
        push_key=TEST_KEY,
        providers=json.dumps([{**each, "callback_key": "rahasia"} for each in PROVIDERS]),
    )
    store = MessageStore(ground.client[settings.database])
    await store.prepare()
    await store.add(plan(events.application()))
    app, client = application(settings)
    async with ground.serve(app, client) as world:
        choices = "PUT /api/v1/notifications/preferences"
        await world.done("PUT", "/notifications/preferences", (SITI, "seeker"), {"language": "en", "news": True})
        device = await world.done("POST", "/notifications/devices", (SITI, "seeker"), SUBSCRIPTION)
        world.places = [{"provider": each["name"], "device_id": device["id"]} for each in PROVIDERS]
        world.secrets = [device["id"], "Penjahit seragam", '"language":"en"', '"news":true']
        world.bodies = {
            "POST /api/v1/notifications/devices": SUBSCRIPTION,
            choices: {"language": "id", "news": False},
            "POST /api/v1/callbacks/{provider}": {"entry": []},
            "POST /api/v1/notifications/stop-news": {"token": "made-up"},
        }
        yield world
