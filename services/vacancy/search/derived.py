"""What a vacancy says of schooling, hours, home and children, be it in its form or only in its text: the marks that
wishes and filters look for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

UNKNOWN_SCHOOLING = 9
MARKS = (
    *("school", "morning", "afternoon", "weekend", "weekdays", "night", "no_night", "flexible"),
    *("home", "home_sure", "child", "beginner"),
)

# The least that is asked, lowest first; in figures as in `schooling`.
_LEVELS = [
    (0, r"(?:tanpa|tidak (?:perlu|butuh|wajib|harus)|tdk perlu) ijazah|tidak memandang (?:pendidikan|ijazah)"),
    (0, r"semua (?:jenjang )?pendidikan|pendidikan bebas|bebas pendidikan"),
    (1, r"\b(?:lulusan|tamatan|min(?:imal)?\.?|ijazah|pendidikan)\s*:?\s*(?:min(?:imal)?\.? )?sd\b|\bsd\s*/\s*smp"),
    (1, r"sekolah dasar|\bsd sederajat"),
    (2, r"\bsmp\b|\bsltp\b|\bmts\b|sekolah menengah pertama"),
    (3, r"\bsm[aku]\b|\bslta\b|\bstm\b|\bsma/?smk|sekolah menengah (?:atas|kejuruan)|high school"),
    (4, r"\bd-?\s?[12]\b"),
    (5, r"\bd-?\s?[34]\b|diploma|ahli madya"),
    (6, r"\bs-?\s?1\b|sarjana|bachelor|strata 1"),
    (7, r"\bs-?\s?2\b|magister|master'?s degree"),
]
_SCHOOLING = [(level, re.compile(pattern)) for level, pattern in _LEVELS]
_SPAN = re.compile(r"\b(\d{1,2})(?:[.:](\d\d))?\s*(?:wib)?\s*(?:-|–|s/d|sd|sampai|hingga)\s*(\d{1,2})[.:](\d\d)")
_SAYS = {
    "night": r"(?<!tanpa )(?<!bukan )\b(?:shift|sif|dinas|kerja|jaga|piket) malam|night shift"
    r"|(?<!tidak )bersedia shift"
    r"|\b24 jam|\b3 shift|pagi\W+siang\W+(?:dan |& )?malam|siang atau malam|sampai (?:2[2-4]|malam)",
    "no_night": r"(?:tanpa|tidak ada|bukan|no) (?:shift|sif|kerja)(?: malam)?|non[- ]?shift|tidak (?:kerja )?malam"
    r"|shift pagi\s*(?:/|dan|&|-)\s*siang(?!\s*/)|pulang sore",
    "flexible": r"(?:jam|waktu)(?: kerja)?:? (?:\w+ )?(?:fleksibel|flexible|flexi|bebas)|fleksibel"
    r"|flexible (?:time|hour)",
    "morning": r"\bpagi (?:sampai|hingga|s/d|-) siang|\bpagi saja|jam kerja: pagi\b",
    "school": r"jam (?:anak )?sekolah",
    "afternoon": r"\bsore hari|jam kerja: sore|(?:\bsiang|\bpagi|shift \d)\W+(?:sampai |dan |& )?sore\b"
    r"|(?:shift|sif|masuk|kerja|kelas|praktik) sore\b",
    "weekend": r"sabtu\s*(?:-|dan|&|/)\s*minggu\.?(?! libur)|akhir pekan|\bweekend",
    "weekdays": r"\bsenin\s*(?:-|–|s/d|sd|sampai|hingga)\s*jum.?at|\b5 hari kerja"
    r"|(?:sabtu|minggu|akhir pekan)(?:\W+(?:dan |& )?minggu)?(?: dan tanggal merah)? libur"
    r"|libur (?:hari |setiap |tiap )*(?:sabtu|minggu|akhir pekan)",
    "home": r"\b(?:(?:be)?kerja|dikerjakan) di rumah(?! sakit| tangga| makan)|\bdari rumah\b(?! sakit| makan| ke\b)"
    r"|\bwfh\b|work from home|\bremote(?:ly)?\b(?! sensing| control| area| site| location)|kerja rumahan|jarak jauh",
    "child": r"(?:boleh|bisa|dapat|diizinkan|silakan) (?:mem)?bawa (?:anak|balita|bayi)",
    "beginner": r"\b(?:tanpa|non|no|belum|(?:tidak|tdk|tak) (?:perlu|butuh|harus|wajib|memerlukan|ada))[ -]"
    r"(?:(?:syarat|memiliki|mempunyai|punya|ada|ber) ?)*(?:pengalaman|experience)"
    r"|pengalaman (?:kerja )?(?:tidak|bukan|tdk) (?:di)?(?:perlu|utama|wajib|syarat|harus|haruskan|butuh|menjadi)"
    r"|\bfresh ?grad|\bbaru lulus|lulusan baru|\bpemula\b",
}
# Without one of these a text cannot say it: far cheaper to look for than the whole.
_CUES = {
    "night": ("malam", "night", "shift", "24 jam", "sampai 2"),
    "no_night": ("shift", "sif", "malam", "pulang sore"),
    "flexible": ("bebas", "fleks", "flex"),
    "morning": ("pagi",),
    "school": ("sekolah",),
    "afternoon": ("sore",),
    "weekend": ("minggu", "pekan", "weekend"),
    "home": ("rumah", "wfh", "work from", "remote", "jarak jauh"),
    "child": ("bawa",),
    "weekdays": ("libur", "jum", "5 hari"),
    "beginner": ("pengalaman", "experience", "fresh", "lulus", "pemula"),
}
_LEVEL_CUES = (
    *(
        ("ijazah", "memandang"),
        ("pendidikan",),
        ("sd",),
        ("sekolah dasar", "sd sed"),
        ("smp", "sltp", "mts", "pertama"),
    ),
    *(
        ("sm", "slta", "stm", "sekolah men", "high"),
        ("d",),
        ("d", "ahli m"),
        ("s1", "s-1", "s 1", "sarjana", "bach", "strata"),
    ),
    ("s2", "s-2", "s 2", "magister", "master"),
)
_SAID = {mark: re.compile(pattern) for mark, pattern in _SAYS.items()}
_NO_LIBUR = re.compile(r"libur[^.\n]{0,40}")


def schooling(vacancy: Mapping[str, Any]) -> int:
    """0 none, 1 SD, 2 SMP, 3 SMA/SMK, 4 D1-D2, 5 D3-D4, 6 S1, 7 S2, 8 S3: the least that is asked; else unknown."""
    if asked := vacancy.get("education_min"):
        code = str(asked.get("code") or "")
        return int(code[0]) if code[:1].isdigit() and (len(code) == 4 or code == "0") else UNKNOWN_SCHOOLING
    for name in ("conditions", "description"):
        text = (vacancy.get(name) or "").lower()
        found = next(
            (
                level
                for (level, pattern), cues in zip(_SCHOOLING, _LEVEL_CUES, strict=True)
                if any(cue in text for cue in cues) and pattern.search(text)
            ),
            None,
        )
        if found is not None:
            return found
    return UNKNOWN_SCHOOLING


def marks(vacancy: Mapping[str, Any]) -> list[str]:
    """Which of MARKS it has."""
    found = set(_marks(vacancy))
    if "night" in found:
        found -= {"no_night", "school"}
    if vacancy.get("experience_months"):
        found -= {"beginner"}
    return [mark for mark in MARKS if mark in found]


def _marks(vacancy: Mapping[str, Any]) -> Iterator[str]:
    text = "\n".join(str(vacancy.get(name) or "") for name in ("title", "description", "conditions")).lower()
    hours = vacancy.get("hours") or {}
    for mark, said in _SAID.items():
        if any(cue in text for cue in _CUES[mark]) and said.search(
            _NO_LIBUR.sub(" ", text) if mark == "weekend" else text
        ):
            yield mark
    if vacancy.get("experience_months") == 0:
        yield "beginner"
    if vacancy.get("workplace") == "home" or vacancy.get("kind") == "piecework_home":
        yield from ("home", "home_sure")
    elif _SAID["home"].search(str(vacancy.get("title") or "").lower()):
        yield "home_sure"
    if vacancy.get("may_bring_child"):
        yield "child"
    yield from _of_form(hours)
    spans = [(hours["start"], hours["end"])] if hours.get("start") and hours.get("end") else []
    written = [(f"{a}:{b or '00'}", f"{c}:{d}") for a, b, c, d in _SPAN.findall(text)]
    yield from _of_spans(
        [(_hour(start), _hour(end)) for start, end in spans or written], shift=bool(hours.get("shift"))
    )


def _of_form(hours: Mapping[str, Any]) -> Iterator[str]:
    if hours.get("flexible"):
        yield "flexible"
    if hours.get("night"):
        yield "night"
    if days := set(hours.get("days") or ()):
        if days <= {"sat", "sun"}:
            yield "weekend"
        elif not days & {"sat", "sun"}:
            yield "weekdays"


def _of_spans(spans: list[tuple[float, float]], *, shift: bool) -> Iterator[str]:
    """By when work begins and ends, in hours of the day."""
    spans = [(start, end) for start, end in spans if start < 24 and end <= 24]
    if not spans:
        return
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    if any(end <= start for start, end in spans) or last > 21:
        yield "night"
    elif not shift:
        yield "no_night"
    if any(start < 12 and start < end <= 14 for start, end in spans):
        yield "morning"
    if first >= 6.5 and last <= 14 and not shift:
        yield "school"
    if first >= 12 and last <= 21:
        yield "afternoon"


def _hour(time: str) -> float:
    hour, minute = time.split(":")
    return int(hour) + int(minute) / 60
