"""The field of work (bidang) of a vacancy: the major group of its KBJI code, else what its title says. A guess from
the title only sorts into a list; nothing that counts for reports uses it."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FIELDS = tuple("0123456789")


def field_of(vacancy: Mapping[str, Any]) -> str | None:
    """`0` to `9`; None where neither says."""
    coded = vacancy.get("occupation")
    if coded and str(coded.get("scheme", "")).startswith("KBJI") and str(coded.get("code", ""))[:1] in FIELDS:
        return str(coded["code"])[0]
    return _named(str(vacancy.get("title") or ""))


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    """The group of each word, and one pattern for all of them that takes the longest."""
    with files("shared.reference").joinpath("fields.csv").open(encoding="utf-8") as file:
        groups = {word: row["group"] for row in csv.DictReader(file) for word in row["words"].split("|")}
    longest_first = sorted(groups, key=len, reverse=True)
    return groups, re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b")


def _named(title: str) -> str | None:
    """The longest known word decides; of equals the first, since titles begin with the trade."""
    groups, pattern = _words()
    found = pattern.findall(" ".join(re.sub(r"[^a-z0-9]+", " ", title.casefold()).split()))
    return groups[max(found, key=len)] if found else None
