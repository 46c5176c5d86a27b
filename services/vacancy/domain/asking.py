"""The questions that a vacancy puts to whoever applies: what makes one whole, and what none may ask."""

from collections.abc import Iterator, Sequence

from services.vacancy.domain.refusals import Flaw
from services.vacancy.domain.rules.private_matters import asks_for_private
from shared.contracts.screening import MOST_QUESTIONS, Question

SHORTEST = 5
YES_NO = ("yes", "no")

_MANY = Flaw("/questions", "Paling banyak lima pertanyaan.", "Five questions at most.")


def numbered(questions: Sequence[Question]) -> tuple[Question, ...]:
    """With ids by their order: a published vacancy keeps its text, so that answers can name them."""
    return tuple(question.model_copy(update={"id": f"q{place}"}) for place, question in enumerate(questions, start=1))


def flaws(questions: Sequence[Question]) -> list[Flaw]:
    """What is wrong with the questions, each told at its place."""
    found = [_MANY] if len(questions) > MOST_QUESTIONS else []
    seen: set[str] = set()
    for place, question in enumerate(questions):
        found += [Flaw(f"/questions/{place}/{field}", *told) for field, told in _flaws(question)]
        if question.text.casefold() in seen:
            found.append(Flaw(f"/questions/{place}/text", *_TWICE))
        seen.add(question.text.casefold())
    return found


Told = tuple[str, str]
_TWICE: Told = ("Pertanyaan ini sudah ada di atas.", "This question is there already.")
_SHORT: Told = ("Tulis pertanyaannya.", "Write the question.")
_PRIVATE: Told = (
    "Jangan tanyakan usia, jenis kelamin, pernikahan, kehamilan, agama, penampilan atau kesehatan. Tanyakan yang "
    "bisa dikerjakan, misalnya: bersedia mengangkat 20 kg?",
    "Do not ask for age, sex, marriage, pregnancy, religion, looks or health. Ask what somebody can do, for example: "
    "are you willing to lift 20 kg?",
)
_OPTIONS: Told = ("Tulis dua sampai enam pilihan yang berbeda.", "Give two to six different options.")
_NO_OPTIONS: Told = ("Pilihan hanya untuk pertanyaan pilihan.", "Options are only for a choice.")
_WANTED: Told = (
    "Sebutkan jawaban yang diharapkan, atau pilih: sekadar ingin tahu.",
    "Say which answer you hope for, or choose: only to know.",
)
_NO_WANTED: Told = ("Jawaban tertulis tidak bisa jadi syarat.", "An answer in words cannot be a condition.")
_SPAN: Told = ("Angka terkecil melebihi angka terbesar.", "The least is more than the most.")


def _flaws(question: Question) -> Iterator[tuple[str, Told]]:
    if len(question.text.strip()) < SHORTEST:
        yield "text", _SHORT
    elif asks_for_private("\n".join((question.text, *question.options))):
        yield "text", _PRIVATE
    choice, options = question.kind == "choice", {option.casefold() for option in question.options}
    if choice and not 2 <= len(options) == len(question.options):
        yield "options", _OPTIONS
    if question.options and not choice:
        yield "options", _NO_OPTIONS
    yield from _wishes(question)


def _wishes(question: Question) -> Iterator[tuple[str, Told]]:
    """The wished answer fits the kind, and is there exactly where it matters."""
    least, most = question.at_least, question.at_most
    allowed = {"yes_no": YES_NO, "choice": question.options}.get(question.kind, ())
    if question.kind == "text" and question.need:
        yield "need", _NO_WANTED
    elif question.kind == "number":
        if question.wanted or (least is None and most is None) == (question.need is not None):
            yield "wanted", _WANTED
        if least is not None and most is not None and least > most:
            yield "at_least", _SPAN
    elif not set(question.wanted) <= set(allowed) or bool(question.wanted) != (question.need is not None):
        yield "wanted", _WANTED
    elif (least, most) != (None, None):
        yield "at_least", _WANTED
