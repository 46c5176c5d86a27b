"""Worlds of the services in which people meet: vacancy, application, training."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from tests.owned.world import OWNER, SITI, STRANGER, Ground, World


@asynccontextmanager
async def vacancy(ground: Ground) -> AsyncIterator[World]:
    """Two verified employers; the owner has a draft, one sent in, and one that is public."""
    from services.vacancy.api.bulk import LARGER
    from services.vacancy.main import application
    from services.vacancy.settings import VacancySettings
    from services.vacancy.store.database import VacancyStore
    from services.vacancy.tests.conftest import City, Hands
    from services.vacancy.tests.making import BODY

    settings = ground.make_settings(VacancySettings, service="vacancy")
    await VacancyStore(ground.client[settings.database]).prepare()
    app, client = application(settings, clock=Hands())
    async with ground.serve(app, client, larger=LARGER) as world:
        city = City(world.http, ground.mint, app)
        employer = await city.employer(OWNER, name="Konveksi Melati")
        await city.employer(STRANGER)
        states = ("draft", "submitted", "published")
        made = [await city.vacancy(OWNER, each, title=f"Penjahit {each}") for each in states]
        world.places = [{"key": each["id"]} for each in made]
        world.hidden = {"key": made[0]["id"]}
        world.secrets = [*(each["id"] for each in made), *(each["number"] for each in made), "Konveksi Melati"]
        dates = {"closes_on": "2026-02-20"}
        # Each names the owner's employer: whoever is not the owner writes nothing in its name.
        own = {"employer_id": employer["id"]}
        world.bodies = {
            "POST /api/v1/vacancies": {**BODY, **own},
            "POST /api/v1/vacancies/bulk": {**own, "items": [{"row": 2, "vacancy": BODY}]},
            "PATCH /api/v1/vacancies/{key}": {"openings": 3},
            "POST /api/v1/vacancies/{key}/extend": dates,
            "POST /api/v1/vacancies/{key}/reopen": dates,
            "POST /api/v1/vacancies/{key}/reports": {"category": "fake"},
            "PATCH /api/v1/employers/me": {"address": "Jl. Contoh 2"},
            **{f"POST /api/v1/vacancies/{{key}}/{step}": None for step in ("submit", "take-back", "resume")},
        }
        yield world


@asynccontextmanager
async def application(ground: Ground) -> AsyncIterator[World]:
    """Siti applied to the owner's vacancy and was invited; the stranger has a vacancy, too."""
    from services.application.main import application, build_commands, build_placements
    from services.application.settings import ApplicationSettings
    from services.application.store import ApplicationStore
    from services.application.tests import conftest as told
    from shared.sealed import Vault

    settings = ground.make_settings(ApplicationSettings)
    store = ApplicationStore(ground.client[settings.database])
    await store.prepare()
    vault = Vault(ground.client[settings.vault].person_keys, master_key=settings.master_key)
    news = told.World(
        build_commands(store, vault), store, vault, build_placements(ground.client[settings.database], store)
    )
    await news.vacancy()
    await news.vacancy("vac_2", owner_id=STRANGER, employer_id="emp_2", number="LWK-2026-000008")
    await news.vacancy("vac_3", number="LWK-2026-000009")
    await news.seeker(SITI, "Siti Nur Aminah")
    app, client = application(settings)
    async with ground.serve(app, client) as world:
        await app.state.commands.prepare()
        owner = (OWNER, "employer")
        letter = {"vacancy_id": "vac_1", "attachments": ["doc_siti"]}
        sent = await world.done("POST", "/applications", (SITI, "seeker"), letter)
        here = f"/applications/{sent['id']}"
        told_of = {"condition": "Tuli", "help": "Instruksi tertulis", "text_version": "2026-12"}
        await world.done("PUT", f"{here}/disability", (SITI, "seeker"), told_of)
        note = await world.done("POST", f"{here}/notes", owner, {"text": "Bagus."})
        await world.done("POST", f"{here}/offer-interview", owner, told.invitation())
        release = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        held = {"vacancy_id": "vac_1", "applications": [sent["id"]], "to": "reject"}
        await world.done("POST", "/applications/decisions", owner, {**held, "release_at": release})
        today = datetime.now(UTC).date()
        things = {"note_id": note["id"], "document_id": "doc_siti"}
        world.places = [{"application_id": sent["id"], "vacancy_id": "vac_1", "vacancy": "vac_3", **things}]
        await world.done("PUT", "/applications/drafts/vac_3", (SITI, "seeker"), {"note": "Belum selesai"})
        world.secrets = [sent["id"], sent["number"], "doc_siti", "Siti Nur", "Belum selesai", "Instruksi tertulis"]
        world.bodies = {
            "POST /api/v1/applications/decisions": {**held, "to": "shortlist"},
            "POST /api/v1/applications/{application_id}/notes": {"text": "Catatan."},
            "PUT /api/v1/applications/{application_id}/disability": {**told_of, "condition": "Netra"},
            "POST /api/v1/applications/{application_id}/offer-interview": told.invitation(),
            "POST /api/v1/applications/{application_id}/offer-job": told.job(),
        }
        of_vacancy = {"vacancy_id": "{vacancy_id}"}
        period = {"from": (today - timedelta(days=9)).isoformat(), "to": today.isoformat()}
        world.queries = {
            "GET /api/v1/applications": of_vacancy,
            "GET /api/v1/applications/held": of_vacancy,
            "GET /api/v1/applications/whys/vacancy": of_vacancy,
            "GET /api/v1/applications/table.csv": of_vacancy,
            "GET /api/v1/applications/activity.pdf": period,
        }
        yield world


@asynccontextmanager
async def training(ground: Ground) -> AsyncIterator[World]:
    """Siti completed a training and sells something, and has a place in the next one; one more is a draft."""
    from services.training.main import application
    from services.training.settings import TrainingSettings
    from services.training.store import Stores
    from services.training.tests.conftest import Desk
    from services.training.tests.test_api import soon
    from services.training.tests.test_ending import finished
    from services.training.tests.test_products import PRODUCT, QUESTION

    settings = ground.make_settings(TrainingSettings)
    stores = Stores(ground.client[settings.database])
    await stores.prepare()
    _, ended, _ = await finished(Desk(stores))
    app, client = application(settings)
    async with ground.serve(app, client) as world:
        await app.state.training_commands.prepare()
        officer, siti = ("acc_officer", "officer"), (SITI, "seeker")
        draft = await world.done("POST", "/trainings", officer, soon())
        next_one = await world.done("POST", "/trainings", officer, soon())
        await world.done("POST", f"/trainings/{next_one['id']}/publish", officer)
        coming = await world.done("POST", f"/trainings/{next_one['id']}/enrolments", siti, {"follow_up": True})
        product = await world.done("PUT", f"/enrolments/{ended}/product", siti, PRODUCT)
        await world.done("POST", f"/products/{product['id']}/questions", (OWNER, "employer"), QUESTION)
        shared_places = {"training_id": next_one["id"], "code": "made-up"}
        world.places = [{**shared_places, "enrolment_id": id} for id in (ended, coming["id"])]
        world.hidden = {"training_id": draft["id"]}
        world.secrets = [ended, coming["id"], product["id"], QUESTION["text"]]
        world.bodies = {
            "POST /api/v1/enrolments/answers": {"token": "made-up", "outcome": "stop"},
            "POST /api/v1/enrolments/{enrolment_id}/outcome": {"outcome": "first_sale"},
            "PUT /api/v1/enrolments/{enrolment_id}/product": {**PRODUCT, "price": 20_000},
        }
        yield world
