"""Vacancies of partners: many in one go, published at once, and safe to bring in again."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from services.vacancy.commands.partners import PartnerCommands
from services.vacancy.domain.partner import Imported
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City, Hands
from services.vacancy.tests.making import NOW


def item(number: int = 1, **changes: Any) -> Imported:
    return Imported(**{"source": "loker", "source_id": f"l-{number}", "title": "URGENT Admin Gudang", **changes})


@pytest.fixture
def partners(store: VacancyStore, clock: Hands) -> PartnerCommands:
    return PartnerCommands(store, clock=clock)


async def test_each_is_published_once_however_often_and_in_how_many_processes_it_is_brought_in(
    partners: PartnerCommands, store: VacancyStore
) -> None:
    batch = [item(number) for number in range(20)]
    outcomes = await asyncio.gather(partners.import_published(batch), partners.import_published(batch))
    again = await partners.import_published([*batch, batch[0], item(20)])
    assert sum(outcome.new for outcome in outcomes) == 20
    assert {outcome.new + outcome.known for outcome in outcomes} == {20}
    assert (again.new, again.known) == (1, 21)
    rows = [row async for row in store.vacancies.collection.find({})]
    assert ({row["state"] for row in rows}, len({row["number"] for row in rows}), len(rows)) == (
        {"published"},
        21,
        21,
    )


async def test_bringing_in_again_uses_up_no_numbers(partners: PartnerCommands, store: VacancyStore) -> None:
    batch = [item(number) for number in range(20)]
    for _ in range(3):
        await partners.import_published(batch)
    await partners.import_published([item(99)])
    row = await store.vacancies.collection.find_one({"_id": item(99).vacancy_id})
    assert row is not None
    assert row["number"] == "LWK-2026-000021"


async def test_the_three_steps_are_told_in_order(partners: PartnerCommands, store: VacancyStore) -> None:
    await partners.import_published([item()])
    row = await store.vacancies.collection.find_one({})
    assert row is not None
    told = [json.loads(entry["value"]) for entry in row["outbox"]]
    assert [(event["type"], event["sequence"], event["data"]["state"]) for event in told] == [
        ("VacancyDrafted.v1", 1, "draft"),
        ("VacancySubmitted.v1", 2, "submitted"),
        ("VacancyPublished.v1", 3, "published"),
    ]
    assert row["version"] == 3
    assert {event["data"]["owner_id"] for event in told} == {None}


async def test_everybody_reads_it_with_its_source_and_its_employer_by_name(
    partners: PartnerCommands, city: City
) -> None:
    batch = [item(1, employer_name="PT Contoh"), item(2, employer_name="pt contoh"), item(3)]
    await partners.import_published(batch)
    shown = [(await city.ask("GET", f"/vacancies/{each.vacancy_id}")).json() for each in batch]
    assert [each["employer"]["name"] for each in shown] == [
        *("PT Contoh", "pt contoh", "Pemberi kerja tidak disebutkan")
    ]
    assert shown[0]["employer"]["id"] == shown[1]["employer"]["id"] != shown[2]["employer"]["id"]
    assert {(each["source"], each["employer"]["verified"], each["closes_on"]) for each in shown} == {
        ("partner", False, "2026-02-04")
    }
    assert [step["actor"] for step in shown[0]["history"]] == ["system"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"closes_on": NOW.date()}, "incomplete"),
        ({"closes_on": NOW.date() + timedelta(days=61)}, "incomplete"),
        ({"kelurahan_code": "35.77.09.1001"}, "invalid_input"),
    ],
)
async def test_one_that_breaks_a_rule_is_named_and_the_others_come_in(
    partners: PartnerCommands, changes: dict[str, Any], code: str
) -> None:
    outcome = await partners.import_published([item(1), item(2, **changes), item(3)])
    assert (outcome.new, outcome.known) == (2, 0)
    assert [(each.source_id, each.code) for each in outcome.refused] == [("l-2", code)]


async def test_an_officer_may_close_a_partners_vacancy_and_no_employer_may(
    partners: PartnerCommands, city: City
) -> None:
    await partners.import_published([item()])
    path = f"/vacancies/{item().vacancy_id}/close"
    assert (await city.ask("POST", path, ("acc_1", "employer"))).status_code == 404
    closed = await city.done("POST", path, ("acc_officer", "officer"))
    assert (closed["state"], closed["reason"]) == ("closed", "Ditutup oleh petugas Disnaker.")
