"""Which kelurahan of the city a job board's words for a place mean, if they mean one."""

import re
from functools import cache

from shared.reference.tables import kelurahan

_ELSEWHERE = re.compile(r"(?i)\bkab(?:upaten|\.)?\s*madiun\b")
_CITY = re.compile(r"(?i)\bmadiun\b")
_WORDS = re.compile(r"[^a-z0-9]+")


def kelurahan_code(given: object, location: str) -> str | None:
    """The code that the partner gives, or the one whose name stands in `location`. A name counts only beside the
    city's own, because half the names of Java's wards are shared; "Kec. Taman" alone is a whole district."""
    if isinstance(given, str) and given in kelurahan():
        return given
    if not _CITY.search(location) or _ELSEWHERE.search(location):
        return None
    said = f" {_WORDS.sub(' ', location.lower())} "
    named = [code for name, code in _names() if f" kel {name} " in said or f" kelurahan {name} " in said]
    without_district = re.sub(r" (?:kec|kecamatan) \w+ ", " ", said)
    beside = [code for name, code in _names() if f" {name} " in without_district]
    return next(iter([*named, *beside]), None)


@cache
def _names() -> list[tuple[str, str]]:
    """Longest first: "Nambangan Lor" before a shorter name inside it."""
    names = [(_WORDS.sub(" ", ward.name.lower()), code) for code, ward in kelurahan().items()]
    return sorted(names, key=lambda row: -len(row[0]))
