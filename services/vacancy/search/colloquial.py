"""Verbs as they are said at home, in Javanese and in everyday Indonesian: "nyetrika", "nganter", "njaga", "bersihin".
The nose swallows the first letter of what they are made from, the last vowel is said in another way ("mijet"), and a
text for work has the plain word."""

import re
from collections.abc import Callable, Iterator

SHORTEST = 3  # letters of what remains
_SWALLOWED = {"ny": ("s", "c"), "ng": ("", "k", "g", "h"), "n": ("t",), "m": ("p", "b")}
_ENDINGS = ("", "in", "kan", "ake", "ke", "no", "ne", "nya", "i", "e")
_VOWELS = frozenset("aeiou")
_SYLLABLE = re.compile("[aeiou]+")
# How the end of a word is said, and how it is written: nganter, mijet, nyatet; jogo; njait.
_SAID = [
    (re.compile(pattern), written)
    for pattern, written in ((r"e([^aeiou])$", r"a\1"), (r"o([^aeiou]?)o$", r"a\1a"), (r"(?<=a)(?=i[^aeiou]$)", "h"))
]


def plain(word: str, is_word: Callable[[str], bool]) -> list[str]:
    """Words that `word` may be made from, of those that are words."""
    if (short := word.removeprefix("nge")) != word and len(_SYLLABLE.findall(short)) == 1 and is_word(short):
        return [short]  # "nge" stands before a word of one syllable: ngelas, ngepel, ngecat
    return list(dict.fromkeys(made for made in _bases(word) if len(made) >= SHORTEST and is_word(made)))


def _bases(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < SHORTEST:
            continue
        stem = word.removesuffix(ending) if ending else word
        if len(ending) > 1:
            yield stem
        for base in _without_nose(stem):
            yield base
            for said, written in _SAID:
                yield said.sub(written, base)


def _without_nose(stem: str) -> Iterator[str]:
    if stem.startswith("nge"):
        yield stem[3:]
    for nose, first in _SWALLOWED.items():
        rest = stem.removeprefix(nose)
        if rest == stem or not rest:
            continue
        if rest[0] in _VOWELS:
            yield from (f"{letter}{rest}" for letter in first)
        elif nose != "ny":
            yield rest  # mbersihkan, njaga, ndandan, nggoreng
        return
