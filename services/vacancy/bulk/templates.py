"""The table to fill in, with one example row: as CSV, and as an Excel book with lists to choose from."""

import csv
import io
from datetime import date, timedelta

from services.vacancy.bulk.columns import COLUMNS, Column
from services.vacancy.bulk.files import MOST_ROWS

OPEN_DAYS = 30
BOM = "\ufeff"  # spreadsheets take a file without it for an old alphabet


def as_csv(today: date) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerow(_example(column, today) for column in COLUMNS)
    return (BOM + made.getvalue()).encode()


def as_excel(today: date) -> bytes:
    """CPU only. The first sheet is the table, the second says what each column is for."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = "lowongan", "B2"
    sheet.append([column.name for column in COLUMNS])
    sheet.append([_example(column, today) for column in COLUMNS])
    for place, column in enumerate(COLUMNS, 1):
        letter, head = get_column_letter(place), sheet.cell(1, place)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0B5A3C")
        sheet.column_dimensions[letter].width = 40 if column.name in ("uraian", "syarat") else 18
        if column.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    about = book.create_sheet("petunjuk")
    about.append(["kolom", "isinya", "pilihan"])
    for column in COLUMNS:
        about.append([column.name, column.about, ", ".join(column.choices)])
    for letter, width in (("A", 20), ("B", 60), ("C", 60)):
        about.column_dimensions[letter].width = width
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _example(column: Column, today: date) -> str:
    return (today + timedelta(days=OPEN_DAYS)).strftime("%d/%m/%Y") if column.name == "tutup" else column.example
