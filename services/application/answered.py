"""Answers to a vacancy's questions, and the comparison with what it needs, as people see them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain.answers import Letter, Value, wished
from services.application.domain.matching import Match, Needed, Person, compare
from shared.contracts.screening import Need, Question, QuestionKind
from shared.mongo import Document

Fit = Literal["all", "must"]  # every need met, or every question that is a must


class AnswerView(BaseModel):
    """A question and what was answered."""

    model_config = ConfigDict(frozen=True, title="Answer")
    question: str = Field(description="such as q1")
    kind: QuestionKind
    text: str
    need: Need | None
    answer: Value | None = Field(description="yes or no, an option, a number, or words")
    wished: bool | None = Field(description="whether it is the wished answer; null where none is wished, or given")


def answered(questions: Sequence[Question], letter: Letter) -> tuple[AnswerView, ...]:
    """Every question of the application, answered or not."""
    return tuple(
        AnswerView(
            question=question.id,
            **question.model_dump(include={"kind", "text", "need"}),
            answer=letter.answers.get(question.id),
            wished=wished(question, letter.answers.get(question.id)),
        )
        for question in questions
    )


def matched(
    needed: Needed | None, facts: Document, *, questions: Sequence[Question], answers: Mapping[str, Value]
) -> Match | None:
    """How an applicant and the vacancy fit; the questions are those that were answered."""
    asked = (needed or Needed()).model_copy(update={"questions": tuple(questions)})
    return compare(asked, person_of(facts), answers)


def fits(match: Match | None, fit: Fit) -> bool:
    """Whoever is not compared fits always: wanting no comparison must cost nobody anything."""
    return match is None or (match.all_met if fit == "all" else match.musts_met)


def person_of(facts: Document) -> Person:
    """From the local copy of a profile; one from before there were licences has none."""
    return Person.model_validate({name: facts[name] for name in Person.model_fields if name in facts})
