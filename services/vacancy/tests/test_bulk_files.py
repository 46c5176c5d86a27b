"""Files as people send them: from Excel, from a text editor, from a program; damaged, hostile, too big."""

import io
import json
import zipfile
from datetime import date, time
from typing import Any

import pytest

from services.vacancy.bulk import cells, export, templates
from services.vacancy.bulk.cells import Unclear
from services.vacancy.bulk.columns import COLUMNS, column_of, named, vacancy_of
from services.vacancy.bulk.files import MOST_BYTES, MOST_ROWS, BadFile, read


def excel(*rows: list[Any]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def told(error: pytest.ExceptionInfo[BadFile]) -> str:
    return error.value.flaws[0].indonesian


@pytest.mark.parametrize(
    "content",
    [
        "judul;upah_min\r\nKasir;2.000.000\r\n".encode("utf-8-sig"),
        b"judul,upah_min\nKasir,2000000\n",
        "judul\tupah_min\nKasir\t2000000\n".encode("utf-16"),
        b'Judul*,Upah Min (Rp)\n"Kasir","Rp 2.000.000"\n',
        b'{"judul": "Kasir", "upah_min": 2000000}\n',
        excel(["judul", "upah_min"], ["Kasir", 2_000_000.0]),
    ],
    ids=["semicolon", "comma", "utf-16 tabs", "spelled out", "json lines", "excel"],
)
def test_one_vacancy_reads_the_same_from_every_kind_of_file(content: bytes) -> None:
    (row,) = read(content).rows
    assert vacancy_of(row.cells) == ({"title": "Kasir", "wage": {"min": 2_000_000}}, [])


def test_a_row_keeps_the_number_that_the_spreadsheet_shows() -> None:
    table = read(b"judul;catatan\n\nKasir;x\n;\nSopir;y\n")
    assert [(row.number, row.cells["judul"]) for row in table.rows] == [(3, "Kasir"), (5, "Sopir")]
    assert table.unknown == ["catatan"]


def test_excel_dates_and_times_are_read_as_they_are_shown() -> None:
    (row,) = read(excel(["judul", "tutup", "jam_mulai"], ["Kasir", date(2026, 1, 31), time(8, 30)])).rows
    assert vacancy_of(row.cells)[0] == {"title": "Kasir", "closes_on": "2026-01-31", "hours": {"start": "08:30"}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"  ", "kosong"),
        (b"judul;" + b"x" * MOST_BYTES, "2 MB"),
        (b"nama;upah\nKasir;1\n", "nama kolom"),
        (b"judul;judul\nKasir;Sopir\n", "dua kali"),
        (b"judul\n", "Belum ada baris"),
        (b"judul\n" + b"Kasir\n" * (MOST_ROWS + 1), "500 baris"),
        (b'{"judul": "a"}\n[1]\n', "Baris 2"),
        (b'{"judul": "a"}\n' + b'{"a":' * 3000 + b"\n", "Baris 2"),
        (b"PK\x03\x04 not a zip at all", "rusak"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "CSV atau Excel"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(BadFile) as error:
        read(content)
    assert words in told(error)


def packed(name: str, content: bytes) -> bytes:
    """The template with one part replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(templates.as_excel(date(2026, 1, 5)))) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            after.writestr(part.filename, content if part.filename == name else before.read(part))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed("xl/worksheets/sheet1.xml", b" " * 30_000_000), "terlalu besar"),
        (packed("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'), "rusak"),
        (packed("xl/worksheets/sheet1.xml", b"<broken"), "rusak"),
        (packed("xl/worksheets/sheet1.xml", b"<!DOCTYPE x>".decode().encode("utf-16")), "rusak"),
    ],
    ids=["bomb", "entities", "broken", "hidden"],
)
def test_a_hostile_excel_file_is_refused_before_it_is_read(content: bytes, words: str) -> None:
    assert len(content) < MOST_BYTES
    with pytest.raises(BadFile) as error:
        read(content)
    assert words in told(error)


def test_a_sheet_that_says_it_has_a_million_rows_is_read_to_where_it_ends() -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>judul</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>Kasir</t></is></c></row>
    <row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>jauh</t></is></c></row></sheetData></worksheet>"""
    table = read(packed("xl/worksheets/sheet1.xml", sheet))
    assert [row.cells for row in table.rows] == [{"judul": "Kasir"}]


@pytest.mark.parametrize("make", [templates.as_csv, templates.as_excel])
def test_the_template_names_every_column_and_its_example_can_be_read(make: Any) -> None:
    (row,) = read(make(date(2026, 1, 5))).rows
    body, wrong = vacancy_of(row.cells)
    assert wrong == []
    assert (body["title"], body["closes_on"], body["hours"]["days"][-1]) == ("Penjahit", "2026-02-04", "sat")
    assert {named(column.name) for column in COLUMNS} == {column.name for column in COLUMNS}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("upah_min", "Rp 2.422.105,00", 2_422_105),
        ("upah_min", "75000", 75_000),
        ("tutup", "1 Mei 2026", "2026-05-01"),
        ("tutup", "01-02-2026", "2026-02-01"),
        ("jam_mulai", "7.30", "07:30"),
        ("hari", "Jumat-Minggu, Selasa", ["tue", "fri", "sat", "sun"]),
        ("hari", "Sabtu-Senin", ["mon", "sat", "sun"]),
        ("kelurahan", "Kel. nambangan lor", "35.77.02.1008"),
        ("jenis", "Paruh_Waktu", "part_time"),
        ("pendidikan", "SMK", "3000"),
        ("sif", "Ya", True),
        ("sim", "SIM C, sim a; SIM C", ["sim_c", "sim_a"]),
        ("berkas", "Ijazah, paklaring", ["diploma", "experience_letter"]),
        (
            "pertanyaan",
            "Punya motor? (wajib ya) | Takut ketinggian? (Tidak)\nBerapa lama menjahit? (angka) | Apa keahlian Anda?",
            [
                {"kind": "yes_no", "text": "Punya motor?", "need": "must_have", "wanted": ["yes"]},
                {"kind": "yes_no", "text": "Takut ketinggian?", "need": "nice_to_have", "wanted": ["no"]},
                {"kind": "number", "text": "Berapa lama menjahit?"},
                {"kind": "text", "text": "Apa keahlian Anda?"},
            ],
        ),
    ],
)
def test_cells_are_read_as_people_write_them(column: str, text: str, value: Any) -> None:
    (read_by,) = [each.read for each in COLUMNS if each.name == column]
    assert read_by(text) == value


@pytest.mark.parametrize(
    ("read_by", "text", "advice"),
    [
        (cells.number, "2,5 juta", "angka"),
        (cells.number, "2.4", "angka"),
        (cells.number, "-5", "angka"),
        (cells.day, "31/02/2026", "31/12/2026"),
        (cells.day, "besok", "31/12/2026"),
        (cells.clock, "25.00", "08.00"),
        (cells.days, "kapan saja", "Senin-Sabtu"),
        (cells.ward, "Nambangan Lur", "Nambangan Lor"),
        (cells.ward, "Surabaya", "Kota Madiun"),
        (cells.KINDS.read, "serabutan", "penuh waktu"),
        (cells.yes, "mungkin", "ya, tidak"),
        (cells.LICENCES.read_each, "SIM Z", "SIM C"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(read_by: Any, text: str, advice: str) -> None:
    with pytest.raises(Unclear) as unclear:
        read_by(text)
    assert advice in unclear.value.indonesian


@pytest.mark.parametrize(
    ("pointer", "column"),
    [
        ("/wage/max", "upah_maks"),
        ("/wage", "upah_min"),
        ("/skills/3", "keahlian"),
        ("/hours", "jam_mulai"),
        ("/questions/1/text", "pertanyaan"),
    ],
)
def test_a_refused_field_is_told_at_its_column(pointer: str, column: str) -> None:
    assert column_of(pointer) == column


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-5", "@SUM(A1)", "\tx"])
def test_no_cell_of_ours_is_a_formula_to_a_spreadsheet(text: str) -> None:
    assert export.safe(text) == f"'{text}"
    assert read(f'judul\n"{export.safe(text)}"\n'.encode()).rows[0].cells["judul"] == text.strip()


def test_json_cells_may_be_lists() -> None:
    line = json.dumps({"judul": "Kasir", "keahlian": ["teliti", "jujur"], "sif": True})
    assert vacancy_of(read(line.encode()).rows[0].cells)[0]["skills"] == ["teliti", "jujur"]
