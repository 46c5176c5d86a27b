"""Questions, papers and licences of a vacancy through the API: kept, told, and none about what a person is."""

from typing import Any

import pytest

from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City
from services.vacancy.tests.making import BODY
from shared.events import decode

OWNER = ("acc_owner", "employer")
SATURDAY = {"kind": "yes_no", "text": "Bersedia kerja Sabtu?", "need": "must_have", "wanted": ["yes"]}
YEARS = {"kind": "number", "text": "Berapa tahun pengalaman menjahit?", "need": "nice_to_have", "at_least": 2}


async def test_questions_papers_and_licences_are_public_and_told_as_they_were_written(
    city: City, store: VacancyStore
) -> None:
    await city.employer("acc_owner")
    asked = {"questions": [SATURDAY, YEARS], "documents_asked": ["cv", "diploma"], "licences": ["sim_c"]}
    made = await city.vacancy("acc_owner", "published", **asked)
    read = (await city.ask("GET", f"/vacancies/{made['id']}")).json()
    assert [(each["id"], each["text"], each["wanted"]) for each in read["questions"]] == [
        ("q1", SATURDAY["text"], ["yes"]),
        ("q2", YEARS["text"], []),
    ]
    assert (read["documents_asked"], read["licences"]) == (["cv", "diploma"], ["sim_c"])
    row = await store.vacancies.collection.find_one({"_id": made["id"]})
    assert row is not None
    told = decode([each for each in row["outbox"] if each["topic"] == "vacancy"][-1]["value"].encode())
    assert told is not None
    assert [each.model_dump(mode="json") for each in told.data.questions] == read["questions"]
    assert (told.data.documents_asked, told.data.licences) == (("cv", "diploma"), ("sim_c",))


async def test_a_draft_loses_its_questions_when_they_are_taken_out(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", questions=[SATURDAY])
    path = f"/vacancies/{made['id']}"
    changed = await city.done("PATCH", path, OWNER, {"questions": []}, If_Match=f'"{made["version"]}"')
    assert changed["questions"] == []


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({"kind": "yes_no", "text": "Sudah menikah?"}, "/questions/1/text"),
        ({"kind": "number", "text": "Berapa usia Anda?"}, "/questions/1/text"),
        ({"kind": "choice", "text": "Pilih giliran", "options": ["Pagi"]}, "/questions/1/options"),
        ({**SATURDAY, "text": "Bersedia malam?", "wanted": []}, "/questions/1/wanted"),
    ],
)
async def test_a_question_that_may_not_be_asked_is_refused_with_words_beside_it(
    city: City, question: dict[str, Any], pointer: str
) -> None:
    await city.employer("acc_owner")
    refused = await city.ask("POST", "/vacancies", OWNER, {**BODY, "questions": [SATURDAY, question]})
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]
    assert (await city.ask("GET", "/vacancies/mine", OWNER)).json()["items"] == []


@pytest.mark.parametrize(
    "questions", [[SATURDAY] * 6, [{**SATURDAY, "id": "q1"}], [{"kind": "photo", "text": "Foto Anda"}], [{}], None]
)
async def test_questions_out_of_bounds_are_refused(city: City, questions: Any) -> None:
    await city.employer("acc_owner")
    assert (await city.ask("POST", "/vacancies", OWNER, {**BODY, "questions": questions})).status_code == 422


async def test_money_that_a_question_asks_for_is_found_as_in_any_other_text(city: City) -> None:
    await city.employer("acc_owner")
    asking = {"kind": "yes_no", "text": "Bersedia membayar uang pendaftaran Rp 150.000?"}
    made = await city.vacancy("acc_owner", "submitted", questions=[asking])
    assert ("M1", "questions") in [(flag["rule"], flag["field"]) for flag in made["flags"]]
