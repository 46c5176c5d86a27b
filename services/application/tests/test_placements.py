"""Placements at the officers' desk: hires of this system and those that people found elsewhere."""

from pathlib import Path
from typing import Any

import pytest

from services.application.tests.conftest import BUDI, OFFICER, SITI, Http, World
from services.application.tests.counting import DECEMBER, Past, again, hired
from shared import contracts
from shared.contracts.card import JobseekerCardIssued
from shared.contracts.identity import AccountErased
from shared.events import REGISTRY, Event, decode

OUTSIDE = {
    "job": "Penjaga toko",
    "employer_name": "=Toko Makmur",
    "scope": "AKAD",
    "start_date": "2026-12-01",
    "counts": {"sex": "P", "age": "30-44", "education": "14", "occupation": "5", "industry": "G", "receiver": "24"},
}


SAMPLES = Path(contracts.__file__).parent / "samples"
HEARD = [f"JobseekerCard{end}" for end in ("Issued", "Lapsed", "Expired", "Revoked", "Employed")]
HEARD += ["EmployerRegistered", "EmployerVerified", "EmployerChanged"]
HEARD += ["ApplicationHired", "ApplicationCancelled", "OutsideHireRecorded"]
COUNTED: list[Event] = [
    REGISTRY[f"{name}.v1"].model_validate_json((SAMPLES / f"{name}.v1.{size}.json").read_text())
    for name in HEARD
    for size in ("full", "least")
]


@pytest.mark.parametrize("event", COUNTED, ids=[type(each).__name__ for each in COUNTED])
async def test_each_event_counts_once_however_often_it_comes(world: World, event: Event) -> None:
    past, entries = Past(world), world.placements.ledger.store.entries
    await past.tell(event, "crd_sample", DECEMBER)
    counted = [each["_id"] async for each in entries.find({})]
    await past.tell(event, "crd_sample", DECEMBER)
    assert [each["_id"] async for each in entries.find({})] == counted
    cards = ["vac_1"] if not isinstance(event, JobseekerCardIssued) else ["crd_sample", "vac_1"]
    assert sorted({each["ref"] async for each in entries.find({})}) == cards


async def call(http: Http, method: str, path: str = "", body: Any = None, **more: Any) -> Any:
    headers = http.mint.headers(more.pop("who", OFFICER), more.pop("role", "officer"))
    headers |= {"Idempotency-Key": more.pop("key", "kunci-formulir")} if body is not None else {}
    return await http.client.request(method, f"/api/v1/placements{path}", json=body, headers=headers, params=more)


async def test_officers_see_hires_newest_first_by_month_and_scope_and_no_id_of_a_person(
    http: Http, world: World
) -> None:
    past = Past(world)
    first, second = await hired(http, world, past, SITI), await hired(http, world, past, BUDI)
    page = (await call(http, "GET", month="2026-12", limit=1)).json()
    rest = (await call(http, "GET", month="2026-12", limit=1, cursor=page["next"])).json()
    assert {each["items"][0]["id"] for each in (page, rest)} == {first, second}
    assert rest["next"] is None
    assert (await call(http, "GET", month="2026-11")).json()["items"] == []
    assert (await call(http, "GET", scope="AKAN")).json()["items"] == []
    assert SITI not in (await call(http, "GET")).text
    assert (await call(http, "GET", who=SITI, role="seeker")).status_code == 403
    assert (await call(http, "GET", cursor="bukan")).status_code == 422


async def test_a_job_found_elsewhere_is_recorded_once_and_ends_the_card_that_is_named(
    http: Http, world: World
) -> None:
    past = Past(world)
    await past.issued("crd_1", SITI, DECEMBER)
    body = {**OUTSIDE, "card_number": "3577-2026-crd_1"}
    made = await call(http, "POST", body=body)
    assert made.status_code == 201, made.text
    assert (await call(http, "POST", body=body)).json()["id"] == made.json()["id"]
    told = await outside(world, made.json()["id"])
    assert [each.seeker_id for each in told] == [SITI]
    for each in told:
        await past.tell(each, made.json()["id"], DECEMBER)
    shown = (await call(http, "GET", f"/{made.json()['id']}")).json()
    assert shown["registered"]
    assert shown["counts"] == {**OUTSIDE["counts"], "occupation": "?"}  # type: ignore[dict-item]
    entries = world.placements.ledger.store.entries
    kinds = [each["kind"] async for each in entries.find({"ref": "crd_1"}).sort("_id", 1)]
    assert kinds == ["registered", "placed"]


async def test_a_card_that_nobody_has_is_refused_beside_its_field(http: Http) -> None:
    answer = await call(http, "POST", body={**OUTSIDE, "card_number": "3577-2026-000000-0"})
    assert (answer.status_code, answer.json()["code"]) == (422, "card_not_known")
    assert answer.json()["errors"][0]["pointer"] == "/card_number"


async def test_what_is_not_known_of_a_hire_is_completed_until_its_month_is_closed(http: Http, world: World) -> None:
    id = await hired(http, world, Past(world), BUDI)
    known = (await call(http, "GET", f"/{id}")).json()["counts"]
    assert (known["sex"], known["industry"]) == ("?", "C")
    done = await call(http, "POST", f"/{id}/complete", {**known, "sex": "L", "age": "20-29", "occupation": "7"})
    assert done.json()["counts"]["sex"] == "L"
    entries = world.placements.ledger.store.entries
    counted = [each["traits"] async for each in entries.find({"placement": id})]
    assert {(each["sex"], each["occupation"]) for each in counted} == {("L", "7")}
    await entries.update_many({"placement": id}, {"$set": {"counted": "2026-12"}})
    await call(http, "POST", f"/{id}/complete", {**known, "sex": "P"})
    assert {each["traits"]["sex"] async for each in entries.find({"placement": id})} == {"L"}


async def test_a_corrected_hire_says_so_in_the_list_and_in_the_spreadsheet(http: Http, world: World) -> None:
    past = Past(world)
    id = await hired(http, world, past, BUDI)
    await call(http, "POST", body=OUTSIDE)
    await http.post(f"/{id}/correct", {"reason": "Salah orang."}, OFFICER, "officer")
    await again(world, past, id)
    assert (await call(http, "GET", f"/{id}")).json()["state"] == "cancelled"
    rows = (await call(http, "GET", "/table.csv")).text.splitlines()
    assert len(rows) == 3
    assert any("dibatalkan" in row for row in rows)
    assert any("'=Toko Makmur" in row for row in rows)


async def test_whoever_is_erased_is_nobodys_placement(http: Http, world: World) -> None:
    id = await hired(http, world, Past(world), BUDI)
    await world.tell(AccountErased(role="seeker"), subject=BUDI)
    row = await world.placements.store.placements.find_one({"_id": id})
    assert row is not None
    assert BUDI not in str(row)


async def outside(world: World, id: str) -> list[Any]:
    row = await world.placements.store.placements.find_one({"_id": id})
    assert row is not None
    return [told.data for each in row["outbox"] if (told := decode(each["value"].encode()))]
