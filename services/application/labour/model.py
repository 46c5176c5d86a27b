"""What counts: one entry for each change of the numbers, with the traits it is counted by and no name. The traits of
a person or a vacancy are those it came with, so that what goes in goes out in the same row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.clock import WIB
from shared.contracts.codes import Code, Education
from shared.contracts.placement import Scope

Kind = Literal["registered", "placed", "removed", "opened", "filled", "dropped"]
About = Literal["seekers", "vacancies"]
Sex = Literal["L", "P"]
ABOUT: Mapping[str, About] = {
    **dict.fromkeys(("registered", "placed", "removed"), "seekers"),
    **dict.fromkeys(("opened", "filled", "dropped"), "vacancies"),
}
Coded = Code | Education | Mapping[str, Any] | None
UNKNOWN = "?"
AGES = ("15-19", "20-29", "30-44", "45-54", "55+")
SEXES = ("L", "P")
# Of report III/8: not finished SD, SD, SLTP, SLTA, D1/D2, D3, Sarjana; government, BUMN/BUMD, koperasi, private,
# other body, person.
EDUCATIONS = ("11", "12", "13", "14", "15", "16", "17")
RECEIVERS = ("21", "22", "23", "24", "25", "26")
OCCUPATIONS = tuple("0123456789")
INDUSTRIES = tuple("ABCDEFGHIJKLMNOPQRSTU")
SCOPES = ("AKL", "AKAD", "AKAN")
_LEVELS = {"0": "11", "1": "12", "2": "13", "3": "14", "4": "15", "5": "16", "6": "17", "7": "17", "8": "17"}
_RECEIVER_OF_SIZE = {"foundation": "25", "household": "26"}
# KBLI 2020: the last division of each section.
_SECTIONS = {
    **{3: "A", 9: "B", 33: "C", 35: "D", 39: "E", 43: "F", 47: "G", 53: "H", 56: "I", 63: "J", 66: "K", 68: "L"},
    **{75: "M", 82: "N", 84: "O", 85: "P", 88: "Q", 93: "R", 96: "S", 98: "T", 99: "U"},
}


class Traits(BaseModel):
    """By what it is counted; `?` where nobody knows."""

    model_config = ConfigDict(frozen=True)
    sex: str = UNKNOWN
    age: str = UNKNOWN
    education: str = UNKNOWN
    occupation: str = UNKNOWN
    industry: str = UNKNOWN
    scope: Scope | None = None
    receiver: str = UNKNOWN


class Entry(BaseModel):
    """One change of the numbers."""

    model_config = ConfigDict(frozen=True)
    id: str
    kind: Kind
    ref: str = Field(description="the registration (a card, or a placement without one), or the vacancy")
    person: str | None = Field(None, description="whose registration; gone with the person")
    placement: str | None = Field(None, description="the placement that it tells of")
    n: int = Field(1, description="how many people or openings; negative where an entry is taken back")
    at: datetime
    month: str = Field(description="of `at`, in Madiun: 2026-12")
    seq: int = Field(0, description="of the event that told it")
    counted: str | None = Field(None, description="the closed month in whose figures it is")
    traits: Traits = Traits()


def month_of(at: datetime) -> str:
    """The month in Madiun. An event whose time is the end of time has no later day there; nothing may stop on it."""
    try:
        return f"{at.astimezone(WIB):%Y-%m}"
    except OverflowError:
        return f"{at:%Y-%m}"


def next_month(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def age_group(age: int | None) -> str:
    """Of an age in years; nobody under 15 is counted by age."""
    if age is None or age < 15:
        return UNKNOWN
    return AGES[sum(age >= first for first in (20, 30, 45, 55))]


def education_group(level: Coded) -> str:
    """The row of report III/8; both forms of the code begin with the same digit."""
    return _LEVELS.get(_text(level)[:1], UNKNOWN)


def occupation_group(code: Coded) -> str:
    """The major group of KBJI."""
    first = _text(code)[:1]
    return first if first in OCCUPATIONS else UNKNOWN


def industry_section(code: Coded) -> str:
    """The letter of KBLI 2020, from a letter or from digits."""
    given = _text(code)
    if given[:1].upper() in INDUSTRIES and given[:1]:
        return given[0].upper()
    if not given[:2].isdigit() or len(given) < 2:
        return UNKNOWN
    return next((letter for last, letter in _SECTIONS.items() if int(given[:2]) <= last), UNKNOWN)


def receiver_of(size: str | None) -> str:
    """Who takes people in: only a foundation and a household say it by their size; a firm is private unless an
    officer knows better."""
    return UNKNOWN if size is None else _RECEIVER_OF_SIZE.get(size, "24")


def _text(code: Coded) -> str:
    """The code itself; events bring objects, the store brings rows."""
    found = code.get("code") if isinstance(code, Mapping) else getattr(code, "code", None)
    return str(found or "")
