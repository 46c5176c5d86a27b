"""Questions at the time of applying: asked of everybody, kept sealed, shown to the employer, never a refusal."""

from typing import Any

import pytest

from services.application.tests.conftest import BUDI, OWNER, SITI, VACANCY, Http, World
from shared.contracts.codes import Education
from shared.contracts.screening import Question
from shared.contracts.seeker import SeekerProfileChanged


def question(id: str, kind: str = "yes_no", **given: Any) -> Question:
    return Question.model_validate({"id": id, "kind": kind, "text": f"Pertanyaan {id}?", **given})


SATURDAY = question("q1", need="must_have", wanted=("yes",))
STORY = question("q2", "text")
YEARS = question("q3", "number", need="nice_to_have", at_least=2)
GOOD = {"q1": "no", "q2": "Kebaya pengantin", "q3": 1}


@pytest.fixture
async def asking(world: World) -> World:
    await world.vacancy(questions=(SATURDAY, STORY, YEARS), licences=("sim_c",), skills=("menjahit",))
    return world


async def test_answers_are_kept_and_shown_with_whether_they_are_the_wished_ones_and_reject_nobody(
    http: Http, asking: World
) -> None:
    sent = await http.apply(note="Halo", answers=GOOD, documents=["cv", "cv", "diploma"])
    assert (sent.status_code, sent.json()["state"], sent.json()["documents"]) == (201, "submitted", ["cv", "diploma"])
    path = f"/{sent.json()['id']}"
    seen = (await http.get(path, OWNER, "employer")).json()
    assert [(each["question"], each["answer"], each["wished"]) for each in seen["answers"]] == [
        *(("q1", "no", False), ("q2", "Kebaya pengantin", None), ("q3", 1, False))
    ]
    assert (seen["note"], seen["state"]) == ("Halo", "submitted")
    assert (await http.get(path)).json() == sent.json()


async def test_answers_are_stored_sealed_and_told_to_nobody(http: Http, asking: World) -> None:
    await http.apply(answers=GOOD)
    assert "pengantin" not in str(await asking.row(seeker_id=SITI))


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, ["/answers/q1", "/answers/q3"]),
        ({"q1": "yes", "q3": 2, "q9": "x"}, ["/answers/q9"]),
        ({"q1": "mungkin", "q3": 2}, ["/answers/q1"]),
    ],
)
async def test_an_application_without_the_needed_answers_is_refused_with_words_at_each(
    http: Http, asking: World, answers: dict[str, Any], wrong: list[str]
) -> None:
    refused = await http.apply(answers=answers)
    assert (refused.status_code, refused.json()["code"]) == (422, "answers_wrong")
    assert [each["pointer"] for each in refused.json()["errors"]] == wrong
    assert await asking.store.applications.count_documents({}) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"answers": {"q1": "x" * 201}},
        {"answers": {f"q{number}": "yes" for number in range(6)}},
        {"answers": {"q1": True}},
        {"answers": {"q1": {"$ne": 1}}},
        {"answers": ["yes"]},
        {"documents": ["ktp"]},
    ],
)
async def test_input_out_of_bounds_is_refused(http: Http, asking: World, more: dict[str, Any]) -> None:
    assert (await http.apply(**more)).json()["code"] == "invalid_input"


async def test_a_repeat_finds_its_application_also_without_the_answers(http: Http, asking: World) -> None:
    first = (await http.apply(answers=GOOD)).json()
    again = await http.apply()
    assert (again.status_code, again.json()["id"], again.json()["answers"]) == (200, first["id"], first["answers"])


async def test_the_employer_reads_how_many_needs_are_met_and_which_are_not(http: Http, asking: World) -> None:
    await asking.seeker(SITI, "Siti")
    sent = (await http.apply(answers=GOOD | {"q1": "yes"})).json()
    assert sent["match"] is None
    match = (await http.get(f"/{sent['id']}", OWNER, "employer")).json()["match"]
    assert (match["met"], match["total"]) == (1, 4)
    assert [(each["kind"], each["state"]) for each in match["needs"]] == [
        *(("licence", "unmet"), ("skill", "unmet"), ("question", "met"), ("question", "unmet"))
    ]


async def profile(world: World, id: str, **given: Any) -> None:
    facts = {"kelurahan_code": None, "education": None, "graduation_year": None, "skills": ("jahit",), **given}
    await world.tell(SeekerProfileChanged.model_validate(facts), subject=id)


async def test_whoever_wants_no_comparison_is_compared_for_nobody(http: Http, asking: World) -> None:
    await profile(asking, SITI, match_hints=False)
    sent = (await http.apply(answers=GOOD)).json()
    seen = (await http.get(f"/{sent['id']}", OWNER, "employer")).json()
    assert (seen["match"], seen["answers"][0]["wished"]) == (None, False)
    assert (await http.get("/match", vacancy_id=VACANCY)).json() == {"match": None}


async def test_a_seeker_sees_before_applying_what_fits_and_what_is_missing(http: Http, asking: World) -> None:
    await profile(asking, SITI, licences=("sim_c",), education=Education(form="rinci", code="3002"))
    found = (await http.get("/match", vacancy_id=VACANCY)).json()["match"]
    assert (found["met"], found["total"]) == (2, 2)
    await profile(asking, BUDI)
    found = (await http.get("/match", BUDI, vacancy_id=VACANCY)).json()["match"]
    assert [(each["value"], each["state"]) for each in found["needs"]] == [("sim_c", "unmet"), ("menjahit", "met")]


async def test_the_comparison_is_for_seekers_and_of_vacancies_that_are_there(http: Http, asking: World) -> None:
    assert (await http.get("/match", vacancy_id="vac_none")).status_code == 404
    assert (await http.get("/match")).status_code == 422
    assert (await http.get("/match", OWNER, "employer", vacancy_id=VACANCY)).status_code == 403
