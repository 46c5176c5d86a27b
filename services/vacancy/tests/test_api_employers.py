"""Employers through the API: registered once, looked at by an officer, reached without being exposed."""

import asyncio

from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City, Hands

OWNER = ("acc_owner", "employer")
BODY = {
    "name": "Jahit Contoh",
    "size": "micro",
    "nib": "9999000000001",
    "kelurahan_code": "35.77.01.1001",
    "address": "Jl. Rumah 7",
    "contact": {"name": "Siti Contoh", "phone": "0839 0012 345", "email": "siti@example.com"},
}


async def test_an_employer_is_registered_and_read_by_its_owner(city: City) -> None:
    answer = await city.ask("POST", "/employers", OWNER, BODY)
    made = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, f'"{made["version"]}"')
    assert (made["state"], made["kelurahan"], made["address_public"]) == ("pending", "Oro-oro Ombo", False)
    assert await city.done("GET", "/employers/me", OWNER) == made
    assert "contact" not in made


async def test_an_account_registers_one_employer_even_when_it_asks_five_times_at_once(city: City) -> None:
    answers = await asyncio.gather(*(city.ask("POST", "/employers", OWNER, BODY) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "employer_exists"}


async def test_the_contact_lies_sealed_in_the_store_and_in_no_answer(city: City, store: VacancyStore) -> None:
    made = await city.done("POST", "/employers", OWNER, BODY)
    queue = await city.done("GET", "/officer/employers", OFFICER)
    row = await store.employers.collection.find_one({"_id": made["id"]})
    assert row is not None
    assert row["contact"].startswith("v1.")
    for shown in (row, made, queue):
        assert not any(part in str(shown) for part in ("Siti", "8390012345", "0839", "example.com"))


async def test_a_returned_employer_repairs_and_is_looked_at_again(city: City) -> None:
    made = await city.employer("acc_owner", verified=False)
    path = f"/employers/{made['id']}"
    returned = await city.done("POST", f"{path}/return", OFFICER, {"reason": "NIB tidak ditemukan."})
    assert (returned["state"], returned["reason"]) == ("returned", "NIB tidak ditemukan.")
    repaired = await city.done(
        "PATCH", "/employers/me", OWNER, {"nib": "9999000000002"}, If_Match=f'"{returned["version"]}"'
    )
    assert (repaired["state"], repaired["reason"], repaired["nib"]) == ("pending", None, "9999000000002")
    assert (await city.done("POST", f"{path}/verify", OFFICER))["state"] == "verified"
    again = await city.ask("POST", f"{path}/verify", OFFICER)
    assert (again.status_code, again.json()["state"]) == (409, "verified")


async def test_when_one_verifies_and_another_returns_one_wins(city: City) -> None:
    made = await city.employer("acc_owner", verified=False)
    path = f"/employers/{made['id']}"
    answers = await asyncio.gather(
        city.ask("POST", f"{path}/verify", OFFICER),
        city.ask("POST", f"{path}/return", ("acc_officer_2", "officer"), {"reason": "NIB tidak ditemukan."}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_decision_on_an_older_version_is_a_412(city: City) -> None:
    made = await city.employer("acc_owner", verified=False)
    await city.done("PATCH", "/employers/me", OWNER, {"name": "Jahit Baru"}, If_Match='"1"')
    stale = await city.ask("POST", f"/employers/{made['id']}/verify", OFFICER, If_Match='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_a_new_contact_alone_is_told_and_the_same_again_is_not(city: City, store: VacancyStore) -> None:
    made = await city.done("POST", "/employers", OWNER, BODY)
    contact = {"phone": "0839 0099 999"}
    versions = [made["version"]]
    for _ in range(2):
        after = await city.done("PATCH", "/employers/me", OWNER, {"contact": contact}, If_Match=f'"{versions[-1]}"')
        versions.append(after["version"])
    assert versions == [2, 3, 3]
    row = await store.employers.collection.find_one({"_id": made["id"]})
    assert row is not None
    assert [entry["topic"] for entry in row["outbox"]] == ["employer", "employer-contact", "employer-contact"]


async def test_the_officers_queue_shows_the_longest_waiting_first(city: City, clock: Hands) -> None:
    made = []
    for number in range(3):
        made.append((await city.employer(f"acc_{number}", verified=False))["id"])
        clock.move(hours=1)
    await city.done("POST", f"/employers/{made[1]}/verify", OFFICER)
    queue = await city.done("GET", "/officer/employers?state=pending", OFFICER)
    assert [(item["id"], item["waiting_since"]) for item in queue["items"]] == [
        (made[0], "2026-01-05T03:00:00Z"),
        (made[2], "2026-01-05T05:00:00Z"),
    ]
    first = await city.done("GET", "/officer/employers?state=pending&limit=1", OFFICER)
    second = await city.done("GET", f"/officer/employers?state=pending&limit=1&cursor={first['next']}", OFFICER)
    assert (first["items"][0]["id"], second["items"][0]["id"], second["next"]) == (made[0], made[2], None)
