"""An employer's vacancies as the same table, line by line, so that it can be filled in again and sent back."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from services.vacancy.bulk import cells
from services.vacancy.bulk.columns import COLUMNS, Column
from services.vacancy.bulk.templates import BOM
from services.vacancy.views.models import VacancyView
from shared.clock import WIB

STATES = {
    "draft": "draf",
    "submitted": "diperiksa petugas",
    "returned": "perlu diperbaiki",
    "refused": "ditolak",
    "published": "tayang",
    "paused": "dijeda",
    "filled": "terisi",
    "closed": "ditutup",
    "expired": "berakhir",
    "recalled": "ditarik",
}
OWN = ("nomor", "keadaan", "tayang_sejak", "terisi")
_WORDS = {
    "jenis": cells.KINDS,
    "kontrak": cells.CONTRACTS,
    "tempat_kerja": cells.WORKPLACES,
    "upah_per": cells.WAGE_PER,
    "bahan_oleh": cells.BY,
    "hasil_oleh": cells.BY,
    "bayar": cells.PAY_DAYS,
    "pendidikan": cells.SCHOOLING,
}
_EACH = {"hari": cells.DAYS, "sim": cells.LICENCES, "berkas": cells.PAPERS}
# A cell that begins so is a formula to a spreadsheet, whoever wrote it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def heading() -> bytes:
    return (BOM + _line([*OWN, *(column.name for column in COLUMNS)])).encode()


def lines(vacancies: Iterable[VacancyView]) -> bytes:
    return "".join(_line(_row(each)) for each in vacancies).encode()


def safe(text: str) -> str:
    """As text, whatever a spreadsheet would make of it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(vacancy: VacancyView) -> list[str]:
    since = f"{vacancy.published_at.astimezone(WIB):%d/%m/%Y}" if vacancy.published_at else ""
    own = [vacancy.number, STATES.get(vacancy.state, vacancy.state), since, str(vacancy.filled_count)]
    return own + [_shown(column, _value(vacancy, column)) for column in COLUMNS]


def _value(vacancy: VacancyView, column: Column) -> Any:
    if column.name == "kelurahan":
        return vacancy.kelurahan
    found: Any = vacancy
    for part in column.pointer.strip("/").split("/"):
        found = getattr(found, part, None)
    return found


def _shown(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple):
        if column.name == "pertanyaan":
            return safe(" | ".join(cells.question(each) for each in value))
        each_word = _EACH.get(column.name)
        return safe(", ".join(each_word.shown(each) if each_word else each for each in value))
    if (words := _WORDS.get(column.name)) and value in words.codes:
        return words.shown(value)
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    return safe(str(value))


def _line(values: Iterable[str]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerow(values)
    return made.getvalue()
