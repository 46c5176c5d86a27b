"""An advert as a form: five questions (what, where, when, how much, until when) and the words around them."""

from typing import Any

from services.portal import choices
from services.portal.client import Json
from services.portal.forms import Form, Values, split_day
from services.portal.piecework_form import PIECEWORK, piecework_of, piecework_values
from services.portal.words import Words

TEXTS = ("title", "kind", "contract", "workplace", "kelurahan_code", "location_text", "address")
PLAIN = (*TEXTS, "description", "conditions")
LISTS = ("skills", "benefits", "licences", "hours_days")
NUMBERS = ("openings", "experience_months", "wage_min", "wage_max")
OTHERS = ("hours_start", "hours_end", "wage_per", "education_min", "closes_on_day", "answer_by_day")
FIELDS = (*PLAIN, *LISTS, *NUMBERS, *OTHERS, *PIECEWORK)  # a refusal of a group goes to its first field here
# What most small businesses leave as it is.
MORE: tuple[str, ...] = (
    "contract",
    "conditions",
    "education_min",
    "experience_months",
    "skills",
    "licences",
    "address",
    "location_text",
)
MORE += ("wage_max", "benefits", "kind_other", "hours_flexible", "hours_shift", "hours_night", "answer_by_day")


def body_of(form: Form, words: Words) -> Json:
    """The whole advert as the API takes it; empty answers are null, so that an edit can clear them."""
    form.need("title", words("advert.need_title"))
    number = words("advert.bad_number")
    schooling = form.text("education_min")
    kind = form.text("kind_other") or form.text("kind") or "full_time"
    by_piece = kind == "piecework_home"
    return {
        **{name: form.text(name) or None for name in PLAIN},
        "kind": kind,
        "workplace": form.text("workplace") or ("home" if by_piece else "onsite"),
        "openings": form.number("openings", number) or 1,
        "hours": _hours(form, words),
        "wage": _wage(form, words),
        "piecework": piecework_of(form, words) if by_piece else None,
        "education_min": {"form": choices.FORM, "code": schooling} if schooling else None,
        "experience_months": form.number("experience_months", number),
        "skills": form.listed("skills"),
        "benefits": form.listed("benefits"),
        "licences": [each for each in choices.LICENCES if each in form.many("licences")],
        "may_bring_child": form.flag("may_bring_child"),
        "closes_on": form.day("closes_on", words("advert.bad_day")),
        "answer_by": form.day("answer_by", words("advert.bad_day")),
    }


def given(body: Json) -> Json:
    """For a new advert: only what was answered."""
    return {name: value for name, value in body.items() if value not in (None, "", [])}


def more_is_open(form: Form) -> bool:
    """Whether the part behind the five questions holds an answer or a mistake."""
    elsewhere = form.text("workplace") not in ("", "onsite", "home")
    answered = any(form.values.get(name) for name in MORE)
    return elsewhere or answered or bool({*MORE, "workplace", "answer_by"} & set(form.errors))


def _hours(form: Form, words: Words) -> Json | None:
    hours: dict[str, Any] = {
        "days": [day for day in choices.DAYS if day in form.many("hours_days")],
        "start": form.clock("hours_start", words("advert.bad_clock")),
        "end": form.clock("hours_end", words("advert.bad_clock")),
    }
    flags = {name: form.flag(f"hours_{name}") for name in ("flexible", "shift", "night")}
    if not any(hours.values()) and not any(flags.values()):
        return None
    return {name: value for name, value in hours.items() if value} | flags


def _wage(form: Form, words: Words) -> Json | None:
    least = form.number("wage_min", words("advert.bad_money"))
    most = form.number("wage_max", words("advert.bad_money"))
    if least is None and most is not None and "wage_min" not in form.errors:
        form.errors["wage_min"] = words("advert.need_wage_min")
    if least is None:
        return None
    return {"min": least, "per": form.text("wage_per") or "month"} | ({"max": most} if most is not None else {})


def values_of(vacancy: Json) -> Values:
    """The form, filled in from an advert."""
    hours: Json = vacancy.get("hours") or {}
    wage: Json = vacancy.get("wage") or {}
    plain = {name: vacancy.get(name) for name in (*PLAIN, "openings", "experience_months")}
    clock = {f"hours_{name}": (hours.get(name) or "").replace(":", ".") for name in ("start", "end")}
    flags = {f"hours_{name}": "1" for name in ("flexible", "shift", "night") if hours.get(name)}
    money = {f"wage_{name}": wage.get(name) for name in ("min", "max", "per")}
    other = {"kind_other": vacancy["kind"]} if vacancy.get("kind") in choices.KINDS_OTHER else {}
    return {
        **{name: str(value) for name, value in (plain | clock | money | other).items() if value not in (None, "")},
        **flags,
        **piecework_values(vacancy.get("piecework") or {}),
        "hours_days": list(hours.get("days") or []),
        "licences": list(vacancy.get("licences") or []),
        "education_min": (vacancy.get("education_min") or {}).get("code", ""),
        "skills": ", ".join(vacancy.get("skills") or []),
        "benefits": ", ".join(vacancy.get("benefits") or []),
        **({"may_bring_child": "1"} if vacancy.get("may_bring_child") else {}),
        **split_day("closes_on", vacancy.get("closes_on")),
        **split_day("answer_by", vacancy.get("answer_by")),
    }


def copied(vacancy: Json) -> Values:
    """A new form from an old advert; its dates are over and are asked again."""
    return values_of({**vacancy, "closes_on": None, "answer_by": None})
