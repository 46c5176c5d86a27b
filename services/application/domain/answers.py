"""What somebody answers to a vacancy's questions: whether the answers fit them, and whether they are the wished ones.
An answer that is not the wished one is shown; it rejects nobody."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.application.problems import AnswersWrong, Flaw
from shared.contracts.screening import LARGEST_NUMBER, LONGEST_ANSWER, DocumentKind, Question

Value = str | int
_YES_NO = ("yes", "no")
_MISSING = Flaw("Jawab pertanyaan ini.", "Answer this question.")
_ONE_OF = Flaw("Pilih salah satu jawaban.", "Choose one of the answers.")
_NUMBER = Flaw("Tulis angka saja, contoh 3.", "Write a number, such as 3.")
_LONG = Flaw("Tulis paling banyak 200 huruf.", "Write at most 200 characters.")
_UNKNOWN = Flaw("Pertanyaan ini tidak ada di lowongan.", "The vacancy does not ask this.")


class Letter(BaseModel):
    """What comes with an application: everything in it is the person's own, and is stored only sealed."""

    model_config = ConfigDict(frozen=True)
    note: str | None = Field(None, repr=False)
    answers: Mapping[str, Value] = Field({}, repr=False, description="by question")
    documents: tuple[DocumentKind, ...] = Field((), description="copies that the person says to have ready")
    attachments: tuple[str, ...] = Field((), description="ids of documents that the person keeps in `seeker`")

    @property
    def contents(self) -> dict[str, Any]:
        """What is worth sealing; empty for a letter that says nothing."""
        plain = self.model_dump(mode="json")
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def read(cls, opened: Mapping[str, Any]) -> "Letter":
        """From the seal; of documents those that are known here."""
        known = [each for each in opened.get("documents", ()) if each in get_args(DocumentKind)]
        kept = {"note": opened.get("note"), "answers": opened.get("answers", {})}
        return cls(**kept, documents=tuple(known), attachments=tuple(opened.get("attachments", ())))


def known_questions(found: object) -> tuple[Question, ...]:
    """Of questions as they were told, those that we understand: a newer vacancy service may have other kinds."""
    return tuple(_known(found if isinstance(found, Sequence) else ()))


def _known(found: Sequence[Any]) -> Iterator[Question]:
    for each in found:
        try:
            yield Question.model_validate(each)
        except ValidationError:
            continue


def check(questions: Sequence[Question], answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers in the order of the questions, without empty ones; raises `AnswersWrong` with every flaw at once.
    What matters to the employer must be answered; what it only wants to know may be left out."""
    given = {name: value.strip() if isinstance(value, str) else value for name, value in answers.items()}
    given = {name: value for name, value in given.items() if value != ""}
    flaws = {name: _UNKNOWN for name in given if name not in {question.id for question in questions}}
    for question in questions:
        flaw = _flaw(question, given[question.id]) if question.id in given else question.need and _MISSING
        if flaw:
            flaws[question.id] = flaw
    if flaws:
        raise AnswersWrong(flaws)
    return {question.id: given[question.id] for question in questions if question.id in given}


def _flaw(question: Question, value: Value) -> Flaw | None:
    if question.kind == "number":
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER
        return None if good else _NUMBER
    if question.kind == "text":
        return None if isinstance(value, str) and len(value) <= LONGEST_ANSWER else _LONG
    return None if value in (_YES_NO if question.kind == "yes_no" else question.options) else _ONE_OF


def wished(question: Question, value: Value | None) -> bool | None:
    """Whether the answer is the wished one; None where nothing is wished, or nothing was answered."""
    if question.need is None or value is None:
        return None
    if question.kind == "number":
        least, most = question.at_least or 0, question.at_most if question.at_most is not None else LARGEST_NUMBER
        return isinstance(value, int) and least <= value <= most
    return value in question.wanted
