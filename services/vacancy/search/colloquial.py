"""Verbs as they are said at home, in Javanese and in everyday Indonesian: "nyetrika", "nganter", "njaga", "bersihin".
The nose swallows the first letter of what they are made from, and a text for work has the plain word."""

from collections.abc import Callable, Iterator

SHORTEST = 3  # letters of what remains
_SWALLOWED = {"ny": ("s", "c"), "ng": ("", "k", "g"), "n": ("t",), "m": ("p", "b")}
_ENDINGS = ("", "in", "kan", "ne", "nya", "e")
_VOWELS = frozenset("aeiou")


def plain(word: str, is_word: Callable[[str], bool]) -> list[str]:
    """Words that `word` may be made from, of those that are words."""
    return list(dict.fromkeys(made for made in _bases(word) if len(made) >= SHORTEST and is_word(made)))


def _bases(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < SHORTEST:
            continue
        stem = word.removesuffix(ending) if ending else word
        if ending in ("in", "kan"):
            yield stem
        yield from _without_nose(stem)
        if ending == "" and len(stem) > SHORTEST and stem.endswith("er"):  # "nganter" is said for "antar"
            yield from _without_nose(f"{stem[:-2]}ar")


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
