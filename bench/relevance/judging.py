"""Whether a vacancy answers a query: rules over its own words, the same for every vacancy and written before any
result was seen. Grades: 3 what was asked, 2 or 1 near it, 0 something else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_LEVELS = [
    (0, r"(?:tanpa|tidak perlu|tidak butuh|tdk perlu) ijazah|tidak memandang pendidikan|semua pendidikan"),
    (1, r"\b(?:lulusan |min(?:imal)?\.? |ijazah |pendidikan (?:min(?:imal)?\.? )?)sd\b|\bsd/smp|sekolah dasar"),
    (2, r"\bsmp\b|\bsltp\b|\bmts\b"),
    (3, r"\bsma\b|\bsmk\b|\bslta\b|\bsmu\b|\bstm\b|sma/|sekolah menengah (?:atas|kejuruan)"),
    (5, r"\bd-?[1-4]\b|diploma"),
    (6, r"\bs-?1\b|sarjana|bachelor|strata 1"),
]
_SPAN = re.compile(r"(\d{1,2})[.:]\d\d\s*(?:-|–|s/d|sampai)\s*(\d{1,2})[.:]\d\d")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One query and its rule."""

    q: str
    group: str
    set: str  # "tuned", "first" or "second": see README.md
    rule: Mapping[str, Any]

    def grade(self, row: Row) -> int:
        """A trade that misses a condition is worth two less; a condition alone is met, or nearly, or not."""
        met = all(_met(name, wanted, row, self.rule) for name, wanted in self.rule.items() if name in _CONDITIONS)
        if "job" in self.rule:
            job = _job(self.rule["job"], str(row["title"] or "").lower())
            return job if met else max(job - 2, 0)
        near = self.rule.get("where_near")
        return 3 if met else int(bool(near and re.search(near, _place(row))))


def queries() -> list[Asked]:
    text = files("bench.relevance").joinpath("queries.jsonl").read_text(encoding="utf-8")
    return list(_parsed(text.splitlines()))


def _parsed(lines: Sequence[str]) -> Iterator[Asked]:
    for line in lines:
        held = json.loads(line)
        own = {name: held.pop(name) for name in ("q", "group", "set")}
        yield Asked(**own, rule=held)


def _job(patterns: Mapping[str, str], title: str) -> int:
    return max((int(grade) for grade, pattern in patterns.items() if re.search(pattern, title)), default=0)


def _place(row: Row) -> str:
    return str(row["location_text"] or "").lower()


def _text(row: Row) -> str:
    return f"{row['title']}\n{row['description'] or ''}\n{row['requirements'] or ''}".lower()


def _met(name: str, wanted: Any, row: Row, rule: Mapping[str, Any]) -> bool:
    if name == "where":
        return bool(re.search(wanted, _place(row)))
    if name == "text":
        return bool(re.search(wanted, _text(row)))
    if name == "kinds":
        return row["employment_type"] in wanted or _said(rule, row)
    if name == "wage":
        paid = row["salary_max"] or row["salary_min"] or 0
        return bool(wanted[0] <= paid and (row["salary_min"] or 0) <= wanted[1])
    if name == "edu":
        level = _level(row)
        return level is not None and bool(wanted[0] <= level <= wanted[1])
    return (_ends(row) <= wanted and "malam" not in _text(row)) or _said(rule, row)


def _said(rule: Mapping[str, Any], row: Row) -> bool:
    return "text_or" in rule and bool(re.search(rule["text_or"], _text(row)))


def _level(row: Row) -> int | None:
    """The lowest schooling that its conditions, else its description, name."""
    for text in (row["requirements"], row["description"]):
        found = [level for level, pattern in _LEVELS if re.search(pattern, (text or "").lower())]
        if found:
            return found[0]
    return None


def _ends(row: Row) -> int:
    """The latest hour at which work ends; late where nothing is said."""
    return max((int(end) for _, end in _SPAN.findall(_text(row))), default=99)


_CONDITIONS = frozenset({"where", "text", "kinds", "wage", "edu", "ends"})
