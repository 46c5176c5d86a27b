"""How far two spellings lie from each other: by letters, and by how Indonesians would say and write them ("klining
servis" is cleaning service)."""

import re
from functools import lru_cache

_VOWELS = frozenset("aeiou")
_ALIKE = frozenset(
    frozenset(pair) for pair in ("ck", "sz", "fv", "fp", "vp", "bp", "dt", "gj", "iy", "kq", "gk", "mn", "xs", "cs")
)
_SOUNDS = [
    (re.compile(pattern), said)
    for pattern, said in (
        (r"[ts]ion\b|shion\b", "syen"),
        (r"(?<=[^aeiou])[ia](?=[bdfgklmnprstvz]e)", "e"),  # liner is said "lainer", sales "seles"
        (r"oa", "o"),
        (r"([^aeiou])le\b", r"\1el"),
        (r"c(?=[eiy])", "s"),
        (r"ch", "c"),
        (r"ck|c(?!$)|c$", "k"),
        (r"qu", "kw"),
        (r"q", "k"),
        (r"ph|v", "f"),
        (r"x", "ks"),
        (r"z|sh|sy", "s"),
        (r"th", "t"),
        (r"(?<=[a-z])gh", ""),
        (r"wh", "w"),
        (r"(?<=[a-z]{2})e\b", ""),
        (r"ee|ea|ie", "i"),
        (r"ai|ei|ay|ey", "e"),
        (r"oo", "u"),
        (r"au|ou|ow|aw", "o"),
        (r"y", "i"),
        (r"(.)\1", r"\1"),
        (r"b\b", "p"),  # nobody hears how a word ends: "wep" is web
        (r"d\b", "t"),
        (r"g\b", "k"),
    )
]
_SHORT, _MIDDLE, _LONG = 0.9, 1.2, 1.7  # how far is still the same word, by the letters of the longer one
_SAID = 0.25  # what it costs that only the sound is near


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """`word` in one spelling for everything that sounds alike."""
    for pattern, said in _SOUNDS:
        word = pattern.sub(said, word)
    return word


@lru_cache(maxsize=50_000)
def mask(word: str) -> int:
    """The letters of a word as bits: two words near each other share nearly all."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def allowed(word: str, other: str) -> float:
    longest = max(len(word), len(other))
    if longest <= 4:
        return _SHORT
    return _MIDDLE if longest <= 6 else _LONG if longest <= 8 else _LONG + 0.4


def distance(word: str, other: str) -> float:
    """0 for the same, about 1 for a wrong letter, less for letters that are often taken for each other."""
    most = allowed(word, other)
    by_letter = _edits(word, other, most)
    by_sound = _edits(sound(word), sound(other), most) + _SAID
    return min(by_letter, by_sound) + (0.35 if word[0] != other[0] and sound(word)[:1] != sound(other)[:1] else 0.0)


def _edits(word: str, other: str, most: float) -> float:
    """Weighted edit distance with neighbours swapped; anything above `most` may be too small."""
    if abs(len(word) - len(other)) > 3:
        return 9.0
    before: list[float] = []
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _gap(letter, ""))
    for at, letter in enumerate(word, 1):
        earlier, before = before, row
        row = [before[0] + _gap(letter, word[at - 2] if at > 1 else "")]
        for to, wanted in enumerate(other, 1):
            best = min(
                before[to - 1] + _swap(letter, wanted),
                before[to] + _gap(letter, word[at - 2] if at > 1 else ""),
                row[to - 1] + _gap(wanted, other[to - 2] if to > 1 else ""),
            )
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == wanted:
                best = min(best, earlier[to - 2] + 0.7)
            row.append(best)
        if min(row) > most:
            return 9.0
    return row[-1]


def _swap(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    if letter in _VOWELS and wanted in _VOWELS:
        return 0.5
    return 0.4 if frozenset((letter, wanted)) in _ALIKE else 1.0


def _gap(letter: str, before: str) -> float:
    """What a letter too many or too few costs."""
    if letter == before:
        return 0.25
    if letter == "e":
        return 0.35
    if letter == "h":
        return 0.4
    return 0.6 if letter in _VOWELS else 0.95
