"""Synonym groups, applied when somebody searches.

They are expanded in the search and not folded into one canonical word in the index, because the groups are wide
(penjahit and garmen, admin and tata usaha): the word that was typed must still win over its neighbours, and officers
edit the groups, which then costs a restart and not a new index. The price, some more terms in a search, was measured
below two milliseconds.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from services.vacancy.search.lexicon import CONDITIONS, IMPLIED, TOO_WIDE, TYPED_ONLY
from services.vacancy.search.words import term, terms, words

Phrase = tuple[str, ...]
_IMPLIED = frozenset(term(word) for word in IMPLIED)


@dataclass(frozen=True)
class Concept:
    """One thing that is looked for: the terms that were typed for it, and other phrases for the same."""

    own: Phrase
    others: tuple[Phrase, ...] = ()
    everywhere: bool = False  # whether the others count in the description too


@dataclass(frozen=True)
class _Group:
    phrases: tuple[Phrase, ...]
    everywhere: bool


class Synonyms:
    """`groups` are (canonical, variants); see reference/synonyms.csv."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._groups: dict[Phrase, list[_Group]] = {}
        for canonical, variants in groups:
            self._add(canonical, variants)
        self._longest = max((len(phrase) for phrase in self._groups), default=1)
        self.words = frozenset(said for phrase in self._groups for said in phrase)

    def _add(self, canonical: str, variants: Sequence[str]) -> None:
        said = {name: tuple(terms(name)) for name in (canonical, *variants)}
        # A phrase of which the stop words leave one word ("punya motor") says less than it did: not usable.
        usable = {name: phrase for name, phrase in said.items() if phrase and len(phrase) >= min(len(words(name)), 2)}
        names = [name for name in usable if name not in TOO_WIDE]
        wanted = dict.fromkeys(usable[name] for name in names if name not in TYPED_ONLY)
        group = _Group(phrases=tuple(wanted), everywhere=canonical in CONDITIONS)
        for phrase in dict.fromkeys(usable[name] for name in names):
            self._groups.setdefault(phrase, []).append(group)

    def concepts(self, typed: Sequence[str]) -> list[Concept]:
        """`typed` terms cut into concepts, the longest known phrase first; words that every search here implies
        are left out where they are not part of one."""
        found: list[Concept] = []
        at = 0
        while at < len(typed):
            length = self._length_at(typed, at)
            concept = self._concept(tuple(typed[at : at + length]))
            if concept.own:
                found.append(concept)
            at += length
        return found

    def _length_at(self, typed: Sequence[str], at: int) -> int:
        lengths = range(min(self._longest, len(typed) - at), 1, -1)
        return next((length for length in lengths if tuple(typed[at : at + length]) in self._groups), 1)

    def _concept(self, phrase: Phrase) -> Concept:
        groups = self._groups.get(phrase, [])
        own = tuple(said for said in phrase if said not in _IMPLIED)
        others = dict.fromkeys(other for group in groups for other in group.phrases if other not in (own, phrase))
        return Concept(own=own, others=tuple(others), everywhere=any(group.everywhere for group in groups))


def load_synonyms() -> Synonyms:
    """The groups of the reference table."""
    with files("services.vacancy.reference").joinpath("synonyms.csv").open(encoding="utf-8") as file:
        return Synonyms((row["canonical"], row["variants"].split("|")) for row in csv.DictReader(file))
