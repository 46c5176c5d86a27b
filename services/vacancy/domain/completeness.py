"""Whether a vacancy is ready to be looked at by an officer: every essential field, and dates that make sense."""

import re
from datetime import date, timedelta

from services.vacancy.domain.refusals import Flaw, Incomplete
from services.vacancy.domain.terms import LONGEST_ANSWER, LONGEST_OPEN, Terms

SHORTEST_DESCRIPTION = 20
_SHOUTING = re.compile(r"\burgent\b", re.IGNORECASE)
# Where the work is nowhere in the city, words say where.
_ELSEWHERE = frozenset({"abroad", "travelling"})

_KELURAHAN = Flaw("/kelurahan_code", "Pilih kelurahan tempat kerja.", "Choose the ward of the workplace.")
_LOCATION = Flaw("/location_text", "Tulis di mana pekerjaan dilakukan.", "Write where the work is done.")
_HOURS = Flaw(
    "/hours",
    "Isi jam mulai dan selesai, atau tandai jam fleksibel atau sif.",
    "Give start and end, or say that the hours are flexible or in shifts.",
)
_WAGE = Flaw("/wage", "Isi upah dalam rupiah.", "Give the wage in rupiah.")
_DESCRIPTION = Flaw(
    "/description", "Ceritakan pekerjaannya, paling sedikit 20 huruf.", "Describe the work in at least 20 characters."
)
_TITLE = Flaw("/title", "Hapus kata URGENT dari judul.", "Take the word URGENT out of the title.")
_CLOSES = Flaw(
    "/closes_on", "Pilih tanggal tutup 1 sampai 60 hari lagi.", "Choose a closing date 1 to 60 days ahead."
)
_ANSWER = Flaw(
    "/answer_by",
    "Pilih tanggal kabar 1 sampai 30 hari setelah tanggal tutup.",
    "Choose a date 1 to 30 days after the closing date.",
)


def check_complete(terms: Terms, *, today: date) -> None:
    """Raise `Incomplete` with every missing field at once. `title`, `kind`, `openings` and `workplace` cannot be
    missing: a draft has them from the start."""
    wanting = [
        (_TITLE, _SHOUTING.search(terms.title) is None),
        (_KELURAHAN, terms.kelurahan_code is not None or terms.workplace in _ELSEWHERE),
        (_LOCATION, bool(terms.kelurahan_code or terms.location_text) or terms.workplace not in _ELSEWHERE),
        (_HOURS, terms.piecework is not None or _says_when(terms)),
        (_WAGE, terms.wage is not None or terms.kind == "training"),
        (_DESCRIPTION, len(terms.description) >= SHORTEST_DESCRIPTION),
    ]
    _raise([flaw for flaw, good in wanting if not good] + wrong_dates(terms, today))


def check_partner(terms: Terms, *, today: date) -> None:
    """A partner's vacancy comes as it is: wage, hours, place and description may be missing, the dates may not."""
    _raise(wrong_dates(terms, today))


def _raise(flaws: list[Flaw]) -> None:
    if flaws:
        raise Incomplete(flaws)


def _says_when(terms: Terms) -> bool:
    hours = terms.hours
    return hours is not None and bool(hours.flexible or hours.shift or hours.per_week or (hours.start and hours.end))


def wrong_dates(terms: Terms, today: date) -> list[Flaw]:
    """What is wrong with the closing date and the promised answer, seen from `today`."""
    closes, answer = terms.closes_on, terms.promised_answer()
    if closes is None or not timedelta(days=1) <= closes - today <= timedelta(days=LONGEST_OPEN):
        return [_CLOSES]
    if answer is None or not timedelta(days=1) <= answer - closes <= timedelta(days=LONGEST_ANSWER):
        return [_ANSWER]
    return []
