"""The rows of a JSON Resume one by one: what each is here, and what to say of one that cannot be taken."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pydantic import ValidationError

from services.seeker.domain import Career, Course, Job

MONTH = re.compile(r"(\d{4})-(\d{2})(-\d{2})?")
MOST_TEXT = 400


class Advice(Enum):
    """(taken, Indonesian, English). Of what is taken as it is, nothing is said."""

    CUT = (True, "Hanya 400 huruf pertama yang diambil.", "Only the first 400 letters are taken.")
    KNOWN = (False, "Sudah ada di CV Anda.", "Your CV has it already.")
    OWN_STAYS = (False, "Isian Anda sendiri dipertahankan.", "What you wrote yourself stays.")
    FULL = (False, "Daftar Anda sudah penuh.", "Your list is full.")
    NO_MONTH = (
        False,
        "Bulan mulai tidak ada atau tidak terbaca. Tambahkan pekerjaan ini sendiri.",
        "There is no first month, or it cannot be read. Add this job yourself.",
    )
    BAD_UNTIL = (
        False,
        "Bulan berhenti tidak terbaca, belum tiba, atau sebelum bulan mulai. Tambahkan sendiri.",
        "The last month cannot be read, has not come, or is before the first one. Add it yourself.",
    )
    AHEAD = (False, "Tanggalnya belum tiba.", "Its date has not come yet.")
    NO_YEAR = (
        False,
        "Tahunnya tidak ada atau tidak terbaca. Tambahkan kursus ini sendiri.",
        "There is no year, or it cannot be read. Add this course yourself.",
    )
    NO_NAME = (False, "Nama pekerjaan atau tempatnya kosong.", "What or where it was is empty.")
    EMPTY = (False, "Kosong.", "Empty.")
    FROM_PROFILE = (
        False,
        "Bagian ini tetap dari akun dan profil Anda.",
        "This stays as it is in your account and profile.",
    )
    NO_PLACE = (False, "Bagian ini tidak ada di CV kami.", "CVs here have no such part.")
    UNREADABLE = (
        False,
        "Tidak terbaca, terlalu panjang, atau memuat nomor telepon atau e-mail.",
        "It cannot be read, is too long, or holds a phone number or e-mail.",
    )


@dataclass(frozen=True)
class Row:
    """Something that the file holds; without advice it is taken as it is."""

    place: str
    text: str
    advice: Advice | None = None

    @property
    def taken(self) -> bool:
        return self.advice is None or bool(self.advice.value[0])


@dataclass
class Reading:
    """The CV as it would be, and the fate of each row."""

    career: Career
    skills: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


def texts(row: Any, *names: str) -> str:
    """The first of these fields that is a text, on one line; whatever else stands there is none."""
    found = [row.get(name) for name in names] if isinstance(row, dict) else []
    lines = (" ".join(each[:5000].split()) for each in found if isinstance(each, str))
    return next((line for line in lines if line), "")


def named(row: Any, *names: str) -> str:
    """How a row is called when it is spoken of: short."""
    parts = [row] if isinstance(row, str) else [texts(row, name) for name in names]
    return ", ".join(" ".join(part.split()) for part in parts if part)[:80]


def readable(text: str) -> str:
    """Without what is no letter for people, or for the network."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def job_of(row: Any, *, now: str) -> tuple[Job | None, Advice | None]:
    title, employer, text = texts(row, "position"), texts(row, "name", "company"), texts(row, "summary")
    if not title or not employer:
        return None, Advice.NO_NAME
    since, until = (_month(texts(row, name)) for name in ("startDate", "endDate"))
    if since is None or since > now:
        return None, Advice.NO_MONTH if since is None else Advice.AHEAD
    if texts(row, "endDate") and (until is None or until < since or until > now):
        return None, Advice.BAD_UNTIL
    try:
        job = Job(employer=employer, title=title, since=since, until=until, text=text[:MOST_TEXT] or None)
    except ValidationError:
        return None, Advice.UNREADABLE
    return job, Advice.CUT if len(text) > MOST_TEXT else None


def course_of(row: Any, *, year: int) -> tuple[Course | None, Advice | None]:
    name, date = texts(row, "name"), texts(row, "date")
    if not name:
        return None, Advice.NO_NAME
    if not re.match(r"(19[4-9]|20)\d", date) or not date[:4].isascii() or not date[:4].isdigit():
        return None, Advice.NO_YEAR
    if int(date[:4]) > year:
        return None, Advice.AHEAD
    try:
        return Course(name=name, by=texts(row, "issuer") or None, year=int(date[:4])), None
    except ValidationError:
        return None, Advice.UNREADABLE


def _month(date: str) -> str | None:
    """`2024-03-15` and `2024-03` are March 2024; a year alone says no month, and none is made up."""
    found = MONTH.fullmatch(date)
    return f"{found[1]}-{found[2]}" if found and date.isascii() else None
