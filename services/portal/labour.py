"""The labour statistics as pages and spreadsheets show them: codes of the reports, and tables with words."""

import csv
import io
import re
from datetime import date
from typing import Any, NamedTuple

from services.portal.client import Json
from services.portal.words import Words
from shared.clock import now, today

SCOPES = ("AKL", "AKAD", "AKAN")
SEXES = ("L", "P")
AGES = ("15-19", "20-29", "30-44", "45-54", "55+")
EDUCATIONS = ("11", "12", "13", "14", "15", "16", "17")
RECEIVERS = ("21", "22", "23", "24", "25", "26")
INDUSTRIES = tuple("ABCDEFGHIJKLMNOPQRSTU")
COUNTED = ("sex", "age", "education", "occupation", "industry", "receiver")
FLOW = ("before", "in", "done", "out", "after")
_ROWS = {
    **{"III/1-I": "labour_step", "III/1-II": "labour_opening"},
    **{"III/2": "labour_education", "III/4": "labour_education", "III/8-education": "labour_education"},
    **{"III/3": "kbji", "III/5": "kbji", "III/6": "kbli", "III/7": "kbli", "III/8-receiver": "labour_receiver"},
}
_OPENINGS = ("III/1-II", "III/4", "III/5", "III/6")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
BOM = "\ufeff"  # spreadsheets take a file without it for an old alphabet


class Near(NamedTuple):
    """The months beside one; None where the next has not begun."""

    before: str
    after: str | None


class Bar(NamedTuple):
    label: str
    n: int


def this_month() -> str:
    return f"{today(now()):%Y-%m}"


def month_asked(asked: str | None) -> str:
    """The month that a visitor wants to see; this one where it is none, or has not begun."""
    return asked if asked and _MONTH.fullmatch(asked) and asked <= this_month() else this_month()


def near(month: str) -> Near:
    first = date.fromisoformat(f"{month}-01")
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Near(f"{before:%Y-%m}", f"{after:%Y-%m}" if f"{after:%Y-%m}" <= this_month() else None)


def worded(table: Json, words: Words) -> dict[str, Any]:
    """A table with its title, the names of its columns, and of each row its name, cells, and whether a page shows
    it: rows in which there is nothing are for the spreadsheet."""
    code = str(table["code"])
    flow = code in ("III/1-I", "III/1-II")
    return {
        "code": code,
        "title": words(f"labour_table.{_key(code)}"),
        "columns": [_column(each, code, words) for each in table["columns"]],
        "rows": [
            {
                "name": _row(each["key"], code, words),
                "cells": each["cells"],
                "some": any(each["cells"]),
                "shown": flow or each["key"] == "all" or any(each["cells"]),
            }
            for each in table["rows"]
        ],
        "flow": flow,
    }


def bars(figures: Json, code: str, words: Words) -> list[Bar]:
    """The five steps of seekers (III/1-I) or openings (III/1-II), all of them together."""
    table = next(each for each in figures["tables"] if each["code"] == code)
    place = list(table["columns"]).index("all")
    cells = {each["key"]: each["cells"][place] for each in table["rows"]}
    return [Bar(_row(step, code, words), cells.get(step, 0)) for step in FLOW]


def spreadsheet(figures: Json, words: Words) -> bytes:
    """Every table, one below the other, with an empty line between."""
    written = io.StringIO()
    out = csv.writer(written)
    state = words("labour.csv_closed", at=figures["closed_at"]) if figures["closed_at"] else words("labour.csv_open")
    out.writerow([words("labour.title"), figures["month"], state, figures["sha256"] or ""])
    for each in figures["tables"]:
        table = worded(each, words)
        out.writerow([])
        out.writerow([table["code"], table["title"]])
        out.writerow(["", *table["columns"]])
        out.writerows([row["name"], *row["cells"]] for row in table["rows"])
    return (BOM + written.getvalue()).encode()


def _key(code: str) -> str:
    return re.sub(r"\W", "_", code)


def _row(key: str, code: str, words: Words) -> str:
    if key in ("?", "all"):
        return words("labour_part.unknown" if key == "?" else "labour_part.all")
    group = _ROWS[code]
    if group == "kbli":
        return f"{key} {words.known(group, key)}"
    return words.known(group, f"d{key}" if group == "kbji" else key)


def _column(key: str, code: str, words: Words) -> str:
    """`in.L` is two parts, each with a word; a part that has none, such as an age, is its own."""
    group = "labour_opening" if code in _OPENINGS else "labour_step"
    parts = []
    for part in key.split("."):
        if part in ("?", "None"):
            parts.append(words("labour_part.unknown"))
        elif part == "all":
            parts.append(words("labour_part.all"))
        else:
            parts.append(words.known(group, part))
    return " ".join(dict.fromkeys(parts))
