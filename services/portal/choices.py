"""The closed lists that forms offer; their words are in the locales under the same names."""

from functools import cache

from shared.reference.tables import Kelurahan, education, kelurahan

KINDS = ("full_time", "part_time", "daily", "piecework_home", "internship", "training", "overseas")
KINDS_USUAL = ("full_time", "part_time", "daily", "piecework_home")
KINDS_OTHER = ("internship", "training", "overseas")
CONTRACTS = ("permanent", "fixed_term", "daily", "piece", "apprentice")
WORKPLACES = ("onsite", "home", "hybrid", "travelling", "abroad")
PAY_DAYS = ("on_delivery", "weekly", "fortnightly", "monthly")
BROUGHT_BY = ("employer", "worker")
WAGE_PER = ("month", "week", "day", "hour", "piece")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIZES = ("micro", "small", "medium", "large", "foundation", "household")
FIELDS = tuple("0123456789")  # major groups of KBJI 2014
SORTS = ("relevance", "distance", "newest", "wage", "deadline")
SEARCH_HOURS = ("school", "no_night", "flexible")
SEARCH_EDUCATION = ("none", "sd", "smp", "sma", "d1", "d3", "s1", "s2")
WITHIN_KM = ("1", "2", "3", "5", "10")
FORM = "rinci"  # the detailed education form of the IPK report
SCHOOLING = ("1101", "1000", "2000", "3801", "3002", "3802", "4100", "4200", "5000", "6000", "7000")
SCHOOLING_ASKED = ("1000", "2000", "3000", "4100", "5000", "6000", "7000")
LICENCES = ("sim_c", "sim_a", "sim_b1", "sim_b2", "sim_d", "forklift", "str", "security")
DOCUMENTS = ("cv", "diploma", "certificate", "experience_letter", "portfolio")
QUESTION_KINDS = ("yes_no", "choice", "number", "text")
NEEDS = ("must_have", "nice_to_have")
SEXES = ("female", "male")
RELIGIONS = ("islam", "protestant", "catholic", "hindu", "buddhist", "confucian", "belief")
MARITAL = ("single", "married", "divorced", "widowed")
CARD_RETURN = ("photo_unclear", "photo_not_3x4", "nik_differs", "name_differs", "address_differs", "other")
CARD_REVOKE = ("false_data", "double_card", "death")
RETURN_EMPLOYER = ("nib", "name", "address", "contact")
TOGETHER = ("reject", "shortlist")  # what can be answered to many at once
FITS = ("must", "all")
LONGEST_NOTE = 1000  # characters of a note to oneself
REJECT = ("filled", "requirements", "experience", "hours", "distance", "none")
WHY = ("far", "pay", "hours", "child", "permission", "working")
MEETING = ("interview_offered", "interview_accepted", "interview_rescheduled")
OFFERING = ("offered", "offer_accepted", "hired")
CLOSE = ("filled", "cancelled_job", "postponed", "other")
CLOSE_CODES = ("cancelled_job",)  # reasons that change what becomes of those who applied
REPORT = ("discrimination", "fake", "asks_money", "asks_id", "marketing", "other")
OPEN_APPLICATION = (
    "submitted",
    "viewed",
    "shortlisted",
    "interview_offered",
    "interview_accepted",
    "interview_declined",
    "interview_rescheduled",
    "offered",
    "offer_accepted",
)
APPLICATION_STATES = (
    *OPEN_APPLICATION,
    *("hired", "rejected", "offer_declined", "closed_without_reply", "withdrawn", "cancelled"),
)


OUTCOMES = ("first_sale", "own_business", "working", "seeking", "other")  # of a training


@cache
def wards() -> dict[str, list[Kelurahan]]:
    """The city's kelurahan by kecamatan, each list by name."""
    found: dict[str, list[Kelurahan]] = {}
    for ward in sorted(kelurahan().values(), key=lambda each: (each.kecamatan, each.name)):
        found.setdefault(ward.kecamatan, []).append(ward)
    return found


@cache
def districts() -> dict[str, str]:
    """The city's kecamatan by their name in an address."""
    return {name.lower().replace(" ", "-"): name for name in wards()}


def district_of(ward: str | None) -> str | None:
    """The kecamatan of a ward, by its name in an address."""
    found = kelurahan().get(ward or "")
    return found.kecamatan.lower().replace(" ", "-") if found else None


def ward_name(code: str | None) -> str:
    ward = kelurahan().get(code or "")
    return ward.name if ward else ""


def schooling_title(form: str, code: str) -> str:
    """The official title of an education code, for codes that the forms do not offer."""
    level = education().get((form, code))
    return level.title.capitalize() if level else code
