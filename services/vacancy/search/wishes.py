"""Wishes inside a search: schooling, hours, pay, work at home, a child along. What is understood as a wish is taken
out of the words, because few vacancies say it in the same ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["education", "experience", "hours", "home", "child", "wage"]
BREAK = "|"  # stands where a wish was: the words around it are no phrase

LEVELS = ("tanpa ijazah", "SD", "SMP", "SMA/SMK", "D1/D2", "D3/D4", "S1", "S2")
_LEVEL_OF = {
    **{"sd": 1, "smp": 2, "sltp": 2, "mts": 2, "sma": 3, "smk": 3, "slta": 3, "smu": 3, "stm": 3, "aliyah": 3},
    **{"d1": 4, "d2": 4, "d3": 5, "d4": 5, "diploma": 5, "s1": 6, "sarjana": 6, "s2": 7, "magister": 7},
}
_LEVEL = "|".join(_LEVEL_OF)
_NO = r"(?:tidak|tdk|gak|ga|ngga|nggak|enggak|bukan|tanpa|no|non|ndak|gk|ora|gausah|usah)"
_WORK = r"(?:(?:kerja|waktu kerja|kerjaan|bekerja|pekerjaan|jam|jam kerja|sif|shift|masuk) )*"
_MONEY = r"(\d+(?:[.,]\d+)*) ?(jutaan|juta|jt|ribu|rb|k)?"
# A teacher's "smp" is where he teaches.
_TEACHES = re.compile(
    r"\b(?:guru|pengajar|mengajar|ngajar|les|tutor|tentor|kepala sekolah|wali kelas|teacher|bimbel)\b"
)


@dataclass(frozen=True)
class Wish:
    """`mark` is one of `derived.MARKS`; `level` the schooling that somebody has; `wage` rupiah a month."""

    kind: Kind
    text: str
    mark: str | None = None
    level: int | None = None
    wage: int | None = None


_MILLIONS = re.compile(r"(?i)\b(\d{1,3})[.,](\d{1,2}) ?(?:jutaan|juta|jt)\b")
_POINTS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")

Found = Callable[[re.Match[str]], Wish | None]


def figures(text: str) -> str:
    """Figures in one word each: "2,5 juta" is 2500 ribu, 3.000.000 has no points."""
    text = _MILLIONS.sub(lambda found: f"{round(float(f'{found[1]}.{found[2]}') * 1000)} ribu", text)
    return _POINTS.sub("", text)


def wishes(text: str) -> tuple[str, list[Wish]]:
    """`text` (lower case words) with BREAK for each wish, and the wishes."""
    found: list[Wish] = []
    for pattern, made in _PATTERNS:
        if made is _level and _TEACHES.search(text):
            continue
        match = pattern.search(text)
        while match:
            wish = made(match)
            if wish is None:
                match = pattern.search(text, match.end())
                continue
            found.append(wish)
            text = f"{text[: match.start()]}{BREAK}{text[match.end() :]}"
            match = pattern.search(text)
    return text, found


def _mark(mark: str, kind: Kind, text: str) -> Found:
    wish = Wish(kind=kind, text=text, mark=mark)
    return lambda _: wish


def _level(match: re.Match[str]) -> Wish:
    levels = [_LEVEL_OF[word] for word in re.findall(rf"\b(?:{_LEVEL})\b", match[0])]
    level = max(levels)
    return Wish(kind="education", text=f"lulusan {LEVELS[level]}", level=level)


def _none(_: re.Match[str]) -> Wish:
    return Wish(kind="education", text=LEVELS[0], level=0)


def _wage(match: re.Match[str]) -> Wish | None:
    number, unit, per = match.group("amount"), match.group("unit") or "", match.group("per") or ""
    digits = number.replace(",", ".")
    if unit.startswith("j"):
        rupiah = float(digits.replace(".", "", max(digits.count(".") - 1, 0))) * 1e6
    else:
        rupiah = float(re.sub(r"\D", "", number)) * (1e3 if unit in ("ribu", "rb", "k") else 1.0)
    rupiah *= {"hari": 25.0, "jam": 173.0, "minggu": 4.33}.get(per.split()[-1] if per else "", 1.0)
    if not 100_000 <= rupiah <= 500_000_000:
        return None
    shown = f"{int(rupiah):,}".replace(",", ".")
    return Wish(kind="wage", text=f"upah mulai Rp {shown}", wage=int(rupiah))


_AMOUNT = (
    r"(?P<amount>\d+(?:[.,]\d+)*) ?(?P<unit>jutaan|juta|jt|ribu|rb|k)?"
    r"(?P<per> (?:per |se)?(?:hari|jam|minggu|bulan))?"
)
_AMOUNT_SURE = _AMOUNT.replace("|k)?", ")", 1)
_PAY = r"(?:gaji|upah|bayaran|honor|penghasilan|pendapatan|salary|umr)"
_ABOVE = (
    r"(?:(?:di ?atas|minimal|min|lebih dari|mulai|sekitar|kisaran|rp|nya|pokok|idr|diatas|sampai|per bulan"
    r"|sebulan) )*"
)

_WILL = r"(?:(?:mau|ada|bisa|kerja|ikut|pakai|pake|sampai|sampe|sampek|usah) )*"
_HAVE = r"(?:(?:perlu|butuh|pakai|pake|punya|ada|harus|wajib|mempunyai|memiliki|syarat|minta|diminta|usah) )*"
_END_OF_WEEK = r"(?:sabtu(?: dan)? minggu|sabtu|minggu|akhir pekan|weekend|week end)"

_TABLE: list[tuple[str, Found]] = [
    (
        rf"\b(?:{_NO}|belum) {_HAVE}(?:ber)?pengalaman(?: kerja)?\b"
        r"|\bpengalaman (?:kerja )?(?:tidak|ga|gak|bukan)(?: \w+)?\b"
        r"|\b(?:fresh ?grad(?:uate)?|lulusan baru|baru lulus|pemula)\b(?: sekolah)?",
        _mark("beginner", "experience", "tanpa pengalaman"),
    ),
    (rf"\b{_NO} (?:perlu |butuh |pakai |pake |punya |ada )?(?:ijazah|sekolah)\b|\b{_NO} lulus sekolah\b", _none),
    (r"\b(?:putus sekolah|semua pendidikan|bebas ijazah)\b", _none),
    (
        rf"\b(?:(?:lulusan|tamatan|lulus|tamat|ijazah|ijasah|pendidikan|minimal|jenjang|khusus|untuk|buat) )*"
        rf"(?:{_LEVEL})(?: (?:atau )?(?:sederajat|setara|{_LEVEL}))*\b",
        _level,
    ),
    (rf"\b{_PAY} {_ABOVE}{_AMOUNT}\b(?: (?:an|ke atas|keatas|sebulan|per bulan|up))*", _wage),
    (rf"\b{_AMOUNT_SURE}(?= |$)(?: (?:an|ke atas|keatas|sebulan|per bulan|up))*", _wage),
    (
        rf"\b{_WORK}{_NO} {_WILL}(?:(?:shift|sif) ?malam|malam|shift|sif)\b"
        rf"|\b(?:(?:shift|sif|kerja|masuk|jam|lembur) )*malam {_NO}\b(?: (?:mau|bisa))?|\bnon ?shift\b"
        r"|\bpulang sore\b",
        _mark("no_night", "hours", "tanpa shift malam"),
    ),
    (
        r"\b(?:kerja|kerjaan|bekerja|pekerjaan|jam|jam kerja|sif|shift|masuk|dinas) "
        r"(?:(?:jam|sif|shift|hari|di|pada|waktu) )*malam(?: hari| saja| aja)?\b",
        _mark("night", "hours", "malam hari"),
    ),
    (
        rf"\b{_WORK}libur (?:hari |setiap |tiap )*{_END_OF_WEEK}\b|\b{_WORK}(?:hari )?{_END_OF_WEEK} libur\b"
        rf"|\b{_WORK}senin (?:sampai |sampe |hingga |ke |sd |s d )?jum ?at\b(?: saja| aja)?"
        rf"|\b{_NO} (?:kerja |masuk )*(?:hari )?{_END_OF_WEEK}\b",
        _mark("weekdays", "hours", "akhir pekan libur"),
    ),
    (
        rf"\b{_WORK}(?:jam (?:anak )?sekolah|selama anak sekolah|saat anak sekolah|waktu anak sekolah)\b",
        _mark("school", "hours", "jam anak sekolah"),
    ),
    (
        rf"\b{_WORK}pagi (?:sampai|sampe|hingga|ke|smp|sd|s d) (?:siang|dzuhur|duhur|zuhur)\b"
        rf"|\b{_WORK}(?:setengah|separuh|separo) hari\b|\b{_WORK}pagi(?: saja| aja| doang| hari)?\b",
        _mark("morning", "hours", "pagi sampai siang"),
    ),
    (rf"\b{_WORK}(?:siang )?(?:sampai )?sore(?: hari| saja| aja)?\b", _mark("afternoon", "hours", "sore hari")),
    (
        rf"\b{_WORK}(?:sabtu(?: dan)? minggu|akhir pekan|weekend|week end)(?: saja| aja)?\b",
        _mark("weekend", "hours", "akhir pekan"),
    ),
    (
        rf"\b{_WORK}(?:waktu |jam )?"
        r"(?:fleksibel|flexible|flexibel|bebas waktu|waktu bebas|jam bebas|bebas jam|flexi)\b",
        _mark("flexible", "hours", "jam fleksibel"),
    ),
    (
        r"\b(?:bisa |boleh |sambil |yang |kerja |dapat )*(?:bawa|membawa|mbawa|ngajak|ajak|sambil momong|sambil jaga)"
        r" (?:anak|balita|bayi)\b",
        _mark("child", "child", "boleh membawa anak"),
    ),
    (
        r"\b(?:kerja |kerjaan |bekerja |pekerjaan |bisa |dikerjakan |usaha )*"
        r"(?:dari rumah|di rumah|dirumah|wfh|work from home|remote|remot|rumahan|jarak jauh)"
        r"(?! sakit| tangga| makan| produksi)(?: saja| aja)?\b",
        _mark("home", "home", "dari rumah"),
    ),
]
_PATTERNS = [(re.compile(pattern), made) for pattern, made in _TABLE]
# What wishes are said with is spelled right: no other word is meant by it.
_SAID = (re.findall(r"[a-z]{4,}", re.sub(r"\\[bdw]", " ", pattern)) for pattern, _ in _TABLE)
WORDS = frozenset(word for said in _SAID for word in said) | frozenset(
    """lulusan tamatan lulus tamat ijazah pendidikan gaji upah juta ribu pagi siang sore malam shift fleksibel sekolah
    rumah dari kerja bekerja pekerjaan anak balita bayi bawa membawa boleh bisa tanpa tidak sampai sabtu minggu akhir
    pekan paruh waktu dekat minimal hari jam saja pengalaman butuh cari lowongan loker magang borongan harian lepas
    sambil ibu tangga bukan selain kecuali sekitar daerah senin selasa rabu kamis jumat libur
    pemula belum punya perlu""".split()  # noqa: SIM905
)
