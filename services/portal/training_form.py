"""How an officer writes a training: the form's fields, and the meetings as lines such as `24-11-2026 09.00-12.00`."""

import re
from datetime import date, datetime, timedelta

from services.portal.client import Json
from services.portal.formats import WIB, to_moment
from services.portal.forms import Form, Values, compact, split_day
from services.portal.words import Words

FIELDS = (
    *("title", "field", "description", "kelurahan_code", "place", "sessions", "capacity"),
    *("audience", "attendance_needed", "enrolment_closes_at"),
)
WHILE_PUBLISHED = ("description", "capacity", "enrolment_closes_at")
MOST = 30
_LINE = re.compile(
    r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})[, ]+(\d{1,2})[.:](\d{2}) ?(?:-|–|sampai|to) ?(\d{1,2})[.:](\d{2})"
)


def body_of(form: Form, words: Words, *, published: bool = False) -> Json:
    """What the API is sent; what is wrong stands in the form."""
    text = {
        name: form.text(name) for name in ("title", "field", "description", "kelurahan_code", "place", "audience")
    }
    found: Json = {
        **text,
        "sessions": _sessions(form, words),
        "capacity": form.number("capacity", words("officer_training.need_capacity")),
        "attendance_needed": form.number("attendance_needed", words("officer_training.need_number")),
        "enrolment_closes_at": _closes(form, words),
    }
    needed = ("description", "capacity") if published else ("title", "field", "description", "place", "capacity")
    for name in needed:
        form.need(name, words("officer_training.need"))
    if not published:
        form.need("kelurahan_code", words("officer_training.need_ward"))
        form.need("sessions", words("officer_training.need_sessions"))
    return compact({name: value for name, value in found.items() if not published or name in WHILE_PUBLISHED})


def values_of(training: Json) -> Values:
    """A training as the form shows it."""
    plain = {name: str(training[name]) for name in FIELDS if name not in ("sessions", "enrolment_closes_at")}
    lines = "\n".join(_line(each) for each in training["sessions"])
    last = to_moment(training["enrolment_closes_at"]) - timedelta(minutes=1)
    return {**plain, "sessions": lines, **split_day("enrolment_closes_at", last.astimezone(WIB).date().isoformat())}


def _sessions(form: Form, words: Words) -> list[Json]:
    found, lines = [], [line.strip() for line in form.text("sessions").splitlines() if line.strip()]
    for line in lines[: MOST + 1]:
        session = _session(line)
        if session is None:
            form.errors["sessions"] = words("officer_training.bad_session", line=line[:60])
            return []
        found.append(session)
    if len(lines) > MOST:
        form.errors["sessions"] = words("officer_training.many_sessions", n=MOST)
    return found


def _session(line: str) -> Json | None:
    parts = _LINE.fullmatch(line)
    if parts is None:
        return None
    day, month, year, *clock = (int(part) for part in parts.groups())
    try:
        begin = datetime(year, month, day, clock[0], clock[1], tzinfo=WIB)
        end = datetime(year, month, day, clock[2], clock[3], tzinfo=WIB)
    except ValueError:
        return None
    return {"starts_at": begin.isoformat(), "ends_at": end.isoformat()}


def _line(session: Json) -> str:
    begin, end = (to_moment(session[name]).astimezone(WIB) for name in ("starts_at", "ends_at"))
    return f"{begin:%d-%m-%Y %H.%M}-{end:%H.%M}"


def _closes(form: Form, words: Words) -> str | None:
    """The chosen day is the last one; on the day of the first meeting it is over when that begins."""
    chosen = form.day("enrolment_closes_at", words("officer_training.bad_day"))
    if chosen is None:
        return None
    after = datetime.combine(date.fromisoformat(chosen) + timedelta(days=1), datetime.min.time(), WIB)
    lines = [line.strip() for line in form.text("sessions").splitlines() if line.strip()]
    first = _session(lines[0]) if lines else None
    return min(after, to_moment(first["starts_at"])).isoformat() if first else after.isoformat()
