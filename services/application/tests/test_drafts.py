"""Drafts over HTTP: kept for the person alone, sealed, until the vacancy closes; and no application."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.application.drafts.keeping import Drafts
from services.application.settings import ApplicationSettings
from services.application.tests.conftest import BUDI, CLOSES, OFFICER, OWNER, SITI, VACANCY, Http, World
from shared.contracts.vacancy import VacancyClosed, VacancyExtended
from shared.mongo import Client
from shared.sealed import Vault

TYPED = {"note": "Saya bisa mulai", "answers": {"q1": "mungkin"}, "documents": ["cv"]}


@pytest.fixture
async def drafts(client: Client, settings: ApplicationSettings, world: World, vault: Vault) -> Drafts:
    made = Drafts(world.store, vault=vault)
    await made.prepare()
    return made


async def save(http: Http, body: Any, account: str = SITI, vacancy: str = VACANCY) -> Any:
    headers = http.mint.headers(account, "seeker")
    return await http.client.put(f"/api/v1/applications/drafts/{vacancy}", json=body, headers=headers)


async def test_what_was_typed_comes_back_as_it_was_and_the_last_one_counts(http: Http, drafts: Drafts) -> None:
    await save(http, {"note": "Dulu"})
    saved = await save(http, TYPED)
    assert saved.status_code == 200
    one = (await http.get(f"/drafts/{VACANCY}")).json()
    assert {name: one[name] for name in TYPED} == TYPED
    assert (one["vacancy_title"], datetime.fromisoformat(one["closes_at"])) == ("Penjahit", CLOSES)
    assert (await http.get("/drafts")).json()["items"] == [one]


async def test_a_draft_is_sealed_told_to_nobody_and_seen_by_nobody_else(
    http: Http, world: World, drafts: Drafts
) -> None:
    await save(http, TYPED)
    row = await drafts.collection.find_one({})
    assert "Saya bisa" not in str(row)
    assert await world.store.applications.count_documents({}) == 0
    assert (await http.get(f"/drafts/{VACANCY}", BUDI)).status_code == 404
    assert (await http.get("/drafts", BUDI)).json()["items"] == []
    for who, role in ((OWNER, "employer"), (OFFICER, "officer")):
        assert (await http.get("/drafts", who, role)).status_code == 403


async def test_a_sent_one_is_no_draft_any_more_and_a_withdrawn_one_may_be_written_again(
    http: Http, drafts: Drafts
) -> None:
    await save(http, TYPED)
    sent = (await http.apply()).json()
    assert (await http.get(f"/drafts/{VACANCY}")).status_code == 404
    await http.act(sent["id"], "withdraw")
    assert (await http.get(f"/drafts/{VACANCY}")).status_code == 200


async def test_a_draft_goes_when_the_vacancy_closes_and_none_is_begun_after_that(
    http: Http, world: World, client: Client, settings: ApplicationSettings, vault: Vault, drafts: Drafts
) -> None:
    await save(http, TYPED)
    at = [CLOSES - timedelta(milliseconds=1)]
    clocked = Drafts(world.store, vault=vault, now=lambda: at[0])
    await clocked.delete_over()
    assert len(await clocked.mine(SITI)) == 1
    at[0] = CLOSES
    assert await clocked.mine(SITI) == []
    await clocked.delete_over()
    assert await drafts.collection.count_documents({}) == 0
    await world.vacancy(kind=VacancyClosed, state="closed")
    refused = await save(http, TYPED)
    assert (refused.status_code, refused.json()["code"]) == (409, "vacancy_closed")


async def test_a_draft_is_deleted_as_often_as_one_likes(http: Http, drafts: Drafts) -> None:
    await save(http, TYPED)
    headers = http.mint.headers(SITI, "seeker")
    path = f"/api/v1/applications/drafts/{VACANCY}"
    assert [(await http.client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 204]
    assert (await http.get("/drafts")).json()["items"] == []


async def test_the_fifty_first_draft_is_refused_and_the_others_can_still_be_written(
    http: Http, world: World, drafts: Drafts
) -> None:
    for number in range(51):
        await world.vacancy(f"vac_{number}")
    for number in range(50):
        assert (await save(http, TYPED, vacancy=f"vac_{number}")).status_code == 200
    refused = await save(http, TYPED, vacancy="vac_50")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_drafts")
    assert (await save(http, TYPED, vacancy="vac_0")).status_code == 200


async def test_of_an_erased_person_no_draft_is_left(http: Http, drafts: Drafts, vault: Vault) -> None:
    await save(http, TYPED)
    await vault.destroy(SITI)
    assert await drafts.mine(SITI) == []


async def test_where_the_vacancy_is_extended_the_draft_stays_and_where_it_closes_early_it_goes(
    http: Http, world: World, vault: Vault, drafts: Drafts
) -> None:
    await save(http, TYPED)
    later = Drafts(world.store, vault=vault, now=lambda: CLOSES + timedelta(hours=1))
    await world.vacancy(kind=VacancyExtended, closes_at=CLOSES + timedelta(days=5))
    await later.delete_over()
    assert [each.vacancy_id for each in await later.mine(SITI)] == [VACANCY]
    await world.vacancy(kind=VacancyClosed, state="closed")
    assert await drafts.collection.count_documents({}) == 0


async def test_a_draft_to_which_nobody_comes_back_goes_after_sixty_days(
    http: Http, world: World, vault: Vault, drafts: Drafts
) -> None:
    await world.vacancy(closes_at=CLOSES + timedelta(days=300))
    await save(http, TYPED)
    late = Drafts(world.store, vault=vault, now=lambda: datetime.now(UTC) + timedelta(days=61))
    assert await late.mine(SITI) == []
    await late.delete_over()
    assert await drafts.collection.count_documents({}) == 0


async def test_what_is_too_long_to_send_is_kept_all_the_same(http: Http, drafts: Drafts) -> None:
    assert (await save(http, {"note": "a" * 700})).status_code == 200
    assert (await http.apply(note="a" * 700)).status_code == 422
