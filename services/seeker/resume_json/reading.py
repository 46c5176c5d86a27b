"""What of a stranger's JSON Resume fits into a CV here: each row is taken or not, and says why. Nothing is left
out in silence, and nothing is made up: a job without a month is not given one."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from services.seeker import problems
from services.seeker.domain import MOST, Career, Course, Job
from services.seeker.resume_json.rows import MOST_TEXT, Advice, Reading, Row, course_of, job_of, named, texts

LARGEST = 100_000  # bytes
MOST_ROWS = 100
KNOWN = ("$schema", "meta", "basics", "work", "education", "certificates", "skills")
LISTS = ("work", "education", "certificates", "skills")
KEPT_APART = ("name", "email", "phone", "url", "image", "label", "location", "profiles")
MOST_SKILLS = 30


def document(raw: bytes) -> dict[str, Any]:
    """Raises `ResumeTooLarge` or `ResumeUnreadable`."""
    if len(raw) > LARGEST:
        raise problems.ResumeTooLarge
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):  # UnicodeDecodeError and endless numbers are ValueErrors
        raise problems.ResumeUnreadable from None
    if not isinstance(found, dict) or not any(key in found for key in KNOWN[2:]):
        raise problems.ResumeUnreadable
    if any(not isinstance(found.get(key, []), list) for key in LISTS) or not isinstance(
        found.get("basics", {}), dict
    ):
        raise problems.ResumeUnreadable
    if len(found) + sum(_size(row) for key in LISTS for row in found.get(key, [])) > MOST_ROWS:
        raise problems.ResumeTooLong
    return found


def _size(row: Any) -> int:
    """How many rows it makes."""
    return 1 + len(_within(row, "courses")) + len(_within(row, "keywords"))


def _within(row: Any, name: str) -> list[Any]:
    found = row.get(name) if isinstance(row, dict) else None
    return found if isinstance(found, list) else []


def read(found: dict[str, Any], career: Career, skills: tuple[str, ...], *, now: str) -> Reading:
    """What the CV would be after it, and each row with its fate; `now` is this month, such as 2026-12. What the
    person has written stays."""
    reading = Reading(career=career, skills=skills)
    _basics(reading, found.get("basics", {}))
    for place, row in enumerate(found.get("work", [])):
        _job(reading, f"work/{place}", row, now)
    for place, row in enumerate(found.get("education", [])):
        _school(reading, f"education/{place}", row)
    for place, row in enumerate(found.get("certificates", [])):
        _course(reading, f"certificates/{place}", row, int(now[:4]))
    for place, row in enumerate(found.get("skills", [])):
        _skills(reading, f"skills/{place}", row)
    reading.rows += [Row(key[:40], key[:40], Advice.NO_PLACE) for key in found if key not in KNOWN]
    return reading


def _basics(reading: Reading, basics: dict[str, Any]) -> None:
    for key in basics:
        if key in KEPT_APART:
            reading.rows.append(Row(f"basics/{key}", key, Advice.FROM_PROFILE))
        elif key != "summary":
            reading.rows.append(Row(f"basics/{key}"[:40], key[:40], Advice.NO_PLACE))
    if (summary := texts(basics, "summary")) or "summary" in basics:
        _words(reading, "about", "basics/summary", summary, MOST_TEXT)


def _school(reading: Reading, place: str, row: Any) -> None:
    name = texts(row, "institution")
    _words(reading, "school", place, name, 80)
    for number, course in enumerate(_within(row, "courses")):
        reading.rows.append(Row(f"{place}/courses/{number}", named(course), Advice.NO_YEAR))


def _words(reading: Reading, field: str, place: str, text: str, most: int) -> None:
    """A field of its own: the first one counts, and never over what the person has written."""
    known = getattr(reading.career, field)
    kept = text[:most] if most == MOST_TEXT else text  # what is cut is said, and a name is not cut
    advice: Advice | None = Advice.EMPTY
    if known and text:
        advice = Advice.KNOWN if known == kept else Advice.OWN_STAYS
    elif text:
        advice = _tried(reading, Advice.CUT if kept != text else None, **{field: kept})
    reading.rows.append(Row(place, text[:80], advice))


def _job(reading: Reading, place: str, row: Any, now: str) -> None:
    job, advice = job_of(row, now=now)
    if isinstance(job, Job):
        advice = _listed(reading, "jobs", job, advice)
    reading.rows.append(Row(place, named(row, "position", "name", "company"), advice))


def _course(reading: Reading, place: str, row: Any, year: int) -> None:
    course, advice = course_of(row, year=year)
    if isinstance(course, Course):
        advice = _listed(reading, "courses", course, advice)
    reading.rows.append(Row(place, named(row, "name", "issuer"), advice))


def _listed(reading: Reading, field: str, one: Job | Course, advice: Advice | None) -> Advice | None:
    rows: tuple[Job | Course, ...] = getattr(reading.career, field)
    if one in rows:
        return Advice.KNOWN
    if len(rows) >= MOST:
        return Advice.FULL
    return _tried(reading, advice, **{field: (*rows, one)})


def _tried(reading: Reading, advice: Advice | None, **changed: Any) -> Advice | None:
    """Take it, unless it holds what no CV here may hold."""
    try:
        reading.career = Career.model_validate({**dict(reading.career), **changed})
    except ValidationError:
        return Advice.UNREADABLE
    return advice


def _skills(reading: Reading, place: str, row: Any) -> None:
    for number, skill in enumerate(_all_skills(row)):
        known = {each.casefold() for each in reading.skills}
        line = " ".join(skill.split())
        if not line or len(line) > 60 or not line.isprintable() or problems.CONTACT.search(line):
            advice: Advice | None = Advice.UNREADABLE
        elif line.casefold() in known or len(known) >= MOST_SKILLS:
            advice = Advice.KNOWN if line.casefold() in known else Advice.FULL
        else:
            reading.skills, advice = (*reading.skills, line), None
        reading.rows.append(Row(place if not number else f"{place}/{number}", line[:80], advice))


def _all_skills(row: Any) -> Iterator[str]:
    """The name of a group, and what it holds."""
    yield texts(row, "name")
    yield from (each if isinstance(each, str) else "" for each in _within(row, "keywords"))
