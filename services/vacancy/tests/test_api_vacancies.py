"""Vacancies through the API: from draft to closed, what each reader sees, lists, and races."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from services.vacancy.commands.expiry import Expiry
from services.vacancy.search.helping import Help
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City, Hands
from services.vacancy.tests.making import BODY, OVER

OWNER, OTHER_OFFICER = ("acc_owner", "employer"), ("acc_officer_2", "officer")


async def test_a_vacancy_goes_from_draft_to_published_and_everybody_may_read_it(city: City) -> None:
    employer = await city.employer("acc_owner")
    draft = await city.vacancy("acc_owner")
    assert (draft["state"], draft["number"], draft["slug"]) == ("draft", "LWK-2026-000001", "penjahit-rumahan-kebaya")
    assert (draft["closes_at"], draft["answer_by"]) == ("2026-01-31T17:00:00Z", "2026-02-07")
    path = f"/vacancies/{draft['id']}"
    returned = await city.vacancy("acc_owner", "returned")
    assert (returned["state"], returned["reason"]) == ("returned", "Upahnya belum jelas.")
    await city.done("POST", f"{path}/submit", OWNER)
    published = await city.done("POST", f"{path}/publish", OFFICER)
    read = (await city.ask("GET", f"/vacancies/{draft['number']}")).json()
    assert (read["state"], read["kelurahan"], read["source"]) == ("published", "Oro-oro Ombo", "city")
    assert read["employer"] == {"id": employer["id"], "name": "Jahit Contoh", "verified": True}
    assert read["wage"] == {"min": 2_000_000, "max": 2_600_000, "per": "month"}
    assert (read["published_at"], read["version"]) == (published["published_at"], 3)
    closed = await city.done("POST", f"{path}/close", OWNER, {"reason": "Sudah terisi."})
    assert (closed["state"], closed["reason"]) == ("closed", "Sudah terisi.")
    assert (await city.ask("GET", path)).json()["state"] == "closed"


async def test_everybody_sees_the_public_steps_only_and_nobody_sees_an_account(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "returned")
    path = f"/vacancies/{made['id']}"
    await city.done("POST", f"{path}/submit", OWNER)
    inside = await city.done("POST", f"{path}/publish", OFFICER)
    outside = (await city.ask("GET", path)).json()
    assert [(step["state"], step["reason"]) for step in outside["history"]] == [("published", None)]
    assert [step["state"] for step in inside["history"]] == [
        *("draft", "submitted", "returned", "submitted", "published")
    ]
    for shown in (inside, outside):
        assert "acc_" not in str(shown)


async def test_the_address_of_a_home_is_never_public(city: City) -> None:
    await city.employer("acc_owner", size="micro", address="Jl. Rumah 7")
    made = await city.vacancy("acc_owner", "published", address="Jl. Rumah 7")
    read = await city.ask("GET", f"/vacancies/{made['id']}")
    assert "Jl. Rumah" not in read.text
    assert (made["address"], read.json()["kelurahan"]) == ("Jl. Rumah 7", "Oro-oro Ombo")


async def test_an_address_is_hidden_from_the_moment_the_employer_becomes_a_home(city: City) -> None:
    employer = await city.employer("acc_owner", size="large")
    made = await city.vacancy("acc_owner", "published")
    assert (await city.ask("GET", f"/vacancies/{made['id']}")).json()["address"] == "Jl. Contoh 1"
    await city.done("PATCH", "/employers/me", OWNER, {"size": "household"}, If_Match=f'"{employer["version"]}"')
    assert (await city.ask("GET", f"/vacancies/{made['id']}")).json()["address"] is None


async def test_a_change_replaces_what_it_names_and_empties_what_is_null(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner")
    changes = {"wage": None, "description": None, "skills": ["bordir"], "hours": {"flexible": True}}
    after = await city.done("PATCH", f"/vacancies/{made['id']}", OWNER, changes, If_Match='"1"')
    assert (after["wage"], after["description"], after["skills"], after["hours"]["flexible"]) == (
        *(None, "", ["bordir"], True),
    )
    assert (after["title"], after["openings"], after["closes_on"]) == (made["title"], 1, "2026-01-31")
    same = await city.done("PATCH", f"/vacancies/{made['id']}", OWNER, {"skills": ["bordir"]}, If_Match='"2"')
    assert same["version"] == 2


async def test_only_a_verified_employer_is_published_and_verification_later_is_enough(city: City) -> None:
    employer = await city.employer("acc_owner", verified=False)
    made = await city.vacancy("acc_owner", "submitted")
    path = f"/vacancies/{made['id']}/publish"
    early = await city.ask("POST", path, OFFICER)
    assert (early.status_code, early.json()["code"]) == (409, "employer_not_verified")
    await city.done("POST", f"/employers/{employer['id']}/verify", OFFICER)
    published = await city.done("POST", path, OFFICER)
    assert (published["state"], published["employer"]["verified"]) == ("published", True)


async def test_four_eyes_look_at_what_an_officer_typed(city: City) -> None:
    employer = await city.employer("acc_owner")
    made = await city.done("POST", "/vacancies", OFFICER, {**BODY, "employer_id": employer["id"]})
    path = f"/vacancies/{made['id']}"
    await city.done("POST", f"{path}/submit", OFFICER)
    own = await city.ask("POST", f"{path}/publish", OFFICER)
    assert (own.status_code, own.json()["code"]) == (403, "same_officer")
    assert (await city.done("POST", f"{path}/publish", OTHER_OFFICER))["state"] == "published"
    assert [item["id"] for item in (await city.done("GET", "/vacancies/mine", OWNER))["items"]] == [made["id"]]


async def test_when_two_officers_decide_at_once_one_wins_and_the_other_is_told_the_state(city: City) -> None:
    await city.employer("acc_owner")
    for _ in range(5):
        made = await city.vacancy("acc_owner", "submitted")
        path = f"/vacancies/{made['id']}"
        answers = await asyncio.gather(
            city.ask("POST", f"{path}/publish", OFFICER),
            city.ask("POST", f"{path}/return", OTHER_OFFICER, {"reason": "Upahnya belum jelas."}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert lost.json()["state"] == won.json()["state"]
        stands = await city.done("GET", path, OWNER)
        assert (stands["state"], stands["version"]) == (won.json()["state"], 3)


async def test_it_is_shown_as_expired_from_its_closing_time_on_swept_or_not(
    city: City, clock: Hands, store: VacancyStore
) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "published")
    path = f"/vacancies/{made['id']}"
    clock.now = OVER
    before = (await city.ask("GET", path, If_None_Match='"3"')).json()
    late = await city.ask("POST", f"{path}/close", OWNER)
    assert (late.status_code, late.json()["state"]) == (409, "expired")
    assert [await Expiry(store, clock=clock).expire_due() for _ in range(2)] == [1, 0]
    after = (await city.ask("GET", path)).json()
    assert (before["state"], before["history"][-1]["at"]) == ("expired", "2026-01-31T17:00:00Z")
    assert after == {**before, "version": 4}


async def test_an_unchanged_vacancy_is_a_304(city: City) -> None:
    await city.employer("acc_owner")
    path = f"/vacancies/{(await city.vacancy('acc_owner', 'published'))['id']}"
    first = await city.ask("GET", path)
    again = await city.ask("GET", path, If_None_Match=first.headers["etag"])
    other = await city.ask("GET", path, If_None_Match='"2"')
    assert [(each.status_code, each.headers["etag"]) for each in (again, other)] == [(304, '"3"'), (200, '"3"')]


async def test_my_vacancies_are_mine_newest_first_page_by_page(city: City, clock: Hands) -> None:
    await city.employer("acc_owner")
    await city.employer("acc_stranger")
    await city.vacancy("acc_stranger")
    made = []
    for number in range(5):
        clock.move(milliseconds=number % 2)
        made.append((await city.vacancy("acc_owner"))["id"])
    assert await _all_pages(city, "/vacancies/mine?limit=2", OWNER) == made[::-1]


async def test_the_queue_shows_the_longest_waiting_first_with_the_time_it_waits(city: City, clock: Hands) -> None:
    await city.employer("acc_owner")
    drafts = [await city.vacancy("acc_owner") for _ in range(3)]
    for made in drafts[::-1]:
        clock.move(minutes=10)
        await city.done("POST", f"/vacancies/{made['id']}/submit", OWNER)
    assert await _all_pages(city, "/officer/vacancies?limit=2", OFFICER) == [made["id"] for made in drafts[::-1]]
    first = (await city.done("GET", "/officer/vacancies?state=submitted", OFFICER))["items"][0]
    assert (first["waiting_since"], first["state"]) == ("2026-01-05T03:10:00Z", "submitted")


async def test_a_search_shows_what_is_open_now_in_the_order_of_the_index(city: City, clock: Hands) -> None:
    await city.employer("acc_owner")
    open_1, open_2 = [(await city.vacancy("acc_owner", "published"))["id"] for _ in range(2)]
    hidden = [(await city.vacancy("acc_owner", state))["id"] for state in ("closed", "submitted")]
    city.app.state.index = index = Answers([open_2, hidden[0], "vac_gone", open_1, hidden[1]])
    url = "/vacancies?q=jahit&kelurahan=35.77.01.1001&kelurahan=35.77.01.1002&kind=full_time&wage_min=5&limit=5"
    answer = await city.ask("GET", f"{url}&published_since=2026-01-01&sort=wage")
    page = answer.json()
    assert [item["id"] for item in page["items"]] == [open_2, open_1]
    assert {name: values for name, values in page["facets"].items() if values} == {
        "kelurahan": [{"value": "35.77.01.1001", "count": 2}]
    }
    assert (page["total"], page["next"], page["items"][0]["employer"]["verified"]) == (5, "abc", True)
    assert "q=jahit" in answer.headers["link"]
    assert "cursor=abc" in answer.headers["link"]
    asked = index.asked
    assert (asked.q, asked.kelurahan, asked.kind) == ("jahit", ("35.77.01.1001", "35.77.01.1002"), ("full_time",))
    assert (asked.wage_min, str(asked.published_since), asked.sort, asked.limit) == (5, "2026-01-01", "wage", 5)
    assert asked.now == datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
    clock.now = OVER
    assert (await city.ask("GET", url)).json()["items"] == []
    assert (await city.ask("GET", "/vacancies?sort=best")).status_code == 422


class Answers:
    """An index that has found these ids; the real one has tests of its own."""

    asked: SearchQuery

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids

    def answer(self, query: SearchQuery) -> tuple[SearchResult, list[Help]]:
        self.asked = query
        facets = {"kelurahan": [("35.77.01.1001", 2)], "kind": []}
        return SearchResult(ids=self._ids, next="abc", facets=facets, total=5), []


async def _all_pages(city: City, path: str, who: tuple[str, str]) -> list[Any]:
    """The ids of a whole list, each page found by the link of the one before."""
    seen, link = [], f'</api/v1{path}>; rel="next"'
    while link:
        answer = await city.ask("GET", link.split(">")[0].removeprefix("</api/v1"), who)
        seen += [item["id"] for item in answer.json()["items"]]
        link = answer.headers.get("link", "")
        assert bool(link) == (answer.json()["next"] is not None)
    return seen


async def test_a_form_sent_twice_at_once_is_one_vacancy_and_another_account_has_its_own(city: City) -> None:
    await city.employer("acc_owner")
    await city.employer("acc_other")
    key = "form-0001"
    twins = [city.done("POST", "/vacancies", OWNER, BODY, Idempotency_Key=key) for _ in range(10)]
    assert len({made["id"] for made in await asyncio.gather(*twins)}) == 1
    assert len((await city.done("GET", "/vacancies/mine", OWNER))["items"]) == 1
    other = await city.done("POST", "/vacancies", ("acc_other", "employer"), BODY, Idempotency_Key=key)
    assert other["employer"]["id"] != (await city.done("GET", "/employers/me", OWNER))["id"]
