"""The closed lists that forms offer; their words are in the locales under the same names."""

from functools import cache

from shared.reference.tables import Kelurahan, education, kelurahan

KINDS = ("full_time", "part_time", "daily", "piecework_home", "internship", "training", "overseas")
CONTRACTS = ("permanent", "fixed_term", "daily", "piece", "apprentice")
WORKPLACES = ("onsite", "home", "hybrid", "travelling", "abroad")
WAGE_PER = ("month", "week", "day", "hour", "piece")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIZES = ("micro", "small", "medium", "large", "foundation", "household")
SORTS = ("relevance", "newest", "wage", "deadline")
FORM = "rinci"  # the detailed education form of the IPK report
SCHOOLING = ("1101", "1000", "2000", "3801", "3002", "3802", "4100", "4200", "5000", "6000", "7000")
SCHOOLING_ASKED = ("1000", "2000", "3000", "4100", "5000", "6000", "7000")
RETURN_EMPLOYER = ("nib", "name", "address", "contact")
RETURN_VACANCY = ("wage", "hours", "unclear", "fee", "age_sex", "original_papers", "duplicate")
REJECT = ("filled", "requirements", "hours", "distance", "none")
CLOSE = ("filled", "no_budget", "postponed", "other")
OPEN_APPLICATION = ("submitted", "viewed", "shortlisted")


@cache
def wards() -> dict[str, list[Kelurahan]]:
    """The city's kelurahan by kecamatan, each list by name."""
    found: dict[str, list[Kelurahan]] = {}
    for ward in sorted(kelurahan().values(), key=lambda each: (each.kecamatan, each.name)):
        found.setdefault(ward.kecamatan, []).append(ward)
    return found


def ward_name(code: str | None) -> str:
    ward = kelurahan().get(code or "")
    return ward.name if ward else ""


def schooling_title(form: str, code: str) -> str:
    """The official title of an education code, for codes that the forms do not offer."""
    level = education().get((form, code))
    return level.title.capitalize() if level else code
