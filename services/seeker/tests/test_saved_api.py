"""Saved vacancies and saved searches as their owner meets them over HTTP."""

import asyncio
from typing import Any

import pytest

from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.telling import House, vacancy_event
from shared.contracts.vacancy import VacancyClosed, VacancyDrafted, VacancyRecalled

KEPT, SEARCHES = "/me/saved-vacancies", "/me/saved-searches"
FULL: dict[str, Any] = {
    "name": "Dekat rumah",
    "q": "penjahit",
    "kelurahan": ["35.77.03.1005"],
    "kind": ["full_time"],
    "wage_min": 1_500_000,
    "from_home": False,
    "bidang": ["7"],
    "workplace": ["onsite"],
    "hours": ["no_night"],
    "education": "smp",
    "may_bring_child": True,
    "near": "35.77.03.1005",
    "within_km": 3.0,
    "rhythm": "weekly",
    "hour": 9,
    "channel": "email",
}
LEAST: dict[str, Any] = {
    "name": None,
    "q": None,
    "kelurahan": [],
    "kind": [],
    "wage_min": None,
    "from_home": False,
    "bidang": [],
    "workplace": [],
    "hours": [],
    "education": None,
    "may_bring_child": False,
    "near": None,
    "within_km": None,
    "rhythm": "daily",
    "hour": 7,
    "channel": "email",
}


@pytest.fixture(autouse=True)
async def reachable(http: Http) -> None:
    await http.put({"name": "Siti", "email": "siti@contoh.id"})
    await http.put({"name": "Budi", "email": "budi@contoh.id"}, BUDI)


async def test_after_something_was_dropped_something_else_can_be_kept_at_once(http: Http, house: House) -> None:
    for vacancy in ("vac_1", "vac_2"):
        await house.vacancy(vacancy, closes_at=None)
    async with asyncio.timeout(10):
        assert (await http.call("PUT", f"{KEPT}/vac_1")).status_code == 201
        assert (await http.call("DELETE", f"{KEPT}/vac_1")).status_code == 204
        assert (await http.call("PUT", f"{KEPT}/vac_2")).status_code == 201
        search = (await http.call("POST", SEARCHES, {"q": "penjahit"})).json()
        assert (await http.call("DELETE", f"{SEARCHES}/{search['id']}")).status_code == 204
        assert (await http.call("POST", SEARCHES, {"q": "kasir"})).status_code == 201


async def test_a_vacancy_is_kept_once_listed_and_forgotten(http: Http, house: House) -> None:
    await house.vacancy(closes_at=None)
    first = await http.call("PUT", f"{KEPT}/vac_1")
    again = await http.call("PUT", f"{KEPT}/vac_1")
    assert [first.status_code, again.status_code] == [201, 200]
    assert first.json() == again.json()
    assert {**first.json(), "saved_at": None} == {
        "vacancy_id": "vac_1",
        "number": "LWK-2025-000007",
        "slug": "penjahit-rumahan",
        "title": "Penjahit Rumahan",
        "employer_name": "Konveksi Melati",
        "kelurahan_code": "35.77.03.1005",
        "state": "published",
        "closes_at": None,
        "saved_at": None,
    }
    assert (await http.call("GET", KEPT)).json() == {"items": [first.json()], "next": None}
    assert (await http.call("GET", f"{KEPT}/vac_1")).json() == first.json()
    assert (await http.call("GET", KEPT, account=BUDI)).json()["items"] == []
    assert (await http.call("GET", f"{KEPT}/vac_1", account=BUDI)).status_code == 404
    await http.call("DELETE", f"{KEPT}/vac_1", account=BUDI)
    assert len((await http.call("GET", KEPT)).json()["items"]) == 1
    gone = [await http.call("DELETE", f"{KEPT}/vac_1") for _ in range(2)]
    assert [answer.status_code for answer in gone] == [204, 204]
    assert (await http.call("GET", KEPT)).json()["items"] == []
    assert (await http.call("PUT", f"{KEPT}/vac_1")).status_code == 201


async def test_the_list_is_paged_newest_first_and_shows_the_state_as_it_is_now(http: Http, house: House) -> None:
    for n in range(5):
        await house.vacancy(f"vac_{n}")
        await http.call("PUT", f"{KEPT}/vac_{n}")
    await house.vacancy("vac_4", VacancyClosed, state="closed", closes_at=None)
    first = await http.call("GET", f"{KEPT}?limit=3")
    rest = await http.call("GET", f"{KEPT}?limit=3&cursor={first.json()['next']}")
    assert [item["vacancy_id"] for item in first.json()["items"] + rest.json()["items"]] == [
        f"vac_{n}" for n in (4, 3, 2, 1, 0)
    ]
    assert [item["state"] for item in first.json()["items"]] == ["closed", "expired", "expired"]
    assert (rest.json()["next"], 'rel="next"' in first.headers["link"]) == (None, True)
    assert (await http.call("GET", f"{KEPT}?cursor=x")).json()["code"] == "bad_cursor"


async def test_what_is_not_known_or_was_recalled_is_not_kept_but_stays_with_who_has_it(
    http: Http, house: House
) -> None:
    unknown = await http.call("PUT", f"{KEPT}/vac_9")
    assert (unknown.status_code, unknown.json()["code"]) == (409, "vacancy_not_known_yet")
    assert unknown.headers["retry-after"] == "2"
    await house.vacancy("vac_1", VacancyDrafted, state="draft")
    assert (await http.call("PUT", f"{KEPT}/vac_1")).json()["code"] == "vacancy_not_known_yet"
    await house.vacancy("vac_1")
    await http.call("PUT", f"{KEPT}/vac_1")
    await house.vacancy("vac_1", VacancyRecalled, state="recalled")
    again, other = await http.call("PUT", f"{KEPT}/vac_1"), await http.call("PUT", f"{KEPT}/vac_1", account=BUDI)
    assert (again.status_code, again.json()["state"]) == (200, "recalled")
    assert (other.status_code, other.json()["code"]) == (409, "vacancy_recalled")


async def test_nobody_keeps_more_than_two_hundred_even_all_at_once(http: Http, house: House) -> None:
    facts = vacancy_event().model_dump(mode="json")
    rows = [{**facts, "_id": f"vac_{n}", "slug": "x", "closes_at": None, "published_at": None} for n in range(203)]
    await house.stores.saved.vacancies.insert_many(rows)
    for n in range(195):
        await house.saved.keep(SITI, f"vac_{n}")
    last = await asyncio.gather(*(http.call("PUT", f"{KEPT}/vac_{n}") for n in range(195, 203)))
    assert sorted(answer.status_code for answer in last) == [201] * 5 + [409] * 3
    refused = next(answer for answer in last if answer.status_code == 409)
    assert refused.json()["code"] == "too_many_saved"
    assert await house.stores.saved.saved.count_documents({"seeker_id": SITI}) == 200
    await http.call("DELETE", f"{KEPT}/vac_0")
    assert (await http.call("PUT", f"{KEPT}/vac_0")).status_code == 201


async def test_the_same_vacancy_saved_many_times_at_once_is_kept_once(http: Http, house: House) -> None:
    await house.vacancy()
    answers = await asyncio.gather(*(http.call("PUT", f"{KEPT}/vac_1") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]


@pytest.mark.parametrize(("body", "shown"), [(FULL, FULL), ({}, LEAST)])
async def test_a_search_comes_back_as_it_was_saved(http: Http, body: Any, shown: Any) -> None:
    made = await http.call("POST", SEARCHES, body)
    assert made.status_code == 201
    search = made.json()
    assert {name: search[name] for name in shown} == shown
    assert (search["active"], search["id"].startswith("srch_")) == (True, True)
    assert (await http.call("GET", SEARCHES)).json() == {"items": [search], "next": None}
    assert (await http.call("GET", f"{SEARCHES}/{search['id']}")).json() == search
    repeated = await http.call("POST", SEARCHES, body)
    assert (repeated.status_code, repeated.json()) == (200, search)


async def test_a_search_is_changed_field_by_field_stopped_and_begun_again(http: Http) -> None:
    search = (await http.call("POST", SEARCHES, FULL)).json()
    here = f"{SEARCHES}/{search['id']}"
    changed = (await http.call("PATCH", here, {"q": None, "hour": 18, "kind": []})).json()
    assert {**changed, "next_at": None} == {**search, "q": None, "hour": 18, "kind": [], "next_at": None}
    stopped = (await http.call("PATCH", here, {"active": False})).json()
    assert (stopped["active"], stopped["next_at"], stopped["hour"]) == (False, None, 18)
    assert (await http.call("PATCH", here, {"name": "Lain"})).json()["active"] is False
    again = (await http.call("PATCH", here, {"active": True})).json()
    assert (again["active"], again["next_at"]) == (True, changed["next_at"])
    assert (await http.call("GET", here)).json() == again


async def test_another_persons_search_is_not_there(http: Http) -> None:
    search = (await http.call("POST", SEARCHES, FULL)).json()
    here = f"{SEARCHES}/{search['id']}"
    for method, body in (("GET", None), ("PATCH", {"hour": 8})):
        assert (await http.call(method, here, body, BUDI)).status_code == 404
    assert (await http.call("DELETE", here, account=BUDI)).status_code == 204
    assert (await http.call("GET", here)).json() == search
    assert [(await http.call("DELETE", here)).status_code for _ in range(2)] == [204, 204]
    assert (await http.call("GET", here)).status_code == 404
    assert (await http.call("GET", SEARCHES)).json()["items"] == []


async def test_nobody_saves_more_than_ten_searches_even_all_at_once(http: Http) -> None:
    answers = await asyncio.gather(*(http.call("POST", SEARCHES, {"q": f"kata{n}"}) for n in range(13)))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 3
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "too_many_searches"


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"kelurahan": ["35.77.99.1001"]}, "kelurahan_unknown", "/kelurahan"),
        ({"channel": "sms"}, "channel_without_address", "/channel"),
        ({"hour": 5}, "invalid_input", "/hour"),
        ({"hour": 21}, "invalid_input", "/hour"),
        ({"hour": "7"}, "invalid_input", "/hour"),
        ({"rhythm": "hourly"}, "invalid_input", "/rhythm"),
        ({"from_home": "yes"}, "invalid_input", "/from_home"),
        ({"wage_min": 0}, "invalid_input", "/wage_min"),
        ({"q": "x" * 101}, "invalid_input", "/q"),
        ({"workplace": "home"}, "invalid_input", "/workplace"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_search_is_refused_with_the_field_and_what_to_do(
    http: Http, body: Any, code: str, pointer: str, language: str
) -> None:
    search = (await http.call("POST", SEARCHES, {"q": "kasir"})).json()
    for method, path in (("POST", SEARCHES), ("PATCH", f"{SEARCHES}/{search['id']}")):
        answer = await http.call(method, path, body, language=language)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert answer.json()["title"] != ""


@pytest.mark.parametrize("role", ["employer", "officer", "admin"])
async def test_only_seekers_keep_anything(http: Http, role: str) -> None:
    for method, path in (("GET", KEPT), ("PUT", f"{KEPT}/vac_1"), ("GET", SEARCHES), ("POST", SEARCHES)):
        assert (await http.call(method, path, {}, role=role)).status_code == 403
    assert (await http.call("GET", KEPT, account=None)).status_code == 401


async def test_a_stop_link_stops_without_a_login_and_only_its_own_search(http: Http, house: House) -> None:
    one = (await http.call("POST", SEARCHES, {"q": "satu"})).json()
    two = (await http.call("POST", SEARCHES, {"q": "dua"})).json()
    token = house.tokens.make(one["id"])
    for _ in range(2):
        assert (await http.call("POST", "/stop-alerts", {"token": token}, None)).status_code == 204
    assert [item["active"] for item in (await http.call("GET", SEARCHES)).json()["items"]] == [False, True]
    assert SITI not in token
    forged = await http.call("POST", "/stop-alerts", {"token": token.replace(one["id"], two["id"])}, None)
    assert (forged.status_code, forged.json()["code"]) == (404, "stop_link_unknown")
    assert (await http.call("GET", "/stop-alerts", None, None)).status_code == 405
    await http.call("DELETE", f"{SEARCHES}/{one['id']}")
    assert (await http.call("POST", "/stop-alerts", {"token": token}, None)).status_code == 204
