"""Text of job boards made fit to be shown: no control characters, no shouting, no advertising in a title."""

import re
import unicodedata

TITLE_LONGEST, TITLE_SHORTEST = 80, 3

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"[ \t]*\n[ \t]*")
_MANY_LINES = re.compile(r"\n{3,}")
_BRACKETS = re.compile(r"\[\W*\]|\(\W*\)|\{\W*\}")
_EDGES = " \t-–—|:;,./\\*!~`'\"_#•+="

# Cries for attention: wherever they stand, and those that are words of a job's name where they do not begin it.
_ANYWHERE = re.compile(
    r"(?i)\b(?:urgent(?:ly)?(?:\s+(?:hiring|needed|required))?|(?:info\s+)?low?ker|we(?:'| a)re hiring"
    r"|butuh cepat|open recruitment)\b[!:\s]*"
)
_AT_START = re.compile(
    r"(?i)^(?:(?:info\s+)?lowongan(?:\s+(?:kerja|pekerjaan|magang(?=\s+magang)))?|di\s?butuhkan(?:\s+segera)?"
    r"|di\s?cari(?:\s+segera)?|membutuhkan|hiring|segera|needed|need)\b[!:\s]*"
)
_AT_END = re.compile(r"(?i)\s*\b(?:segera|hiring|needed|dibutuhkan)\W*$")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VOWEL = re.compile(r"[AIUEO]")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_SMALL = _words("dan di ke dari untuk atau yang dengan and of the for to in at or")
# Short forms that have a vowel and would look like words.
_SHORT_FORMS = _words(
    "IT AC HR GA AO OB QA QC IPAL IPA IPS SMA SMU SMK STM SD TK RA MI KB PAUD SIM UMK HSE EHS ABK ART RS RSU RSUD",
    "UI UX AI ADM PT CV UD ASN BUMN BUMD APJ IGD ICU UGD SEO SAP ERP ISP NOC POS FO CSO AHASS ATM KUR OJK UPT UPTD",
    "DIY DKI UMKM PPIC EDP ME MEP AE EO TU AR AP",
)


def plain(value: object) -> str:
    """Text that the store can keep: without control characters and halves of characters; "" for anything else."""
    if not isinstance(value, str):
        return ""
    text = value.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def line(value: object, longest: int) -> str:
    """One line of at most `longest` characters, cut at a word."""
    return cut(_SPACE.sub(" ", plain(value)), longest)


def paragraphs(value: object, longest: int) -> str:
    """Lines as they are, at most `longest` characters, cut at a word."""
    return cut(_MANY_LINES.sub("\n\n", _LINES.sub("\n", plain(value))), longest)


def cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    head = text[: longest + 1]
    at = max(head.rfind(" "), head.rfind("\n"))
    return (head[:at] if at > longest // 2 else head[:longest]).rstrip(_EDGES)


def title(value: object) -> str:
    """The job's name: without cries, not shouted, begun with a capital, at most 80 characters."""
    text = _SPACE.sub(" ", plain(value))
    text = _ANYWHERE.sub(" ", text)
    text = _AT_START.sub("", _trimmed(text))
    text = _trimmed(_AT_END.sub("", text))
    if _is_shouted(text):
        text = _WORD.sub(_lowered, text)
    return cut(text[:1].upper() + text[1:], TITLE_LONGEST)


def _trimmed(text: str) -> str:
    text = _SPACE.sub(" ", _BRACKETS.sub(" ", text)).strip(" ")
    inner = text.strip(_EDGES).lstrip(")]}").rstrip("([{").strip(_EDGES)
    return f".{inner}" if text.lower().startswith(".net") else inner


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _lowered(found: "re.Match[str]") -> str:
    word = found.group()
    if word.upper() in _SHORT_FORMS or not _VOWEL.search(word.upper()):
        return word.upper()
    if word.lower() in _SMALL and found.start() > 0:
        return word.lower()
    return word.capitalize()
