"""What stands in a cell, as people write it: money with dots, days by name, wards by name, yes and no."""

import difflib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from shared.contracts.screening import Question
from shared.reference.tables import kelurahan


class Unclear(Exception):
    """A cell that cannot be read, with what to write instead."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__("unclear")
        self.indonesian, self.english = indonesian, english


class Words(NamedTuple):
    """What may stand in a cell for each code; the first word of each is the one that we write ourselves."""

    codes: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> str:
        wanted = plain(text)
        for code, words in self.codes.items():
            if wanted == code or wanted in words:
                return code
        known = ", ".join(self.shown(code) for code in self.codes)
        raise Unclear(f"Pilih salah satu: {known}.", f"Choose one of: {known}.")

    def read_each(self, text: str) -> list[str]:
        """Each part of a list, once."""
        return list(dict.fromkeys(self.read(part) for part in listed(text)))

    def shown(self, code: str) -> str:
        return self.codes[code][0]


def plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split()).strip(" .")


KINDS = Words(
    {
        "full_time": ("penuh waktu", "full time", "purna waktu", "tetap"),
        "part_time": ("paruh waktu", "part time"),
        "daily": ("harian", "harian lepas"),
        "piecework_home": ("borongan di rumah", "borongan"),
        "internship": ("magang",),
        "training": ("pelatihan",),
        "overseas": ("luar negeri",),
    }
)
CONTRACTS = Words(
    {
        "permanent": ("tetap", "pkwtt"),
        "fixed_term": ("kontrak", "pkwt"),
        "daily": ("harian", "harian lepas"),
        "piece": ("borongan",),
        "apprentice": ("magang",),
    }
)
WORKPLACES = Words(
    {
        "onsite": ("di tempat", "di lokasi", "kantor"),
        "home": ("di rumah", "rumah", "dari rumah", "wfh"),
        "hybrid": ("campuran", "hybrid", "hibrida"),
        "travelling": ("keliling", "lapangan"),
        "abroad": ("luar negeri",),
    }
)
WAGE_PER = Words(
    {
        "month": ("bulan", "per bulan", "bulanan"),
        "week": ("minggu", "per minggu", "mingguan"),
        "day": ("hari", "per hari", "harian"),
        "hour": ("jam", "per jam"),
        "piece": ("potong", "per potong", "buah", "pcs"),
    }
)
SCHOOLING = Words(
    {
        "": ("tidak ada", "tanpa ijazah", "bebas", "semua"),
        "1000": ("sd", "sd sederajat"),
        "2000": ("smp", "sltp", "mts", "smp sederajat"),
        "3000": ("sma/smk", "sma", "smk", "slta", "ma", "sma sederajat", "sma/smk sederajat"),
        "4100": ("d1",),
        "4200": ("d2",),
        "5000": ("d3", "diploma"),
        "6000": ("s1/d4", "s1", "d4", "sarjana"),
        "7000": ("s2", "magister"),
    }
)
BY = Words({"employer": ("pemberi kerja", "usaha", "kami"), "worker": ("pekerja", "sendiri")})
PAY_DAYS = Words(
    {
        "on_delivery": ("saat disetor", "setor", "langsung"),
        "weekly": ("mingguan", "setiap minggu"),
        "fortnightly": ("dua mingguan", "dua minggu"),
        "monthly": ("bulanan", "setiap bulan"),
    }
)
LICENCES = Words(
    {
        "sim_a": ("SIM A", "sim a", "a"),
        "sim_b1": ("SIM B1", "sim b1", "b1", "sim b", "sim b i"),
        "sim_b2": ("SIM B2", "sim b2", "b2", "sim b ii"),
        "sim_c": ("SIM C", "sim c", "c"),
        "sim_d": ("SIM D", "sim d", "d"),
        "forklift": ("forklift", "sio forklift"),
        "str": ("STR", "str"),
        "security": ("gada pratama", "satpam", "gada"),
    }
)
PAPERS = Words(
    {
        "cv": ("CV", "cv", "daftar riwayat hidup"),
        "diploma": ("ijazah",),
        "certificate": ("sertifikat",),
        "experience_letter": ("surat pengalaman", "paklaring"),
        "portfolio": ("portofolio",),
    }
)
YES_NO = Words(
    {"yes": ("ya", "y", "1", "true", "iya", "x", "boleh", "yes"), "no": ("tidak", "t", "0", "false", "no")}
)
DAYS = Words(
    {
        "mon": ("senin", "sen"),
        "tue": ("selasa", "sel"),
        "wed": ("rabu", "rab"),
        "thu": ("kamis", "kam"),
        "fri": ("jumat", "jum", "jum'at"),
        "sat": ("sabtu", "sab"),
        "sun": ("minggu", "min", "ahad"),
    }
)
MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"),
        range(1, 13),
        strict=True,
    )
)
_WISHED = re.compile(r"(.+?)\s*\((wajib\s+)?(ya|tidak|angka)\)\s*", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{1,12})(?:[.,]00?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(?:[.:]00)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ]+([a-z]+|\d{1,2})[/.\- ]+(\d{4})")


def number(text: str) -> int:
    """`Rp 2.422.105` and `2422105` alike."""
    found = _WHOLE.fullmatch(re.sub(r"(?i)rp\.?|\s", "", text))
    if not found:
        raise Unclear("Tulis angka saja, contoh 2422105.", "Write digits only, such as 2422105.")
    return int(re.sub(r"[.,]", "", found[1]))


def day(text: str) -> str:
    """An ISO day from `2026-01-31`, `31/01/2026` or `31 Januari 2026`."""
    wanted = plain(text)
    try:
        if found := _ISO.fullmatch(wanted):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := _DAY_FIRST.fullmatch(wanted):
            month = int(found[2]) if found[2].isdigit() else MONTHS[found[2][:3]]
            return date(int(found[3]), month, int(found[1])).isoformat()
    except (ValueError, KeyError):
        pass
    raise Unclear("Tulis tanggal, contoh 31/12/2026.", "Write the date, such as 31/12/2026.")


def clock(text: str) -> str:
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unclear("Tulis jam, contoh 08.00.", "Write the time, such as 08.00.")
    return f"{int(found[1]):02d}:{found[2] or '00'}"


def days(text: str) -> list[str]:
    """`Senin-Sabtu`, `Sen, Rab, Jum` or `setiap hari`."""
    order = list(DAYS.codes)
    if plain(text) in ("setiap hari", "tiap hari", "semua hari"):
        return order
    chosen: set[str] = set()
    try:
        for part in re.split(r"[,;/&]|\bdan\b", text):
            ends = [DAYS.read(each) for each in re.split(r"\s*(?:-|–|s/d|sampai)\s*", part.strip()) if each]
            if len(ends) == 2:
                first, last = (order.index(each) for each in ends)
                chosen |= {order[at % 7] for at in range(first, last + 1 if last >= first else last + 8)}
            else:
                chosen |= set(ends)
    except Unclear:
        raise Unclear(
            "Tulis hari, contoh Senin-Sabtu atau Senin, Rabu.", "Write the days, such as Senin-Sabtu."
        ) from None
    return [each for each in order if each in chosen]


def yes(text: str) -> bool:
    return YES_NO.read(text) == "yes"


def listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def questions(text: str) -> list[dict[str, Any]]:
    """`Punya motor? (wajib ya) | Bisa mulai Senin? (ya) | Pernah menjahit apa?`: yes or no with the wished answer, a
    number, or own words."""
    return [_question(part.strip()) for part in re.split(r"[|\n]", text) if part.strip()]


def _question(text: str) -> dict[str, Any]:
    found = _WISHED.fullmatch(text)
    if not found:
        return {"kind": "text", "text": text}
    asked, must, answer = found[1].strip(), found[2], found[3].casefold()
    if answer == "angka":
        return {"kind": "number", "text": asked}
    need = "must_have" if must else "nice_to_have"
    return {"kind": "yes_no", "text": asked, "need": need, "wanted": ["yes" if answer == "ya" else "no"]}


def question(asked: Question) -> str:
    """As `questions` reads it; what a cell cannot say of it is left out."""
    if asked.kind == "yes_no" and asked.need and len(asked.wanted) == 1:
        must, answer = "wajib " if asked.need == "must_have" else "", "ya" if asked.wanted[0] == "yes" else "tidak"
        return f"{asked.text} ({must}{answer})"
    return f"{asked.text} (angka)" if asked.kind == "number" else asked.text


def ward(text: str) -> str:
    """The code of a ward of the city, by its name or its code."""
    wanted = re.sub(r"^(?:kelurahan|kel)\b\.?\s*", "", plain(text))
    names = {each.name.casefold(): code for code, each in kelurahan().items()}
    found = names.get(wanted) or (wanted if wanted in kelurahan() else None)
    if found:
        return found
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    hint = kelurahan()[names[near[0]]].name if near else ""
    raise Unclear(
        "Tulis nama kelurahan di Kota Madiun" + (f", mungkin {hint}." if hint else ", contoh Kartoharjo."),
        "Write the name of a ward of Kota Madiun" + (f", perhaps {hint}." if hint else ", such as Kartoharjo."),
    )
