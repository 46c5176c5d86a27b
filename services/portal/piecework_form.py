"""Pay by the piece as form fields: rate, time, who brings and fetches, when it is paid."""

from services.portal.client import Json
from services.portal.forms import Form, Values
from services.portal.words import Words

PLAIN = ("materials_by", "collected_by", "pay_day", "defect_rule")
NUMBERS = ("rate", "minutes_per_piece")
PIECEWORK = tuple(f"piecework_{name}" for name in (*NUMBERS, *PLAIN, "sample_tested"))


def piecework_of(form: Form, words: Words) -> Json | None:
    """None where nothing was answered; a half answer is an error beside what is missing."""
    rate = form.number("piecework_rate", words("advert.bad_money"))
    minutes = form.number("piecework_minutes_per_piece", words("advert.bad_number"))
    if rate is None and minutes is None:
        return None
    for name, value in zip(NUMBERS, (rate, minutes), strict=True):
        if value is None:
            form.errors.setdefault(f"piecework_{name}", words(f"piecework_form.need_{name}"))
    return {
        "rate": rate,
        "minutes_per_piece": minutes,
        "sample_tested": form.flag("piecework_sample_tested"),
        "materials_by": form.text("piecework_materials_by") or "employer",
        "collected_by": form.text("piecework_collected_by") or "employer",
        "pay_day": form.text("piecework_pay_day") or "on_delivery",
        "defect_rule": form.text("piecework_defect_rule"),
    }


def piecework_values(work: Json) -> Values:
    found = {f"piecework_{name}": str(work[name]) for name in (*NUMBERS, *PLAIN) if work.get(name)}
    return found | ({"piecework_sample_tested": "1"} if work.get("sample_tested") else {})
