"""The profile as its owner meets it over HTTP."""

import asyncio
import json
from typing import Any

import pytest

from services.seeker.commands import Commands
from services.seeker.tests.conftest import BUDI, SITI, Http
from shared.sealed import Vault

NIK = "3577015203950001"
FULL: dict[str, Any] = {
    "name": "Siti Aminah",
    "email": "Siti@Contoh.id",
    "kelurahan_code": "35.77.03.1005",
    "education": {"form": "rekap_III_2", "code": "3001"},
    "graduation_year": 2014,
    "skills": ["menjahit", "obras", "Menjahit"],
    "licences": ["sim_c", "sim_a", "sim_c"],
    "experience_months": 18,
    "match_hints": False,
    "wishes": {
        "titles": ["penjahit"],
        "kinds": ["part_time"],
        "hours": "jam sekolah",
        "max_distance_km": 5,
        "min_wage": 1500000,
        "bring_child": True,
        "no_night": True,
    },
    "nik": NIK,
}


async def test_a_profile_comes_back_as_it_was_written_with_the_nik_masked_and_explained(http: Http) -> None:
    assert (await http.get()).status_code == 404
    written = await http.put(FULL)
    assert written.status_code == 200
    assert written.json() == {
        **FULL,
        "email": "Siti@contoh.id",
        "skills": ["menjahit", "obras"],
        "licences": ["sim_c", "sim_a"],
        "phone": None,
        "nik": "3577********0001",
        "nik_birth_date": "1995-03-12",
        "nik_sex": "female",
        "warnings": [],
        "version": 3,  # its contact, and that comparisons are refused, are told apart
    }
    read = await http.get()
    assert (read.json(), read.headers["etag"]) == (written.json(), '"3"')


async def test_the_first_save_needs_no_etag_and_every_later_one_does(http: Http) -> None:
    first = await http.put({"name": "Siti"})
    assert [first.status_code, (await http.put({"name": "Siti A"})).status_code] == [200, 428]
    second = await http.put({"name": "Siti A"}, etag=first.headers["etag"])
    assert (second.status_code, second.json()["name"]) == (200, "Siti A")
    stale = await http.put({"name": "Siti B"}, etag=first.headers["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await http.get()).json()["name"] == "Siti A"


async def test_a_profile_made_by_the_reaction_is_saved_the_first_time_without_an_etag(
    http: Http, commands: Commands, vault: Vault
) -> None:
    sealed = await vault.seal(SITI, "contact", {"name": "Siti", "phone": "+6283900000001"})
    await commands.take_contact(SITI, sealed, sequence=1)
    read = await http.get()
    assert (read.json()["name"], read.json()["phone"]) == ("Siti", "+6283900000001")
    saved = await http.put({"name": "Siti Aminah"})
    assert (saved.status_code, saved.json()["phone"]) == (200, "+6283900000001")
    assert (await http.put({"name": "Lain"})).status_code == 428


async def test_an_etag_for_a_profile_that_is_not_there_is_stale(http: Http) -> None:
    assert (await http.put({"name": "Siti"}, etag='"4"')).status_code == 412


@pytest.mark.parametrize("kept", [{}, {"nik": None}, {"nik": "3577********0001"}, {"nik": ""}])
async def test_the_nik_stays_where_it_is_not_written_anew(http: Http, kept: dict[str, Any]) -> None:
    first = await http.put({"name": "Siti", "nik": NIK})
    second = await http.put({"name": "Siti A", **kept}, etag=first.headers["etag"])
    assert second.json()["nik"] == "3577********0001"


async def test_a_foreign_mask_is_no_nik(http: Http) -> None:
    refused = await http.put({"name": "Siti", "nik": "3577********0001"})
    assert (refused.status_code, refused.json()["code"]) == (422, "nik_length")


async def test_whoever_types_a_nik_cannot_tell_whether_another_account_has_it(http: Http) -> None:
    """The same NIK from the same person, before and after somebody else has it: not a byte differs."""
    steps = [{**FULL, "name": "Budi", "email": None}, {"name": "Budi", "nik": "3577********0001"}, {"name": "Budi"}]

    async def typed(who: str) -> list[tuple[int, str, dict[str, str]]]:
        answers = [await http.put(steps[0], who)]
        for each in steps[1:]:
            answers.append(await http.put(each, who, etag=answers[-1].headers["etag"]))
        answers.append(await http.get(who))
        own = ("x-request-id", "date")
        headers = [{name: value for name, value in each.headers.items() if name not in own} for each in answers]
        return [(each.status_code, each.text, found) for each, found in zip(answers, headers, strict=True)]

    unknown = await typed(BUDI)
    known = await typed("acc_wati")
    assert unknown == known
    assert json.loads(known[-1][1])["nik"] == "3577********0001"


async def test_of_several_accounts_that_give_one_nik_at_once_exactly_one_is_found_by_it(http: Http) -> None:
    people = [f"acc_{number}" for number in range(8)]
    answers = await asyncio.gather(*(http.put({"name": "X", "nik": NIK}, person) for person in people))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["nik"] for answer in answers} == {"3577********0001"}, "nobody can tell who was first"
    found = await http.call("POST", "/find", {"nik": NIK}, "acc_officer", role="officer")
    assert found.json()["seeker_id"] in people


async def test_of_two_first_saves_at_once_one_wins_and_the_others_are_told_to_read(http: Http) -> None:
    answers = await asyncio.gather(*(http.put({"name": f"Siti {number}"}) for number in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, 428, 428, 428, 428, 428]


REFUSED: list[tuple[Any, str, str]] = [
    ({}, "invalid_input", "/name"),
    ({"name": " "}, "invalid_input", "/name"),
    ({"name": "a\u0000b"}, "invalid_input", "/name"),
    ({"name": "x" * 101}, "invalid_input", "/name"),
    ({"name": 5}, "invalid_input", "/name"),
    ({"name": "S", "nama": "S"}, "invalid_input", "/nama"),
    ({"name": "S", "phone": "+6281"}, "invalid_input", "/phone"),
    ({"name": "S", "version": 1}, "invalid_input", "/version"),
    ({"name": "S", "skills": ["x"] * 31}, "invalid_input", "/skills"),
    ({"name": "S", "skills": ["x" * 61]}, "invalid_input", "/skills/0"),
    ({"name": "S", "skills": [""]}, "invalid_input", "/skills/0"),
    ({"name": "S", "licences": ["sim_x"]}, "invalid_input", "/licences/0"),
    ({"name": "S", "experience_months": 721}, "invalid_input", "/experience_months"),
    ({"name": "S", "match_hints": "no"}, "invalid_input", "/match_hints"),
    ({"name": "S", "graduation_year": "2014"}, "invalid_input", "/graduation_year"),
    ({"name": "S", "graduation_year": 1}, "invalid_input", "/graduation_year"),
    ({"name": "S", "wishes": {"kinds": ["any"]}}, "invalid_input", "/wishes/kinds/0"),
    ({"name": "S", "wishes": {"bring_child": "yes"}}, "invalid_input", "/wishes/bring_child"),
    ({"name": "S", "wishes": {"min_wage": 1.5}}, "invalid_input", "/wishes/min_wage"),
    ({"name": "S", "wishes": {"other": 1}}, "invalid_input", "/wishes/other"),
    ({"name": "S", "education": {"form": "x", "code": "1"}}, "invalid_input", "/education/form"),
    ({"name": "S", "education": {"form": "rinci", "code": "0"}}, "education_unknown", "/education"),
    ({"name": "S", "kelurahan_code": "35.77.09.1001"}, "kelurahan_unknown", "/kelurahan_code"),
    ({"name": "S", "email": "siti@contoh"}, "email_invalid", "/email"),
    ({"name": "S", "nik": "357701520395"}, "nik_length", "/nik"),
    ({"name": "S", "nik": "3577013213950001"}, "nik_date", "/nik"),
    ([], "invalid_input", ""),
]


@pytest.mark.parametrize(("body", "code", "pointer"), REFUSED)
async def test_bad_input_is_refused_with_its_field_and_nothing_is_stored(
    http: Http, body: Any, code: str, pointer: str
) -> None:
    refused = await http.put(body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await http.get()).status_code == 404


async def test_every_flaw_is_told_at_once_in_the_readers_language_and_without_what_was_typed(http: Http) -> None:
    body = {"name": "S", "nik": "1234567890", "email": "siti@", "kelurahan_code": "1"}
    refused = await http.put(body, **{"Accept-Language": "en"})
    errors = {error["pointer"]: error["detail"] for error in refused.json()["errors"]}
    assert set(errors) == {"/nik", "/email", "/kelurahan_code"}
    assert errors["/nik"].startswith("A NIK has 16 digits")
    assert "1234567890" not in refused.text


async def test_a_test_nik_is_welcome_in_development_and_refused_in_production(http: Http, production: Http) -> None:
    body = {"name": "Siti", "nik": "3577015203950000"}
    refused = await production.put(body)
    assert (refused.status_code, refused.json()["code"]) == (422, "nik_test_number")
    assert (await http.put(body)).json()["nik"] == "3577********0000"


@pytest.mark.parametrize(("role", "status"), [("employer", 403), ("officer", 403), ("admin", 403)])
async def test_only_seekers_have_a_profile(http: Http, role: str, status: int) -> None:
    assert (await http.get(role=role)).status_code == status
    assert (await http.put({"name": "X"}, role=role)).status_code == status


async def test_nobody_sees_or_changes_the_profile_of_somebody_else(http: Http) -> None:
    await http.put(FULL, SITI)
    assert (await http.get(BUDI)).status_code == 404
    assert (await http.put({"name": "Budi"}, BUDI)).json()["name"] == "Budi"
    assert (await http.get(SITI)).json()["name"] == "Siti Aminah"
