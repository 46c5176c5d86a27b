"""The parts that bodies are made of: text without control characters, days, and strict numbers."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shared.contracts.screening import (
    LARGEST_NUMBER,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Need,
    Question,
    QuestionKind,
)
from shared.contracts.vacancy import Day, Hours, Piecework, Wage


class Body(BaseModel):
    """A request body: unknown fields are refused, and what was typed never stands in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _clean(text: Any) -> Any:
    """Without control characters (but line ends) and without blanks at the ends."""
    if not isinstance(text, str):
        return text
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return kept.strip()


def iso_day(value: Any) -> Any:
    """Pydantic would read a number as seconds since 1970; a day is text."""
    if value is not None and not isinstance(value, (str, date)):
        raise ValueError("Tulis tanggal sebagai YYYY-MM-DD. / Write the date as YYYY-MM-DD.")
    return value


Text = Annotated[str, BeforeValidator(_clean)]
OptionalText = Annotated[str | None, BeforeValidator(_clean)]
IsoDay = Annotated[date | None, BeforeValidator(iso_day)]
Reason = Annotated[str, BeforeValidator(_clean), Field(min_length=3, max_length=500)]


class ReasonInput(Body):
    """Why; the other side reads it."""

    reason: Reason


class RevokeInput(ReasonInput):
    """What an officer found: the business number, the tax number, or what a visit showed."""

    cause: Literal["nib", "npwp", "visit"]


class OptionalReasonInput(Body):
    reason: Annotated[str | None, BeforeValidator(_clean), Field(None, max_length=500)]


class WageInput(Wage):
    """Pay in whole rupiah, as numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)

    def plain(self) -> Wage:
        return Wage.model_construct(**dict(self))


class HoursInput(Hours):
    """When the work is done (WIB)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)
    days: tuple[Day, ...] = Field((), max_length=7, strict=False)

    def plain(self) -> Hours:
        return Hours.model_construct(**dict(self))


class PieceworkInput(Piecework):
    """Pay by the piece, for work at home. There is no deposit, no materials fee and no machine to buy."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)
    defect_rule: Annotated[str, BeforeValidator(_clean)] = Field("", max_length=300)

    def plain(self) -> Piecework:
        return Piecework.model_construct(**dict(self))


Option = Annotated[Text, Field(min_length=1, max_length=LONGEST_OPTION)]
Number = Annotated[int | None, Field(ge=0, le=LARGEST_NUMBER, strict=True)]


class QuestionInput(Body):
    """A question to whoever applies, with the wished answer."""

    kind: QuestionKind
    text: Annotated[Text, Field(min_length=5, max_length=LONGEST_QUESTION)]
    options: tuple[Option, ...] = Field((), max_length=MOST_OPTIONS, description="for a choice, at least two")
    need: Need | None = Field(None, description="how much the wished answer matters; null: only to know")
    wanted: tuple[Option, ...] = Field((), max_length=MOST_OPTIONS, description="yes or no, or some of the options")
    at_least: Number = None
    at_most: Number = None

    def plain(self) -> Question:
        return Question(id="", **dict(self))


def chosen(body: BaseModel, names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields that the request really named, as domain values."""
    wanted = body.model_fields_set & set(names or type(body).model_fields)
    found = {name: getattr(body, name) for name in wanted}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    return value.plain() if isinstance(value, _PLAIN) else value


_PLAIN = (WageInput, HoursInput, PieceworkInput, QuestionInput)
