"""The check while typing, flags for officers, reports by the public, piecework and the wage table."""

from typing import Any

import pytest

from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City, Hands
from services.vacancy.tests.making import BODY

OWNER = ("acc_owner", "employer")
PIECEWORK = {
    "rate": 6_000,
    "minutes_per_piece": 30,
    "sample_tested": True,
    "materials_by": "employer",
    "collected_by": "employer",
    "pay_day": "weekly",
    "defect_rule": "Diperbaiki bersama, tanpa potongan.",
}
AT_HOME = {"kind": "piecework_home", "wage": None, "hours": None, "piecework": PIECEWORK}


async def test_a_check_points_at_words_and_stores_nothing(city: City, store: VacancyStore) -> None:
    body = {"title": "Kasir", "conditions": "Usia maks 25 tahun. Bayar uang seragam. Tanpa uang jaminan."}
    found = (await city.done("POST", "/vacancies/check", OWNER, body))["findings"]
    assert [(each["rule"], each["level"], each["text"]) for each in found] == [
        ("M1", "hold", "Bayar uang seragam"),
        ("M6", "warn", "Usia maks 25 tahun"),
    ]
    assert body["conditions"][found[0]["start"] : found[0]["end"]] == "Bayar uang seragam"
    english = (await city.ask("POST", "/vacancies/check", OWNER, body, Accept_Language="en")).json()["findings"]
    assert english[0]["message"].startswith("Nobody who looks for work")
    assert await store.vacancies.collection.count_documents({}) == 0
    assert (await city.done("POST", "/vacancies/check", OFFICER, {}))["findings"] == []


@pytest.mark.parametrize("who", [None, ("acc_s", "seeker")])
async def test_a_check_is_for_those_who_write_vacancies(city: City, who: Any) -> None:
    assert (await city.ask("POST", "/vacancies/check", who, {})).status_code == (403 if who else 401)


async def test_what_the_rules_found_waits_for_the_officer_and_is_nobody_elses_business(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "submitted", conditions="Bayar uang seragam.", description="x" * 30)
    flags = (await city.done("GET", "/officer/vacancies", OFFICER))["items"][0]["flags"]
    assert [flag["rule"] for flag in flags] == ["M1", "M7", "M9"]
    path = f"/vacancies/{made['id']}"
    await city.done("POST", f"{path}/publish", OFFICER)
    assert (await city.ask("GET", path)).json()["flags"] == []
    assert [flag["rule"] for flag in (await city.done("GET", path, OWNER))["flags"]] == ["M1", "M7", "M9"]
    again = await city.vacancy("acc_owner", "submitted", title=BODY["title"].upper())
    assert [flag["rule"] for flag in again["flags"]] == ["M7", "M10"]
    assert again["flags"][1]["text"] == made["number"]


async def test_an_unfair_condition_is_published_only_with_a_reason_that_stays(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "submitted", conditions="Khusus wanita.")
    path = f"/vacancies/{made['id']}"
    for body in (None, {"accept_flags": False, "reason": "Boleh."}):
        refused = await city.ask("POST", f"{path}/publish", OFFICER, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "fairness_unjustified")
    assert (await city.ask("POST", f"{path}/publish", OFFICER, {"accept_flags": True})).status_code == 422
    why = {"accept_flags": True, "reason": "Pengasuh di asrama putri."}
    published = await city.done("POST", f"{path}/publish", OFFICER, why)
    assert (published["state"], published["reason"]) == ("published", None)
    assert published["history"][-1]["reason"] == "Pengasuh di asrama putri."


async def test_taken_back_and_mended_it_is_judged_anew(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "submitted", conditions="Khusus wanita.")
    path = f"/vacancies/{made['id']}"
    back = await city.done("POST", f"{path}/take-back", OWNER)
    assert back["flags"] == []
    await city.done("PATCH", path, OWNER, {"conditions": "Teliti."}, If_Match=f'"{back["version"]}"')
    sent = await city.done("POST", f"{path}/submit", OWNER)
    assert [flag["rule"] for flag in sent["flags"]] == ["M7", "M9"]
    assert (await city.done("POST", f"{path}/publish", OFFICER))["state"] == "published"


async def test_piecework_says_what_an_hour_comes_to_beside_the_yardstick(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "published", **AT_HOME)
    shown = (await city.ask("GET", f"/vacancies/{made['id']}")).json()
    assert shown["piecework"] == PIECEWORK
    assert (shown["hourly_pay"], shown["hourly_yardstick"]) == (12_000, 2_422_105 // 173)
    assert shown["wage"] == {"min": 6_000, "max": None, "per": "piece"}
    listed = (await city.done("GET", "/vacancies/mine", OWNER))["items"][0]
    assert (listed["hourly_pay"], listed["hourly_yardstick"]) == (12_000, 2_422_105 // 173)
    other = await city.vacancy("acc_owner")
    assert (other["piecework"], other["hourly_pay"], other["hourly_yardstick"]) == (None, None, None)


@pytest.mark.parametrize("extra", ["deposit", "materials_fee", "machine_price"])
async def test_there_is_no_place_for_a_deposit_in_piecework(city: City, extra: str) -> None:
    await city.employer("acc_owner")
    body = {**BODY, **AT_HOME, "piecework": {**PIECEWORK, extra: 300_000}}
    assert (await city.ask("POST", "/vacancies", OWNER, body)).status_code == 422


async def test_piecework_is_for_work_at_home_only(city: City) -> None:
    await city.employer("acc_owner")
    refused = await city.ask("POST", "/vacancies", OWNER, {**BODY, "piecework": PIECEWORK})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/piecework")


async def test_the_third_different_reporter_stops_it_until_an_officer_has_looked(city: City, clock: Hands) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'published'))['id']}"
    body = {"category": "asks_money", "text": "Diminta transfer dulu."}
    for who in ("acc_1", "acc_2", "acc_2", "acc_1"):
        clock.move(minutes=1)
        answer = await city.ask("POST", f"{path}/reports", (who, "seeker"), body)
        assert (answer.status_code, answer.json()) == (202, {"received": True})
    assert (await city.ask("GET", path)).json()["state"] == "published"
    await city.ask("POST", f"{path}/reports", None, {"category": "other"})
    held = (await city.ask("GET", path)).json()
    assert (held["state"], held["reason_code"]) == ("paused", "under_review")
    quiet = await city.vacancy("acc_owner", "published", title="Kasir toko")
    await city.done("POST", f"/vacancies/{quiet['id']}/pause", OWNER)
    for query, waiting in (("", [held["id"], quiet["id"]]), ("&reason_code=under_review", [held["id"]])):
        queue = await city.done("GET", f"/officer/vacancies?state=paused{query}", OFFICER)
        assert sorted(item["id"] for item in queue["items"]) == sorted(waiting)
    items = (await city.done("GET", "/officer/reports", OFFICER))["items"]
    assert [(item["category"], item["reporters"]) for item in items] == [("other", 3), *[("asks_money", 3)] * 2]
    assert items[1]["text"] == "Diminta transfer dulu."
    assert items[0]["vacancy"]["state"] == "paused"
    assert not {"reporter", "address"} & set(items[0])
    assert (await city.ask("POST", f"{path}/resume", OWNER)).json()["code"] == "under_review"
    clock.move(minutes=1)
    await city.done("POST", f"{path}/resume", OFFICER)
    await city.ask("POST", f"{path}/reports", ("acc_4", "seeker"), body)
    assert (await city.ask("GET", path)).json()["state"] == "published", "the officer has seen the first three"


async def test_what_is_not_public_cannot_be_reported_and_nobody_reads_reports_but_officers(city: City) -> None:
    await city.employer("acc_owner")
    draft = await city.vacancy("acc_owner")
    body = {"category": "fake"}
    assert (await city.ask("POST", f"/vacancies/{draft['id']}/reports", None, body)).status_code == 404
    assert (await city.ask("POST", "/vacancies/vac_none/reports", None, body)).status_code == 404
    assert (await city.ask("POST", f"/vacancies/{draft['id']}/reports", None, {"category": "no"})).status_code == 422
    assert (await city.ask("GET", "/officer/reports", OWNER)).status_code == 403


async def test_one_address_reports_ten_times_an_hour(city: City, clock: Hands) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'closed'))['id']}/reports"
    answers = [await city.ask("POST", path, (f"acc_{n}", "seeker"), {"category": "fake"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "3600"
    clock.move(hours=1, seconds=1)
    assert (await city.ask("POST", path, ("acc_11", "seeker"), {"category": "fake"})).status_code == 202


async def test_a_report_names_nobody_in_the_store(city: City, store: VacancyStore) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'published'))['id']}/reports"
    await city.ask("POST", path, ("acc_reporter", "seeker"), {"category": "fake"})
    row = await store.reports.collection.find_one({})
    assert "acc_reporter" not in str(row)
    assert "127.0.0.1" not in str(row)


async def test_the_wage_table_is_public_and_officers_write_it(city: City, clock: Hands) -> None:
    first = (await city.ask("GET", "/wages")).json()
    assert first["items"] == [first["current"]]
    assert (first["current"]["region"], first["current"]["from"], first["current"]["amount"]) == (
        *("35.77", "2025-01-01", 2_422_105),
    )
    assert first["floors"] == {
        "month": 2_422_105,
        "hour": 14_000,
        "part_time_hour": 19_223,
        "day_of_six": 96_884,
        "day_of_five": 115_338,
    }
    row = {"from": "2026-01-05", "amount": 2_600_000, "decree": "Keputusan contoh", "confirmed": False}
    assert (await city.ask("POST", "/officer/wages", OWNER, row)).status_code == 403
    assert (await city.done("POST", "/officer/wages", OFFICER, row))["confirmed"] is False
    assert (await city.ask("GET", "/wages")).json()["current"]["amount"] == 2_422_105, "not confirmed yet"
    await city.done("POST", "/officer/wages", OFFICER, {**row, "confirmed": True})
    table = (await city.ask("GET", "/wages")).json()
    assert [each["amount"] for each in table["items"]] == [2_600_000, 2_422_105]
    assert (table["current"]["amount"], table["floors"]["hour"]) == (2_600_000, 15_028)
    clock.move(days=-2)
    assert (await city.ask("GET", "/wages")).json()["current"]["amount"] == 2_422_105


@pytest.mark.parametrize(
    "wrong", [{"amount": "2600000"}, {"amount": 1}, {"from": 0}, {"decree": ""}, {"region": "35.01"}, {"x": 1}]
)
async def test_a_wage_that_makes_no_sense_is_refused(city: City, wrong: dict[str, Any]) -> None:
    row = {"from": "2026-01-01", "amount": 2_600_000, "decree": "Keputusan contoh", **wrong}
    assert (await city.ask("POST", "/officer/wages", OFFICER, row)).status_code == 422


async def test_a_restart_leaves_an_officers_correction_as_it_is(city: City, store: VacancyStore) -> None:
    row = {"from": "2025-01-01", "amount": 2_422_106, "decree": "Ralat contoh"}
    await city.done("POST", "/officer/wages", OFFICER, row)
    await store.prepare()
    assert [each["amount"] for each in (await city.ask("GET", "/wages")).json()["items"]] == [2_422_106]
    kept = await store.wages.collection.find_one({})
    assert kept is not None
    assert [entry["by"] for entry in kept["entered"]] == ["acc_officer"]
