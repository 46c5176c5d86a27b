"""The month's statistics: what counts, that every table adds up, and that a closed month stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.application.labour.model import age_group, education_group, industry_section, month_of
from services.application.labour.months import Months
from services.application.tests.conftest import BUDI, OFFICER, SITI, Http, World, vacancy_event
from services.application.tests.counting import DECEMBER, NOVEMBER, Past, adds_up, again, cell, flow, hired
from shared.contracts import card, vacancy
from shared.contracts.codes import Code, Education
from shared.contracts.identity import AccountErased

JANUARY = datetime(2027, 1, 4, 5, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)  # 23.59 in Madiun


@pytest.fixture
def past(world: World) -> Past:
    return Past(world)


@pytest.fixture
async def months(world: World) -> Months:
    await world.placements.ledger.store.entries.delete_many({})  # the advert of the other tests is of today
    return Months(world.placements.ledger.store, clock=lambda: JANUARY)


def test_a_month_is_madiuns_and_the_end_of_time_has_one_too() -> None:
    assert [month_of(LAST_MINUTE), month_of(LAST_MINUTE + timedelta(seconds=1))] == ["2026-11", "2026-12"]
    assert month_of(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) == "9999-12"


def test_codes_go_to_the_rows_of_the_reports() -> None:
    assert [age_group(age) for age in (14, 15, 19, 20, 29, 30, 44, 45, 54, 55, 80, None)] == [
        *("?", "15-19", "15-19", "20-29", "20-29", "30-44", "30-44", "45-54", "45-54", "55+", "55+", "?")
    ]
    levels = ("0", "1000", "2000", "3002", "4100", "5000", "6000", "8000")
    assert [education_group(Education(form="rinci", code=code)) for code in levels] == [
        *("11", "12", "13", "14", "15", "16", "17", "17")
    ]
    codes = ("C", "14111", "01", "56", "99000", "0", "zz")
    assert [industry_section(Code(scheme="KBLI", version="2020", code=code)) for code in codes] == [
        *("C", "C", "A", "I", "U", "?", "?")
    ]


async def test_who_looked_for_work_goes_on_into_the_next_month_and_every_table_adds_up(
    past: Past, months: Months
) -> None:
    await past.issued("crd_1", "acc_1", NOVEMBER)
    await past.issued("crd_2", "acc_2", LAST_MINUTE, sex="male", age=19, education=None)
    await past.issued("crd_3", "acc_3", LAST_MINUTE + timedelta(seconds=1))  # December in Madiun
    await past.ended(card.JobseekerCardLapsed, "crd_1", "acc_1", DECEMBER)
    november, december = await months.show("2026-11"), await months.show("2026-12")
    assert flow(november, "III/1-I") == [0, 2, 0, 0, 2]
    assert flow(december, "III/1-I") == [2, 1, 0, 1, 2]
    assert flow(december, "III/1-I", "15-19.L") == [1, 0, 0, 0, 1]
    assert cell(december, "III/2", "14", "out.P") == 1
    assert cell(december, "III/2", "?", "before.L") == 1
    for each in (november, december):
        adds_up(each)


async def test_a_person_with_a_card_who_is_hired_counts_once_and_the_card_that_it_ends_adds_nothing(
    past: Past, months: Months, http: Http, world: World
) -> None:
    await past.issued("crd_1", SITI, NOVEMBER)
    await hired(http, world, past, SITI)
    await past.ended(card.JobseekerCardEmployed, "crd_1", SITI, DECEMBER, told_by="placement")
    december = await months.show("2026-12")
    assert flow(december, "III/1-I") == [1, 0, 1, 0, 0]
    assert cell(december, "III/8-receiver", "24", "AKL.P") == 1
    assert cell(december, "III/7", "C", "all") == 1
    adds_up(december)


async def test_who_is_hired_without_a_card_counts_as_registered_and_a_corrected_hire_counts_no_more(
    past: Past, months: Months, http: Http, world: World
) -> None:
    id = await hired(http, world, past, BUDI)
    assert flow(await months.show("2026-12"), "III/1-I") == [0, 1, 1, 0, 0]
    answer = await http.post(f"/{id}/correct", {"reason": "Salah orang."}, OFFICER, "officer")
    assert answer.status_code == 200
    await again(world, past, id)
    corrected = await months.show("2026-12")
    assert flow(corrected, "III/1-I") == [0, 0, 0, 0, 0]
    assert cell(corrected, "III/7", "C", "all") == 0
    adds_up(corrected)


async def test_whose_card_a_wrong_hire_ended_is_removed(past: Past, months: Months, http: Http, world: World) -> None:
    await past.issued("crd_1", SITI, NOVEMBER)
    id = await hired(http, world, past, SITI)
    await http.post(f"/{id}/correct", {"reason": "Salah orang."}, OFFICER, "officer")
    await again(world, past, id)
    december = await months.show("2026-12")
    assert flow(december, "III/1-I") == [1, 0, 0, 1, 0]
    adds_up(december)


async def test_openings_are_counted_as_they_are_added_filled_left_over_and_opened_again(
    past: Past, months: Months
) -> None:
    seamstress = {"occupation": Code(scheme="KBJI", version="2014", code="7531")}
    await past.vacancy(vacancy.VacancyPublished, NOVEMBER, openings=3, **seamstress)
    await past.vacancy(vacancy.VacancyChanged, NOVEMBER, openings=5, filled_count=1, **seamstress)
    await past.vacancy(vacancy.VacancyExpired, DECEMBER, state="expired", openings=5, filled_count=2)
    assert flow(await months.show("2026-11"), "III/1-II") == [0, 5, 1, 0, 4]
    december = await months.show("2026-12")
    assert flow(december, "III/1-II") == [4, 0, 1, 3, 0]
    assert cell(december, "III/5", "7", "out") == 3
    await past.vacancy(vacancy.VacancyReopened, DECEMBER, openings=5, filled_count=2)
    await past.vacancy(vacancy.VacancyFilled, DECEMBER, state="filled", openings=5, filled_count=2)
    december = await months.show("2026-12")
    assert flow(december, "III/1-II") == [4, 3, 4, 3, 0]
    adds_up(december)


async def test_an_older_event_that_comes_late_and_what_others_registered_change_nothing(
    past: Past, months: Months
) -> None:
    await past.vacancy(vacancy.VacancyPublished, NOVEMBER, openings=3)
    await past.vacancy(vacancy.VacancyClosed, NOVEMBER, state="closed", openings=3)
    await past.tell(vacancy_event(vacancy.VacancyPublished, openings=9), "vac_old", NOVEMBER, seq=1)
    await past.tell(vacancy_event(source="province"), "vac_province", NOVEMBER)
    await past.tell(vacancy_event(source="partner"), "vac_partner", NOVEMBER)
    assert flow(await months.show("2026-11"), "III/1-II") == [0, 3, 0, 3, 0]


async def test_a_closed_month_stands_and_what_is_heard_of_it_later_counts_in_the_next_one(
    past: Past, months: Months
) -> None:
    await past.issued("crd_1", "acc_1", NOVEMBER)
    closed = await months.close("2026-11", officer=OFFICER)
    assert closed.sha256
    assert flow(closed, "III/1-I") == [0, 1, 0, 0, 1]
    await past.issued("crd_2", "acc_2", NOVEMBER)
    assert await months.show("2026-11") == closed == await months.close("2026-11", officer="acc_other")
    december = await months.show("2026-12")
    assert flow(december, "III/1-I") == [1, 1, 0, 0, 2]
    assert december.late == 1
    assert (await months.close("2026-12", officer=OFFICER)).late == 1
    assert flow(await months.show("2027-01"), "III/1-I") == [2, 0, 0, 0, 2]


async def test_who_closed_a_month_and_died_before_marking_has_counted_nothing_twice(
    past: Past, months: Months, world: World
) -> None:
    await past.issued("crd_1", "acc_1", NOVEMBER)
    await months.close("2026-11", officer=OFFICER)
    store = world.placements.ledger.store
    await store.months.update_one({"_id": "2026-11"}, {"$unset": {"marked": ""}})
    await store.entries.update_many({}, {"$set": {"counted": None}})
    assert flow(await months.show("2026-12"), "III/1-I") == [1, 0, 0, 0, 1]


async def test_whoever_is_erased_is_counted_out_and_cannot_be_found_in_the_ledger(
    past: Past, months: Months, world: World
) -> None:
    await past.issued("crd_1", SITI, NOVEMBER)
    await months.close("2026-11", officer=OFFICER)
    await world.tell(AccountErased(role="seeker"), subject=SITI)
    store = world.placements.ledger.store
    assert await store.entries.count_documents({"person": SITI}) == 0
    assert await world.placements.store.cards.count_documents({"seeker_id": SITI}) == 0
    left = [each async for each in store.entries.find({"kind": "removed"})]
    assert [each["ref"] for each in left] == ["crd_1"]


async def test_months_are_closed_in_order_by_officers_and_only_when_they_are_over(
    past: Past, months: Months, http: Http
) -> None:
    await past.issued("crd_1", "acc_1", datetime(2026, 10, 5, tzinfo=UTC))
    assert (await months.show("2026-10")).may_close
    assert not (await months.show("2026-11")).may_close
    this_month = f"{datetime.now(UTC) + timedelta(hours=7):%Y-%m}"
    for month, code in (("2026-11", "month_not_next"), (this_month, "month_not_over")):
        answer = await labour(http, "POST", f"{month}/close")
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert (await labour(http, "POST", "2026-10/close")).json()["sha256"]
    assert (await labour(http, "GET", "2026-10")).json()["closed_at"]
    assert (await labour(http, "GET", "2026-10", SITI, "seeker")).status_code == 403
    assert (await labour(http, "GET", "2026-13")).status_code == 422


async def labour(http: Http, method: str, path: str, account: str = OFFICER, role: str = "officer") -> Any:
    headers = http.mint.headers(account, role)
    return await http.client.request(method, f"/api/v1/labour/months/{path}", headers=headers)
