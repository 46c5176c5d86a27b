"""What people answer by SMS, recognised through case, spaces, punctuation and spelling; what could mean two things
counts as nothing, because an answer may end a card or stop messages."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Word = Literal["berhenti", "mulai", "ya", "tidak", "belum", "kerja", "bantuan"]
LONGEST = 4  # words; whoever writes more tells a story that no rule understands
SPELLINGS: dict[Word, tuple[str, ...]] = {
    "berhenti": ("BERHENTI", "BERENTI", "BRHENTI", "STOP", "STOPP", "UNREG", "UNSUBSCRIBE"),
    "mulai": ("MULAI", "MULAY", "START"),
    "ya": ("YA", "IYA", "YAA", "Y", "IYAA", "OK", "OKE", "YES"),
    "tidak": ("TIDAK", "TDK", "TDAK", "TAK", "ENGGAK", "NGGAK", "GAK", "GA", "NO"),
    "belum": ("BELUM", "BLM", "BLUM", "BELOM", "BLOM", "DURUNG"),
    "kerja": ("KERJA", "KRJA", "BEKERJA", "KERJO"),
    "bantuan": ("BANTUAN", "BANTU", "TOLONG", "HELP", "INFO"),
}
_KNOWN: dict[str, Word] = {spelling: word for word, spellings in SPELLINGS.items() for spelling in spellings}
_LONG = [spelling for spelling in _KNOWN if len(spelling) >= 5]  # a short word with a slip is another word
_FILLERS = frozenset({"SUDAH", "SDH", "UDAH", "SAYA", "MASIH", "PAK", "BU", "MIN", "KAK"})
_CODE = re.compile(r"[A-Z0-9]{4}")


@dataclass(frozen=True)
class Said:
    """`id4` names what is answered, where several people share a phone."""

    word: Word
    id4: str | None = None


def recognise(text: str) -> Said | None:
    """`BELUM 1A2B`, `belum. 1a2b`, `blm 1a2b`: the same. None where it is not sure."""
    plain = unicodedata.normalize("NFKC", text[:200]).upper()
    tokens = re.findall(r"[A-Z0-9]+", plain)
    if not tokens or len(tokens) > LONGEST:
        return None
    words = [(token, _word(token)) for token in tokens]
    codes = [token for token, word in words if word is None and _is_code(token)]
    unknown = [token for token, word in words if word is None and token not in _FILLERS and token not in codes]
    if unknown or len(codes) > 1:
        return None
    meant = _one({word for _, word in words if word})
    return Said(meant, codes[0] if codes else None) if meant else None


def _word(token: str) -> Word | None:
    if token in _KNOWN:
        return _KNOWN[token]
    if any(sign.isdigit() for sign in token) or token in _FILLERS:
        return None
    near = get_close_matches(token, _LONG, n=1, cutoff=0.84)
    return _KNOWN[near[0]] if near else None


def _is_code(token: str) -> bool:
    return bool(_CODE.fullmatch(token)) and any(sign.isdigit() for sign in token)


def _one(words: set[Word]) -> Word | None:
    """`belum kerja` is belum; any other two say two things."""
    if words == {"belum", "kerja"}:
        return "belum"
    return next(iter(words)) if len(words) == 1 else None
