"""Pausing, filling, extending, ending, re-opening and recalling through the API."""

from typing import Any

import pytest

from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City, Hands

OWNER, STRANGER = ("acc_owner", "employer"), ("acc_stranger", "employer")
WHY = {"reason": "Pelamar diminta membayar.", "reason_code": "asks_money"}


async def published(city: City, **changes: Any) -> str:
    await city.employer("acc_owner")
    return f"/vacancies/{(await city.vacancy('acc_owner', 'published', **changes))['id']}"


async def test_a_vacancy_lives_its_whole_life(city: City, clock: Hands, store: VacancyStore) -> None:
    path = await published(city, openings=2)
    paused = await city.done("POST", f"{path}/pause", OWNER, {"reason": "Mesin rusak."})
    assert (paused["state"], paused["reason"]) == ("paused", "Mesin rusak.")
    assert (await city.ask("GET", path)).json()["state"] == "paused"
    assert (await city.done("POST", f"{path}/resume", OWNER))["state"] == "published"
    longer = await city.done("POST", f"{path}/extend", OWNER, {"closes_on": "2026-02-20"})
    assert (longer["closes_at"], longer["answer_by"], longer["extensions"]) == (
        "2026-02-20T17:00:00Z",
        "2026-02-27",
        1,
    )
    part = await city.done("POST", f"{path}/fill", OWNER, {"filled_count": 1})
    assert (part["state"], part["filled_count"]) == ("published", 1)
    assert (await city.done("POST", f"{path}/fill", OWNER))["state"] == "filled"
    clock.move(days=3)
    refused = await city.ask("POST", f"{path}/reopen", OWNER, {"closes_on": "2026-02-20"})
    assert [flaw["pointer"] for flaw in refused.json()["errors"]] == ["/openings"]
    opened = await city.done("POST", f"{path}/reopen", OWNER, {"closes_on": "2026-02-20", "openings": 3})
    assert (opened["state"], opened["openings"], opened["filled_count"]) == ("published", 3, 2)
    recalled = await city.done("POST", f"{path}/recall", OFFICER, WHY)
    assert (recalled["state"], recalled["reason_code"]) == ("recalled", "asks_money")
    row = await store.vacancies.collection.find_one({"_id": recalled["id"]})
    assert row is not None
    assert row["version"] == 10
    assert [entry["state"] for entry in row["history"]][-3:] == ["filled", "published", "recalled"]


async def test_a_recalled_vacancy_is_gone_with_a_warning_and_its_text_is_for_insiders(city: City) -> None:
    path = await published(city)
    await city.done("POST", f"{path}/recall", OFFICER, WHY)
    for reader in (None, STRANGER, ("acc_s", "seeker")):
        gone = await city.ask("GET", path, reader)
        problem = gone.json()
        assert (gone.status_code, problem["code"], problem["detail"]) == (410, "vacancy_recalled", WHY["reason"])
        assert "Jangan kirim uang" in problem["title"]
        assert "Menjahit" not in gone.text
    assert (await city.done("GET", path, OWNER))["state"] == "recalled"
    english = await city.ask("GET", path, Accept_Language="en")
    assert "Send nobody money" in english.json()["title"]


async def test_what_was_sent_in_is_taken_back_and_refused_is_the_end(city: City) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'submitted'))['id']}"
    assert (await city.done("POST", f"{path}/take-back", OWNER))["state"] == "draft"
    await city.done("POST", f"{path}/submit", OWNER)
    refused = await city.done("POST", f"{path}/refuse", OFFICER, WHY)
    assert (refused["state"], refused["reason"], refused["reason_code"]) == ("refused", WHY["reason"], "asks_money")
    for step in ("submit", "take-back", "pause"):
        again = await city.ask("POST", f"{path}/{step}", OWNER)
        assert (again.status_code, again.json()["state"]) == (409, "refused")
    assert (await city.ask("GET", path)).status_code == 404


async def test_what_an_officer_paused_the_employer_cannot_resume(city: City) -> None:
    path = await published(city)
    await city.done("POST", f"{path}/pause", OFFICER)
    refused = await city.ask("POST", f"{path}/resume", OWNER)
    assert (refused.status_code, refused.json()["code"]) == (409, "under_review")
    assert (await city.done("POST", f"{path}/resume", OFFICER))["state"] == "published"


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("pause", None),
        ("resume", None),
        ("fill", None),
        ("extend", {"closes_on": "2026-02-20"}),
        ("reopen", {"closes_on": "2026-02-20"}),
        ("take-back", None),
    ],
)
async def test_anothers_vacancy_is_not_there(city: City, step: str, body: Any) -> None:
    path = await published(city)
    await city.employer("acc_stranger")
    assert (await city.ask("POST", f"{path}/{step}", STRANGER, body)).status_code == 404
    assert (await city.ask("POST", f"{path}/{step}", None, body)).status_code == 401
    assert (await city.ask("POST", f"{path}/{step}", ("acc_s", "seeker"), body)).status_code == 403


@pytest.mark.parametrize("step", ["recall", "refuse"])
async def test_only_officers_recall_and_refuse(city: City, step: str) -> None:
    path = await published(city)
    assert (await city.ask("POST", f"{path}/{step}", OWNER, WHY)).status_code == 403


async def test_a_step_on_a_stale_version_is_refused(city: City) -> None:
    path = await published(city)
    stale = await city.ask("POST", f"{path}/pause", OWNER, None, If_Match='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await city.done("POST", f"{path}/pause", OWNER, None, If_Match='"3"'))["version"] == 4


async def test_stock_reasons_are_listed_and_a_wrong_one_is_named(city: City) -> None:
    items = (await city.done("GET", "/officer/reasons", OFFICER))["items"]
    assert {"code", "steps", "indonesian", "english"} == set(items[0])
    path = await published(city)
    refused = await city.ask("POST", f"{path}/recall", OFFICER, {**WHY, "reason_code": "unclear_wage"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason_code")


async def test_an_extension_too_far_names_the_field(city: City) -> None:
    path = await published(city)
    for body in ({"closes_on": "2026-01-20"}, {"closes_on": "2026-06-20"}):
        refused = await city.ask("POST", f"{path}/extend", OWNER, body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/closes_on")
