"""What the digits of a NIK say, which are impossible, and what an officer should look at.

PPKKCC DDMMYY SSSS: region of first registration, birth date (women: day + 40), serial. There is no check digit.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.problems import NikDate, NikLength, NikTestNumber
from shared.reference.tables import kelurahan

CITY = "3577"
YOUNGEST, OLDEST = 15, 80  # ages at which somebody looks for work: they decide the century
SIGNS = str.maketrans("", "", " .-")

Warning = Literal["region_differs", "unknown_kecamatan", "birth_date_unlikely", "nik_needs_check"]


class Nik(BaseModel):
    """A NIK that may be one, and what it says."""

    model_config = ConfigDict(frozen=True)
    digits: str = Field(repr=False)
    birth_date: date = Field(repr=False)
    sex: Literal["female", "male"] = Field(repr=False)
    warnings: tuple[Warning, ...] = Field(description="for an officer; never a reason to refuse")


def read_nik(text: str, *, today: date, test_numbers: bool) -> Nik:
    """The NIK in `text` (spaces, dots and dashes do not matter); raises a `Flaw` for one that cannot be.
    `test_numbers` allows the serial 0000, which no person has."""
    digits = text.translate(SIGNS)
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        raise NikLength
    day = int(digits[6:8])
    born = _birth_date(day - 40 if day > 40 else day, month=int(digits[8:10]), year=int(digits[10:12]), today=today)
    if digits.endswith("0000") and not test_numbers:
        raise NikTestNumber
    return Nik(
        digits=digits,
        birth_date=born,
        sex="female" if day > 40 else "male",
        warnings=(*_region(digits), *_age(born, today)),
    )


def masked(digits: str) -> str:
    return f"{digits[:4]}********{digits[-4:]}"


def _birth_date(day: int, *, month: int, year: int, today: date) -> date:
    """In the century that makes the person 15 to 80 years old; where none does, the latest one in the past."""
    possible = [born for century in (2000, 1900) if (born := _date(century + year, month, day)) and born <= today]
    if not possible:
        raise NikDate
    return next((born for born in possible if YOUNGEST <= _years(born, today) <= OLDEST), possible[0])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _region(digits: str) -> tuple[Warning, ...]:
    """The region never changes when a person moves, so a foreign one is normal for some."""
    if not digits.startswith(CITY):
        return ("region_differs",)
    known = {row.kecamatan_code.replace(".", "") for row in kelurahan().values()}
    return () if digits[:6] in known else ("unknown_kecamatan",)


def _age(born: date, today: date) -> tuple[Warning, ...]:
    return () if YOUNGEST <= _years(born, today) <= OLDEST else ("birth_date_unlikely",)
