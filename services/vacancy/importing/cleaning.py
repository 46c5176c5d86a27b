"""One line of a partner's file made into a vacancy of ours, or refused with a reason."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from services.vacancy.domain.partner import Imported
from services.vacancy.importing.places import kelurahan_code
from services.vacancy.importing.text import TITLE_SHORTEST, line, paragraphs, title
from shared.contracts.vacancy import Contract, Kind, Wage, Workplace

OPEN_DAYS = 60  # the longest that a vacancy may stay open, where the partner does not close it sooner
TEXT_LONGEST = 4_000
_LOWEST_WAGE, _HIGHEST_WAGE = 100_000, 200_000_000  # rupiah a month; beyond lies what somebody mistyped
_MOST_SKILLS, _SKILL_LONGEST = 20, 60

_KINDS: dict[str, tuple[Kind, Contract | None]] = {
    "FULL_TIME": ("full_time", None),
    "CONTRACT": ("full_time", "fixed_term"),
    "PART_TIME": ("part_time", None),
    "FREELANCE": ("part_time", None),
    "CASUAL": ("daily", "daily"),
    "INTERNSHIP": ("internship", None),
}
# What a title says of the kind, where the partner says nothing or only "freelance".
_SAID: list[tuple[re.Pattern[str], Kind]] = [
    (re.compile(r"(?i)\bborongan\b|\bjahit di rumah\b|\bdi rumah\b.*\bbahan\b"), "piecework_home"),
    (re.compile(r"(?i)\bmagang\b|\bintern(?:ship)?\b|\bpemagang"), "internship"),
    (re.compile(r"(?i)\bpart[\s-]?time\b|\bparuh waktu\b"), "part_time"),
    (re.compile(r"(?i)\bdaily worker\b|\bharian lepas\b|\bpekerja harian\b"), "daily"),
]
_WORKPLACES: list[tuple[re.Pattern[str], Workplace]] = [
    (re.compile(r"(?im)^tempat kerja:\s*(?:jarak jauh|remote|kerja dari rumah|dari rumah)"), "home"),
    (re.compile(r"(?im)^tempat kerja:\s*(?:hybrid|hibrid)"), "hybrid"),
]
_AT_HOME = re.compile(r"(?i)\b(?:wfh|work from home|(?:kerja )?dari rumah)\b|[(\[–-]\s*remote\b|\bremote\s*[)\]]")
_FREELANCE = "Pekerja lepas (freelance)."
_SKILLS = re.compile(r"(?im)^(?:keahlian|skills?):\s*(.+)$")


class Rejected(Exception):
    """Why a line is not a vacancy; `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def vacancy_of(row: Mapping[str, Any], *, today: date) -> Imported:
    """The vacancy in `row` (fields as in the job boards' files); raises `Rejected`."""
    source, source_id = line(row.get("source"), 60), line(row.get("source_id"), 200)
    name = title(row.get("title"))
    for missing, reason in ((not source, "no_source"), (not source_id, "no_source_id"), (not name, "no_title")):
        if missing:
            raise Rejected(reason)
    if len(name) < TITLE_SHORTEST:
        raise Rejected("title_too_short")
    try:
        return Imported(source=source, source_id=source_id, title=name, **_terms(row, name, today))
    except ValidationError as error:
        raise Rejected(f"bad_{error.errors(include_input=False)[0]['loc'][0]}") from None


def _terms(row: Mapping[str, Any], name: str, today: date) -> dict[str, Any]:
    text = f"{paragraphs(row.get('description'), 100_000)}\n{paragraphs(row.get('requirements'), 100_000)}"
    kind, contract = _kind(row.get("employment_type"), name)
    return {
        "employer_name": line(row.get("company"), 120) or None,
        "kind": kind,
        "contract": contract,
        "openings": _openings(row.get("openings")),
        "workplace": _workplace(kind, name, text),
        "kelurahan_code": kelurahan_code(row.get("kelurahan_code"), line(row.get("location_text"), 200)),
        "location_text": line(row.get("location_text"), 200) or None,
        "wage": _wage(row.get("salary_min"), row.get("salary_max")),
        "description": paragraphs(row.get("description"), TEXT_LONGEST),
        "conditions": _conditions(row),
        "skills": _skills(text),
        "closes_on": _closes_on(row.get("closes_at"), today),
    }


def _conditions(row: Mapping[str, Any]) -> str:
    """With what the form has no field for: no kind of ours says that somebody works freelance."""
    conditions = paragraphs(row.get("requirements"), TEXT_LONGEST - len(_FREELANCE) - 1)
    return f"{conditions}\n{_FREELANCE}".strip() if row.get("employment_type") == "FREELANCE" else conditions


def _kind(given: object, name: str) -> tuple[Kind, Contract | None]:
    known = _KINDS.get(given) if isinstance(given, str) else None
    if known and given != "FREELANCE":
        return known
    said = next((kind for pattern, kind in _SAID if pattern.search(name)), None)
    if said:
        return said, "piece" if said == "piecework_home" else None
    return known or ("full_time", None)


def _workplace(kind: Kind, name: str, text: str) -> Workplace:
    if kind == "piecework_home" or _AT_HOME.search(name):
        return "home"
    return next((workplace for pattern, workplace in _WORKPLACES if pattern.search(text)), "onsite")


def _wage(low: object, high: object) -> Wage | None:
    """Rupiah a month; nothing where the figures make no sense."""
    figures = [_rupiah(value) for value in (low, high)]
    least, most = figures[0] or figures[1], figures[1]
    if least is None or (most is not None and most < least):
        return None
    return Wage(min=least, max=most if most != least else None, per="month")


def _rupiah(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value < _HIGHEST_WAGE:
        return None
    return int(value) if value >= _LOWEST_WAGE else None


def _openings(value: object) -> int:
    return value if type(value) is int and 1 <= value <= 999 else 1


def _skills(text: str) -> tuple[str, ...]:
    found = (line(skill, _SKILL_LONGEST) for named in _SKILLS.findall(text) for skill in named.split(","))
    return tuple(dict.fromkeys(skill for skill in found if len(skill) > 1))[:_MOST_SKILLS]


def _closes_on(given: object, today: date) -> date:
    """The partner's day where it is ahead and not too far; else the longest."""
    latest = today + timedelta(days=OPEN_DAYS)
    try:
        day = datetime.fromisoformat(str(given)).date()
    except ValueError:
        return latest
    return min(day, latest) if day > today else latest
