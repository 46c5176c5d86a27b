"""A row of an uploaded table as the request that it stands for: what is wrong with it, what an officer would still
miss, and what the rules would point at."""

from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from services.vacancy.api.vacancy_bodies import VacancyInput
from services.vacancy.bulk.columns import Cell, column_of, vacancy_of
from services.vacancy.bulk.files import Row
from services.vacancy.domain.completeness import check_complete
from services.vacancy.domain.refusals import Flawed
from services.vacancy.domain.rules.looking import Known
from services.vacancy.domain.rules.table import look
from services.vacancy.domain.terms import Terms, check, settled
from services.vacancy.domain.wages import Floors
from shared.http import advice


class CheckedRow(NamedTuple):
    """`item` is the body as it would be stored, None where something is wrong with it."""

    row: int
    title: str
    item: VacancyInput | None
    wrong: list[Cell]
    missing: list[Cell]
    warnings: list[Cell]


def check_row(row: Row, *, today: date, floors: Floors | None) -> CheckedRow:
    """CPU only."""
    body, wrong = vacancy_of(row.cells)
    title = row.cells.get("judul", "")[:80]
    if wrong:
        return CheckedRow(row.number, title, None, wrong, [], [])
    try:
        item = VacancyInput.model_validate(body)
    except ValidationError as error:
        refused = [_refusal(each) for each in error.errors(include_url=False, include_input=False)[:20]]
        return CheckedRow(row.number, title, None, refused, [], [])
    terms = terms_of(item)
    try:
        check(terms)
    except Flawed as flawed:
        return CheckedRow(row.number, title, None, _cells(flawed), [], [])
    found = look(terms, Known(floors=floors))
    warnings = [
        Cell(column_of(f"/{each.field}"), _pointed(each.text, each.message), _pointed(each.text, each.message_en))
        for each in found
    ]
    return CheckedRow(row.number, item.title, item, [], _missing(terms, today), warnings)


def terms_of(item: VacancyInput) -> Terms:
    return settled(Terms.model_construct(**item.chosen()))


def _missing(terms: Terms, today: date) -> list[Cell]:
    try:
        check_complete(terms, today=today)
    except Flawed as flawed:
        return _cells(flawed)
    return []


def _cells(flawed: Flawed) -> list[Cell]:
    return [Cell(column_of(flaw.pointer), flaw.indonesian, flaw.english) for flaw in flawed.flaws]


def _refusal(item: Any) -> Cell:
    pointer = "".join(f"/{part}" for part in item["loc"])
    return Cell(column_of(pointer), advice(item, False), advice(item, True))


def _pointed(text: str, message: str) -> str:
    return f"“{text}”: {message}" if text else message
