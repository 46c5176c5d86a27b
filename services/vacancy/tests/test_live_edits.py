"""What an employer changes of a live vacancy: at once what may be, the rest after an officer has seen it."""

from typing import Any

from services.vacancy.tests.conftest import OFFICER, City, Hands

OWNER = ("acc_owner", "employer")


async def published(city: City, **changes: Any) -> Any:
    await city.employer("acc_owner")
    return await city.vacancy("acc_owner", "published", openings=2, **changes)


async def edit(city: City, vacancy: Any, who: tuple[str, str] = OWNER, **changes: Any) -> Any:
    seen = await city.done("GET", f"/vacancies/{vacancy['id']}", OWNER)
    return await city.ask("PATCH", f"/vacancies/{vacancy['id']}", who, changes, If_Match=f'"{seen["version"]}"')


async def test_dates_and_openings_count_at_once(city: City) -> None:
    advert = await published(city)
    made = (await edit(city, advert, openings=5, closes_on="2026-01-20")).json()
    public = (await city.ask("GET", f"/vacancies/{advert['id']}")).json()
    assert (public["openings"], public["closes_on"], public["state"]) == (5, "2026-01-20", "published")
    assert (made["waiting"], made["extensions"]) == (None, 0)


async def test_the_old_text_stays_until_an_officer_approves_the_new_one(city: City) -> None:
    advert = await published(city)
    made = (await edit(city, advert, title="Penjahit Seragam", openings=4)).json()
    assert made["waiting"]["new"] == {"title": "Penjahit Seragam"}
    public = (await city.ask("GET", f"/vacancies/{advert['id']}")).json()
    assert (public["title"], public["openings"], public["waiting"]) == (advert["title"], 4, None)
    (queued,) = (await city.done("GET", "/officer/revisions", OFFICER))["items"]
    assert queued["id"] == advert["id"]
    await city.done("POST", f"/vacancies/{advert['id']}/revision/adopt", OFFICER)
    public = (await city.ask("GET", f"/vacancies/{advert['id']}")).json()
    assert (public["title"], public["openings"], public["state"]) == ("Penjahit Seragam", 4, "published")
    assert (await city.done("GET", "/officer/revisions", OFFICER))["items"] == []


async def test_an_officer_returns_a_change_with_a_reason_and_the_text_stays(city: City) -> None:
    advert = await published(city)
    await edit(city, advert, description="Menjahit apa saja sesuai permintaan.")
    path = f"/vacancies/{advert['id']}"
    await city.done("POST", f"{path}/revision/discard", OFFICER, {"reason": "Kurang jelas."})
    seen = await city.done("GET", path, OWNER)
    assert (seen["description"], seen["waiting"]) == (advert["description"], None)
    assert seen["history"][-1]["reason"] == "Kurang jelas."


async def test_a_second_change_goes_on_from_what_waits_and_the_old_text_again_ends_the_wait(city: City) -> None:
    advert = await published(city)
    await edit(city, advert, title="Penjahit Seragam")
    both = (await edit(city, advert, conditions="Bisa obras.")).json()
    assert both["waiting"]["new"] == {"title": "Penjahit Seragam", "conditions": "Bisa obras."}
    same = (await edit(city, advert, conditions="Bisa obras.")).json()
    assert same["version"] == both["version"]
    back = (await edit(city, advert, title=advert["title"], conditions="")).json()
    assert back["waiting"] is None


async def test_a_later_day_counts_as_an_extension_and_there_are_two(city: City) -> None:
    advert = await published(city)
    for day, count in (("2026-02-10", 1), ("2026-02-20", 2)):
        made = (await edit(city, advert, closes_on=day)).json()
        assert (made["closes_on"], made["extensions"]) == (day, count)
    refused = await edit(city, advert, closes_on="2026-02-25")
    assert (refused.status_code, refused.json()["code"]) == (409, "extended_twice")


async def test_what_may_not_be_is_refused_beside_its_field(city: City, clock: Hands) -> None:
    advert = await published(city)
    await city.done("POST", f"/vacancies/{advert['id']}/fill", OWNER, {"filled_count": 1})
    for changes, pointer in (
        ({"openings": 1}, "/openings"),
        ({"closes_on": "2026-04-30"}, "/closes_on"),
        ({"description": "pendek"}, "/description"),
        ({"wage": None}, "/wage"),
    ):
        refused = await edit(city, advert, **changes)
        assert (refused.status_code, [each["pointer"] for each in refused.json()["errors"]]) == (422, [pointer])
    clock.move(days=26, hours=2)  # its last day
    assert (await edit(city, advert, title="Penjahit Seragam")).status_code == 200
    clock.move(days=1)
    assert (await edit(city, advert, title="Penjahit")).json()["code"] == "wrong_state"


async def test_only_its_employer_edits_a_live_one_and_what_ends_waits_no_more(city: City) -> None:
    advert = await published(city)
    assert (await edit(city, advert, OFFICER, title="Penjahit Seragam")).json()["code"] == "wrong_state"
    await edit(city, advert, title="Penjahit Seragam")
    await city.done("POST", f"/vacancies/{advert['id']}/close", OWNER)
    assert (await city.done("GET", "/officer/revisions", OFFICER))["items"] == []
    seen = await city.done("GET", f"/vacancies/{advert['id']}", OWNER)
    assert (seen["title"], seen["waiting"]) == (advert["title"], None)


async def test_a_change_that_asks_for_a_sex_needs_an_officers_reason(city: City) -> None:
    advert = await published(city)
    made = (await edit(city, advert, conditions="Dicari wanita, teliti.")).json()
    assert any(flag["rule"] == "M6" for flag in made["waiting"]["flags"])
    path = f"/vacancies/{advert['id']}/revision/adopt"
    assert (await city.ask("POST", path, OFFICER)).json()["code"] == "fairness_unjustified"
    why = {"accept_flags": True, "reason": "Ruang ganti khusus wanita."}
    assert (await city.done("POST", path, OFFICER, why))["conditions"] == "Dicari wanita, teliti."
