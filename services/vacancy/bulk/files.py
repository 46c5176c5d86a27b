"""A file as rows of text: CSV, Excel or JSON Lines, told apart by their content. Everything is bounded before it is
read: bytes, rows, columns, letters of a cell, and what a packed file grows to."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from services.vacancy.bulk.columns import BY_NAME, named
from services.vacancy.domain.refusals import Flaw, Flawed

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 500, 60, 5_000
MOST_BYTES = 2_000_000
UNPACKED, PARTS = 20_000_000, 200  # of an Excel file, which is a zip
MOST_EMPTY = 1_000  # rows; a sheet may say that it has a million


class Row(NamedTuple):
    """`number` is the line as a spreadsheet counts it; the heading is 1."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    rows: list[Row]
    unknown: list[str]  # headings that are not ours


class BadFile(Flawed):
    code = "bad_file"
    indonesian = "Berkas ini tidak dapat dibaca."
    english = "This file cannot be read."

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__([Flaw("/file", indonesian, english)])


def read(content: bytes) -> Table:
    """CPU only, a second at worst. Raises `BadFile`, with what to do."""
    if not content.strip():
        raise BadFile("Berkasnya kosong. Isi dulu contoh kami.", "The file is empty. Fill in our template first.")
    if len(content) > MOST_BYTES:
        raise BadFile("Berkas paling besar 2 MB. Bagi menjadi dua.", "At most 2 MB. Divide it in two.")
    if content.startswith(b"PK\x03\x04"):
        return _table(_excel(content))
    text = _text(content)
    if text.lstrip().startswith("{"):
        return _lines(text)
    return _table(_csv(text))


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what old spreadsheets write
    if "\x00" in text:
        raise BadFile(
            "Simpan sebagai CSV atau Excel (.xlsx), lalu unggah lagi.",
            "Save it as CSV or Excel (.xlsx) and try again.",
        )
    return text


def _csv(text: str) -> Iterator[tuple[int, Sequence[Any]]]:
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise BadFile(
            "Ada baris yang rusak. Simpan ulang dari Excel sebagai CSV.",
            "A line is broken. Save it as CSV once more.",
        ) from None


def _excel(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    """The first sheet; formulas count as what they came to."""
    from openpyxl import load_workbook

    _check_packed(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            yield from enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1)
        finally:
            book.close()
    except Exception:  # a damaged workbook fails in any way it likes
        raise _damaged() from None


def _check_packed(content: bytes) -> None:
    """No bomb: few parts, all of them together small, and no entities that would grow while they are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise BadFile("Isi berkas ini terlalu besar.", "What is packed in this file is too big.")
            for part in parts:
                inside = packed.read(part) if part.filename.endswith((".xml", ".rels")) else b""
                if b"<!DOCTYPE" in inside or b"<!ENTITY" in inside or inside.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise _damaged()
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        raise _damaged() from None


def _damaged() -> BadFile:
    return BadFile(
        "Berkas Excel ini rusak. Buka, simpan ulang sebagai .xlsx, lalu unggah lagi.",
        "This Excel file is damaged. Open it, save it as .xlsx and try again.",
    )


def _table(lines: Iterable[tuple[int, Sequence[Any]]]) -> Table:
    headings: list[str] | None = None
    rows: list[Row] = []
    empty = 0
    for number, line in lines:
        texts = [_cell(value) for value in line[:MOST_COLUMNS]]
        if not any(texts):
            empty += 1
            if empty > MOST_EMPTY:
                break
            continue
        if headings is None:
            headings = [named(text) for text in texts]
            _check_headings(headings)
            continue
        cells = {name: text for name, text in zip(headings, texts, strict=False) if name in BY_NAME and text}
        if cells:
            rows.append(_bounded(number, cells, len(rows)))
    return _made(rows, [name for name in headings or [] if name and name not in BY_NAME])


def _check_headings(headings: list[str]) -> None:
    known = [name for name in headings if name in BY_NAME]
    if "judul" not in known:
        raise BadFile(
            "Baris pertama harus berisi nama kolom, paling sedikit kolom judul. Pakai contoh kami.",
            "The first line must name the columns, at least judul. Use our template.",
        )
    if len(set(known)) < len(known):
        raise BadFile("Ada nama kolom yang tertulis dua kali.", "A column is named twice.")


def _lines(text: str) -> Table:
    """JSON Lines: one object a line, with the names of the columns."""
    rows: list[Row] = []
    unknown: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or len(found) > MOST_COLUMNS:
            raise BadFile(f"Baris {number} bukan objek JSON.", f"Line {number} is not a JSON object.")
        cells = {named(str(key)): _cell(value) for key, value in found.items()}
        unknown |= dict.fromkeys(name for name in cells if name not in BY_NAME)
        rows.append(_bounded(number, {name: cell for name, cell in cells.items() if name in BY_NAME}, len(rows)))
    return _made(rows, list(unknown))


def _bounded(number: int, cells: dict[str, str], before: int) -> Row:
    if before >= MOST_ROWS:
        raise BadFile(
            f"Paling banyak {MOST_ROWS} baris sekali unggah. Bagi menjadi dua berkas.",
            f"At most {MOST_ROWS} lines at once. Divide them in two files.",
        )
    return Row(number, cells)


def _made(rows: list[Row], unknown: list[str]) -> Table:
    if not rows:
        raise BadFile("Belum ada baris yang terisi di bawah nama kolom.", "No line is filled in below the headings.")
    return Table(rows, [name[:40] for name in unknown[:10]])


def _cell(value: Any) -> str:
    """A value as people would type it. A leading ' is how spreadsheets mark text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value[:MOST_COLUMNS])
    return str(value)[:LONGEST_CELL].strip().removeprefix("'").strip()
