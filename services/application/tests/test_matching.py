"""Answers and needs: what fits is counted and explained, and nothing about what a person is counts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.application.domain.answers import Letter, check, known_questions, wished
from services.application.domain.matching import Needed, Person, compare
from services.application.problems import AnswersWrong
from shared.contracts.codes import Education
from shared.contracts.screening import Question


def question(id: str = "q1", kind: str = "yes_no", **given: Any) -> Question:
    return Question.model_validate({"id": id, "kind": kind, "text": f"Pertanyaan {id}?", **given})


SATURDAY = question(need="must_have", wanted=("yes",))
SHIFT = question("q2", "choice", options=("Pagi", "Sore"), need="nice_to_have", wanted=("Pagi",))
YEARS = question("q3", "number", need="must_have", at_least=2, at_most=10)
STORY = question("q4", "text")
ASKED = (SATURDAY, SHIFT, YEARS, STORY)
GOOD: dict[str, str | int] = {"q1": "no", "q2": "Sore", "q3": 0}


def test_answers_that_fit_are_taken_whatever_is_wished_and_a_story_may_be_left_out() -> None:
    assert check(ASKED, {**GOOD, "q4": "  "}) == GOOD
    assert check(ASKED, {"q4": " Halo ", **GOOD}) == {**GOOD, "q4": "Halo"}
    assert check((), {}) == {}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"q1": "maybe"}, "q1"),
        ({"q1": 1}, "q1"),
        ({"q1": ""}, "q1"),
        ({"q2": "Malam"}, "q2"),
        ({"q2": "pagi"}, "q2"),
        ({"q3": "3"}, "q3"),
        ({"q3": -1}, "q3"),
        ({"q3": 1_000_000_001}, "q3"),
        ({"q4": "x" * 201}, "q4"),
        ({"q4": 7}, "q4"),
        ({"q5": "yes"}, "q5"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_at_its_question_in_both_languages(
    changes: dict[str, str | int], wrong: str
) -> None:
    with pytest.raises(AnswersWrong) as refused:
        check(ASKED, {**GOOD, **changes})
    for language in ("id", "en"):
        assert [each.pointer for each in refused.value.shown(language).errors or ()] == [f"/answers/{wrong}"]


def test_every_flaw_is_told_at_once() -> None:
    with pytest.raises(AnswersWrong) as refused:
        check(ASKED, {})
    assert [each.pointer for each in refused.value.shown("id").errors or ()] == [
        *("/answers/q1", "/answers/q2", "/answers/q3")
    ]


@pytest.mark.parametrize(
    ("asked", "value", "expected"),
    [
        (SATURDAY, "yes", True),
        (SATURDAY, "no", False),
        (SATURDAY, None, None),
        (SHIFT, "Pagi", True),
        (SHIFT, "Sore", False),
        (YEARS, 2, True),
        (YEARS, 10, True),
        (YEARS, 1, False),
        (YEARS, 11, False),
        (question("q1", "number", need="must_have", at_most=0), 0, True),
        (STORY, "Halo", None),
    ],
)
def test_an_answer_is_the_wished_one_or_not(asked: Question, value: Any, expected: bool | None) -> None:
    assert wished(asked, value) is expected


def test_questions_of_a_kind_that_we_do_not_know_yet_are_left_out() -> None:
    newer = {"id": "q2", "kind": "photo", "text": "Unggah foto hasil jahitan"}
    assert known_questions([SATURDAY.model_dump(), newer, None]) == (SATURDAY,)
    assert known_questions(None) == ()


def test_a_letter_is_read_as_it_was_sealed_also_one_from_before_there_were_questions() -> None:
    letter = Letter(note="Halo", answers={"q1": "yes", "q3": 4}, documents=("cv",))
    assert Letter.read(letter.contents) == letter
    assert Letter.read({"note": "Halo"}) == Letter(note="Halo")
    assert Letter().contents == {}
    assert "Halo" not in repr(letter)


SMK = Education(form="rinci", code="3002")
NEEDED = Needed(
    education_min=Education(form="rekap_III_2", code="3000"),
    experience_months=12,
    skills=("Menjahit kebaya",),
    licences=("sim_c",),
    questions=(SATURDAY,),
)
ABLE = Person(education=SMK, experience_months=12, skills=("jahit kebaya dan gamis",), licences=("sim_c", "sim_a"))


def states(needed: Needed, person: Person, answers: Any = None) -> list[tuple[str, str]]:
    found = compare(needed, person, answers)
    return [(each.kind, each.state) for each in found.needs] if found else []


def test_whoever_has_all_of_it_meets_all_and_before_applying_questions_do_not_count() -> None:
    found = compare(NEEDED, ABLE, {"q1": "yes"})
    assert found is not None
    assert (found.met, found.total, found.all_met, found.musts_met) == (5, 5, True, True)
    before = compare(NEEDED, ABLE)
    assert before is not None
    assert (before.met, before.total) == (4, 4)


def test_what_is_missing_is_named_and_what_was_not_said_is_unknown() -> None:
    assert states(NEEDED, ABLE.model_copy(update={"licences": ()})) == [
        *(("education", "met"), ("experience", "met"), ("licence", "unmet"), ("skill", "met"))
    ]
    assert states(NEEDED, Person(), {}) == [
        *(("education", "unknown"), ("experience", "unknown"), ("licence", "unmet")),
        *(("skill", "unknown"), ("question", "unknown")),
    ]
    found = compare(NEEDED, ABLE, {"q1": "no"})
    assert found is not None
    assert (found.met, found.musts_met) == (4, False)


@pytest.mark.parametrize(
    ("asked", "has", "expected"),
    [
        (("rinci", "3000"), ("rinci", "3802"), "met"),
        (("rekap_III_2", "3001"), ("rinci", "3002"), "met"),
        (("rinci", "1000"), ("rinci", "1101"), "unmet"),
        (("rinci", "1000"), ("rekap_III_2", "0"), "unmet"),
        (("rinci", "5000"), ("rinci", "4200"), "unmet"),
        (("rinci", "2000"), ("rinci", "7000"), "met"),
    ],
)
def test_schooling_is_compared_by_its_level_in_either_form(
    asked: tuple[str, str], has: tuple[str, str], expected: str
) -> None:
    needed = Needed(education_min=Education(form=asked[0], code=asked[1]))
    person = Person(education=Education(form=has[0], code=has[1]))
    assert states(needed, person) == [("education", expected)]


def test_whoever_wants_no_comparison_gets_none_and_neither_does_a_vacancy_that_needs_nothing() -> None:
    assert compare(NEEDED, ABLE.model_copy(update={"match_hints": False}), {"q1": "yes"}) is None
    assert compare(Needed(questions=(STORY,)), ABLE, {"q4": "Halo"}) is None


def test_age_sex_and_marital_status_have_no_place_in_a_comparison() -> None:
    fields = {*Person.model_fields, *Needed.model_fields}
    assert not [name for name in fields for word in ("age", "sex", "birth", "marital", "nik") if word == name]


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_more_skills_never_meet_less(skills: list[str], more: list[str]) -> None:
    needed = Needed(skills=("menjahit", "obras"))
    fewer = compare(needed, Person(skills=tuple(skills)))
    greater = compare(needed, Person(skills=(*skills, *more)))
    assert fewer is not None
    assert greater is not None
    assert fewer.met <= greater.met <= greater.total == 2
