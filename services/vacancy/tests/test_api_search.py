"""The search's routes: who may use them, what they refuse, what they answer."""

from services.vacancy.tests.conftest import OFFICER, City


async def test_suggestions_and_similar_vacancies_are_public_and_absent_before_the_index(city: City) -> None:
    for path in ("/vacancies/suggestions?q=kas", "/vacancies"):
        assert (await city.ask("GET", path)).status_code == 503, path
    assert (await city.ask("GET", "/vacancies/vac_none/similar")).status_code == 404
    assert (await city.ask("GET", "/vacancies/suggestions")).status_code == 422


async def test_distances_need_a_ward_that_exists(city: City) -> None:
    for query in ("near=35.77.09.1001", "within_km=2", "sort=distance", "hours=noon", "education=smu"):
        assert (await city.ask("GET", f"/vacancies?{query}")).status_code == 422, query


async def test_officers_edit_synonyms_and_nobody_else(city: City) -> None:
    group = {"canonical": "Sopir", "variants": ["Penyetir", "penyetir", "supir andong"]}
    for who in (None, ("acc_e", "employer"), ("acc_s", "seeker")):
        assert (await city.ask("POST", "/officer/synonyms", who, group)).status_code in (401, 403)
    made = await city.done("POST", "/officer/synonyms", OFFICER, group)
    assert (made["canonical"], made["variants"]) == ("sopir", ["penyetir", "supir andong"])
    again = await city.ask("POST", "/officer/synonyms", OFFICER, {**group, "variants": ["kusir"]})
    assert (again.status_code, again.json()["id"]) == (200, made["id"])
    listed = await city.done("GET", "/officer/synonyms", OFFICER)
    assert [each["variants"] for each in listed["items"]] == [["kusir"]]
    assert listed["built_in"] > 150
    assert (await city.ask("DELETE", f"/officer/synonyms/{made['id']}", OFFICER)).status_code == 204
    assert (await city.ask("DELETE", f"/officer/synonyms/{made['id']}", OFFICER)).status_code == 404


async def test_a_group_without_words_is_refused(city: City) -> None:
    for body in ({"canonical": "x", "variants": ["kusir"]}, {"canonical": "sopir", "variants": []}):
        assert (await city.ask("POST", "/officer/synonyms", OFFICER, body)).status_code == 422
