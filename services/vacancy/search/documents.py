"""What the index keeps of a vacancy: fields to search in, to filter and count by, and to sort by."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

import tantivy

from services.vacancy.search.derived import marks, schooling
from services.vacancy.search.words import document_terms, raw, terms
from shared.reference.fields import field_of
from shared.reference.tables import kelurahan

# Text is cut into terms by `words`; the index only separates them at spaces.
TEXT_FIELDS = ("title", "facts", "place", "employer", "text")
FIELDS_READ = (
    *("state", "title", "description", "conditions", "skills", "employer_name", "kind", "workplace"),
    *("kelurahan_code", "location_text", "wage", "published_at", "closes_at", "changed_at", "version"),
    *("hours", "education_min", "experience_months", "may_bring_child", "occupation"),
)
LAYOUT = 5  # raise it with every change of what a document looks like in the index

# How people say the kinds and workplaces that the form knows by code.
_KINDS = {
    "full_time": "penuh waktu",
    "part_time": "paruh waktu",
    "daily": "harian lepas",
    "internship": "magang",
    "piecework_home": "borongan di rumah",
    "training": "pelatihan",
    "overseas": "luar negeri",
}
_WORKPLACES = {"home": "di rumah", "abroad": "luar negeri", "hybrid": "hybrid"}

_TOWN = re.compile(r"(?i)\b(?:kota adm\.?|kota|kabupaten|kab\.?|kecamatan|kec\.?|adm\.?)(?=\s|$)")
_SHOUTS = re.compile(
    r"(?i)\b(?:(?:lowongan|loker|lowker)(?: kerja)?|(?:di)?butuh(?:kan)?(?: segera| cepat)?"
    r"|urgen(?:t|tly)?|segera|hiring|"
    r"we are hiring|now hiring|dicari(?: segera)?|walk in interview|info)\b[\s:!\-–|]*"
)
_FREELANCE = re.compile(r"(?i)\bfree-?lancer?\b")  # no kind of the form says it
_UNNAMED = re.compile("tidak disebutkan")
_MONTHLY = {"hour": 173.0, "day": 25.0, "week": 4.33, "month": 1.0}  # hours, days (of 6 a week), weeks in a month
_YEAR_2020, _YEAR_2025 = datetime(2020, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
_IN_THE_CITY = 1.15
_FRESHNESS_DOUBLES_SECONDS = 4 * 365.25 * 86_400.0


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True, fast=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("kelurahan", "kind", "workplace", "mark", "shown", "skill", "town", "bidang"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("wage", "published", "closes", "by_newest", "by_wage", "by_deadline", "schooling", "same"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def searchable(vacancy: dict[str, Any]) -> bool:
    """Whether it belongs into the index; that it is still open is decided by each search."""
    return vacancy.get("state") == "published" and bool(vacancy.get("closes_at") and vacancy.get("published_at"))


def document(vacancy: dict[str, Any]) -> tantivy.Document:
    """The index's document of a vacancy as the store has it."""
    made = tantivy.Document()
    made.add_text("id", vacancy["_id"])
    made.add_unsigned("version", vacancy["version"])
    for name, found in _texts(vacancy).items():
        made.add_text(name, " ".join(found))
    if code := vacancy.get("kelurahan_code"):
        made.add_text("kelurahan", code)
    made.add_text("kind", vacancy.get("kind") or "full_time")
    for name, values in _labels(vacancy).items():
        for value in values:
            made.add_text(name, value)
    for name, number in _numbers(vacancy).items():
        made.add_unsigned(name, number)
    made.add_float("weight", _weight(vacancy))
    return made


def _labels(vacancy: dict[str, Any]) -> dict[str, list[str]]:
    """What is filtered, counted and suggested as a whole."""
    found = marks(vacancy)
    town = _TOWN.sub("", (vacancy.get("location_text") or "").split(",")[0]).strip().title()
    return {
        "mark": found,
        "workplace": ["home" if "home" in found else vacancy.get("workplace") or "onsite"],
        "shown": [calm(vacancy.get("title") or "")],
        "skill": [skill.strip().lower()[:60] for skill in vacancy.get("skills", ()) if skill.strip()],
        "bidang": [field] if (field := field_of(vacancy)) else [],
        "town": [town[:40]] if town and not vacancy.get("kelurahan_code") else [],
    }


def calm(title: str) -> str:
    """A title without shouting: no "DIBUTUHKAN SEGERA", no capitals all through."""
    quiet = _SHOUTS.sub(" ", title)
    if quiet.isupper() or quiet.islower():
        quiet = quiet.capitalize()
    return " ".join(quiet.split()).strip(" -–:!|/,.") or title


def _texts(vacancy: dict[str, Any]) -> dict[str, list[str]]:
    kind, workplace = str(vacancy.get("kind")), str(vacancy.get("workplace"))
    said = " ".join(str(vacancy.get(name) or "") for name in ("title", "description", "conditions"))
    facts = [*vacancy.get("skills", ()), _KINDS.get(kind, ""), _WORKPLACES.get(workplace, "")]
    facts.append("freelance" if _FREELANCE.search(said) else "")
    ward = kelurahan().get(vacancy.get("kelurahan_code") or "")
    place = f"{ward.name}, {ward.kecamatan}, Kota Madiun" if ward else ""
    return {
        "title": document_terms(_SHOUTS.sub(" ", vacancy.get("title") or "")) or document_terms(vacancy["title"]),
        "facts": document_terms("\n".join(facts)),
        "place": terms(f"{place}\n{vacancy.get('location_text') or ''}"),
        "employer": terms(vacancy.get("employer_name") or ""),
        "text": document_terms(f"{vacancy.get('description') or ''}\n{vacancy.get('conditions') or ''}"),
    }


def _numbers(vacancy: dict[str, Any]) -> dict[str, int]:
    wage, spread = monthly(vacancy.get("wage")), _hash(vacancy["_id"])
    published, closes = vacancy["published_at"], vacancy["closes_at"]
    return {
        "wage": wage,
        "published": seconds(published),
        "closes": seconds(closes),
        "schooling": schooling(vacancy),
        "same": _same(vacancy),
        # A sort key is the value, then bits of the id: no two are equal, so a page ends at a key.
        "by_newest": min(int((published - _YEAR_2020).total_seconds() * 1000), 2**41 - 1) << 23 | spread >> 41,
        "by_wage": min(wage, 2**31 - 1) << 33 | spread >> 31,
        "by_deadline": min(seconds(closes), 2**31 - 1) << 33 | spread >> 31,
    }


def monthly(wage: dict[str, Any] | None) -> int:
    """Rupiah a month at most; 0 where it is not said or paid by the piece."""
    if not wage:
        return 0
    return int((wage.get("max") or wage["min"]) * _MONTHLY.get(wage.get("per", "month"), 0.0))


def seconds(at: datetime) -> int:
    """Whole seconds since 2020; nothing here is older."""
    return max(int((at - _YEAR_2020).total_seconds()), 0)


def _weight(vacancy: dict[str, Any]) -> float:
    """Multiplies the score of the text. A vacancy in the city comes before its equals elsewhere; a month of youth
    is worth one percent, so that it only decides between equals; equals of one moment are told apart by their id,
    to keep their order from page to page. (The index multiplies by log2(2 + value).)"""
    age = max((vacancy["published_at"] - _YEAR_2025).total_seconds(), 0.0) / _FRESHNESS_DOUBLES_SECONDS
    here = _IN_THE_CITY if vacancy.get("kelurahan_code") in kelurahan() else 1.0
    factor = here * 2.0**age * (1.0 + 0.0005 * _hash(vacancy["_id"]) / 2**64)
    return float(2.0 ** min(factor, 900.0) - 2.0)


def _same(vacancy: dict[str, Any]) -> int:
    """Equal for adverts that repeat one another: title, employer and place, and the text where nobody is named."""
    parts = [calm(vacancy.get("title") or ""), vacancy.get("employer_name"), vacancy.get("kelurahan_code")]
    unnamed = _UNNAMED.search(vacancy.get("employer_name") or "tidak disebutkan")
    parts += [vacancy.get("location_text"), (vacancy.get("description") or vacancy["_id"]) if unnamed else ""]
    return _hash(" ".join(raw(" | ".join(str(part or "") for part in parts)))) >> 1


def _hash(id: str) -> int:
    return int.from_bytes(hashlib.blake2b(id.encode(), digest_size=8).digest(), "big")
