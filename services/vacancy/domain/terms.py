"""What a vacancy offers: the fields that its author writes, and the rules that hold even in a draft."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.vacancy.domain import asking
from services.vacancy.domain.refusals import Flaw, Flawed
from shared.contracts.codes import Code, Education
from shared.contracts.screening import DocumentKind, Licence, Question
from shared.contracts.vacancy import Contract, Hours, Kind, Piecework, Wage, Workplace
from shared.reference.tables import education, kelurahan

ANSWER_DAYS = 7  # after closing, where the employer promises no other day
LONGEST_OPEN, LONGEST_ANSWER = 60, 30  # days


class Terms(BaseModel):
    """The author's part of a vacancy. Empty text is "", an unknown value is None."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    title: str
    kind: Kind = "full_time"
    contract: Contract | None = None
    occupation: Code | None = None
    openings: int = 1
    workplace: Workplace = "onsite"
    kelurahan_code: str | None = None
    location_text: str | None = None
    address: str | None = None
    hours: Hours | None = None
    wage: Wage | None = None
    piecework: Piecework | None = None
    description: str = ""
    conditions: str = ""
    education_min: Education | None = None
    experience_months: int | None = None
    skills: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    may_bring_child: bool = False
    licences: tuple[Licence, ...] = ()
    questions: tuple[Question, ...] = ()
    documents_asked: tuple[DocumentKind, ...] = ()
    closes_on: date | None = None
    answer_by: date | None = None

    def promised_answer(self) -> date | None:
        """The day until which the employer promises an answer; a week after closing where it chose none."""
        if self.answer_by or not self.closes_on:
            return self.answer_by
        return self.closes_on + timedelta(days=ANSWER_DAYS)


def settled(terms: Terms) -> Terms:
    """Questions are numbered in their order. Piecework says its pay itself, so that it is shown and found like any
    other pay."""
    terms = terms.model_copy(update={"questions": asking.numbered(terms.questions)})
    if terms.piecework is None or terms.kind != "piecework_home":
        return terms
    return terms.model_copy(update={"wage": Wage(min=terms.piecework.rate, per="piece")})


def changed(terms: Terms, changes: dict[str, Any]) -> Terms:
    """`terms` with `changes`; raises `Flawed` where they break a rule."""
    made = settled(terms.model_copy(update=changes))
    check(made)
    return made


def check(terms: Terms) -> None:
    """Raise `Flawed` for what is wrong at any time, however unfinished the draft."""
    flaws = list(_flaws(terms))
    if flaws:
        raise Flawed(flaws)


def _flaws(terms: Terms) -> list[Flaw]:
    found: list[Flaw] = []
    wage, level = terms.wage, terms.education_min
    if wage and wage.max is not None and wage.max < wage.min:
        found.append(Flaw("/wage/max", "Upah tertinggi tidak boleh di bawah upah terendah.", _WAGE_ENGLISH))
    if terms.kelurahan_code is not None and terms.kelurahan_code not in kelurahan():
        found.append(UNKNOWN_KELURAHAN)
    if level and (level.form, level.code) not in education():
        found.append(Flaw("/education_min", "Pilih jenjang pendidikan dari daftar.", "Choose a level from the list."))
    if terms.piecework is not None and terms.kind != "piecework_home":
        found.append(_NOT_PIECEWORK)
    return found + asking.flaws(terms.questions)


_NOT_PIECEWORK = Flaw("/piecework", "Hanya untuk jenis borongan di rumah.", "Only for the kind piecework at home.")
_WAGE_ENGLISH = "The highest wage may not be below the lowest."
UNKNOWN_KELURAHAN = Flaw(
    "/kelurahan_code", "Pilih kelurahan di Kota Madiun dari daftar.", "Choose a ward of Kota Madiun from the list."
)
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The title as it stands in an address: `Penjahit Rumahan (Kebaya)` -> `penjahit-rumahan-kebaya`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_WORDS.sub("-", plain)[:80].strip("-") or "lowongan"
