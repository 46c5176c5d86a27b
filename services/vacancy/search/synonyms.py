"""Synonym groups, applied when somebody searches.

They are expanded in the search and not folded into one canonical word in the index, because the groups are wide
(penjahit and garmen, admin and tata usaha): the word that was typed must still win over its neighbours, and officers
edit the groups, which then costs nothing and not a new index. The price, some more terms in a search, was measured
below two milliseconds.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import product

from services.vacancy.search.lexicon import CONDITIONS, DOERS, IMPLIED, TOO_WIDE, TYPED_ONLY
from services.vacancy.search.sounds import sound
from services.vacancy.search.typos import Dictionary
from services.vacancy.search.words import raw, term, terms, words

Phrase = tuple[str, ...]
_SHARED = 3  # names that share a word
_IMPLIED = frozenset(term(word) for word in IMPLIED)
_DOERS = frozenset((term(word),) for word in DOERS)


@dataclass(frozen=True)
class Concept:
    """One thing that is looked for: the terms that were typed for it, and other phrases for the same."""

    own: Phrase
    others: tuple[Phrase, ...] = ()
    everywhere: bool = False  # whether the others count in the description too
    vague: bool = False  # whether `own` alone says less than what was typed: "kerja pabrik" is "pabrik"
    related: tuple[Phrase, ...] = ()  # other trades for whoever finds none of these
    sphere: tuple[str, ...] = ()  # what most of its names share: "bangunan" of masons and their helpers


@dataclass(frozen=True)
class _Group:
    canonical: str
    phrases: tuple[Phrase, ...]
    everywhere: bool

    @cached_property
    def sphere(self) -> tuple[str, ...]:
        """Words of its usual name that most of its names share: never what stands first, which is who does it."""
        heads = {phrase[0] for phrase in self.phrases}
        counted = Counter(word for phrase in self.phrases for word in set(phrase[1:]) - heads)
        return tuple(word for word in terms(self.canonical)[1:] if counted[word] >= _SHARED)


def _again(concept: Concept, before: Sequence[Concept]) -> bool:
    """Whether it is one more thing that the same trade does: "nyapu ngepel"."""
    return concept.vague and any(one.vague and one.others and one.others == concept.others for one in before)


class Synonyms:
    """`groups` are (canonical, variants), see reference/synonyms.csv; `deeds` what people say that they do, by the
    trade that does it, see reference/deeds.csv."""

    def __init__(
        self, groups: Iterable[tuple[str, Sequence[str]]], deeds: Iterable[tuple[str, Sequence[str]]] = ()
    ) -> None:
        self._groups: dict[Phrase, list[_Group]] = {}
        self._heard: dict[Phrase, Phrase] = {}  # phrases by their sound
        self.names: dict[str, int] = {}  # every phrase as it is written, canonical ones as 1
        merged: dict[str, list[str]] = {}
        for canonical, variants in groups:
            merged.setdefault(canonical, []).extend(variants)
        for canonical, variants in merged.items():
            self._add(canonical, variants)
            self.names |= {**dict.fromkeys(variants, 0), canonical: 1}
        self._deeds: set[Phrase] = set()  # typed only: no vacancy is looked for by these words
        self._doing: set[str] = set()
        for canonical, said in deeds:
            self._add_deeds(canonical, said)
        self._dictionary: tuple[tuple[str, ...], Dictionary] | None = None
        self._longest = max((len(phrase) for phrase in self._groups), default=1)
        self.words = frozenset(said for phrase in self._groups for said in phrase)

    def _add(self, canonical: str, variants: Sequence[str]) -> None:
        said = {name: tuple(terms(name)) for name in (canonical, *variants)}
        # A phrase of which the stop words leave one word ("punya motor") says less than it did: not usable.
        usable = {name: phrase for name, phrase in said.items() if phrase and len(phrase) >= min(len(words(name)), 2)}
        names = [name for name in usable if name not in TOO_WIDE]
        wanted = dict.fromkeys(usable[name] for name in names if name not in TYPED_ONLY)
        group = _Group(canonical=canonical, phrases=tuple(wanted), everywhere=canonical in CONDITIONS)
        for phrase in dict.fromkeys(usable[name] for name in names):
            self._groups.setdefault(phrase, []).append(group)
        for name in names:
            if len(typed := tuple(raw(name))) > 1:
                self._heard.setdefault(tuple(sound(word) for word in typed), typed)

    def _add_deeds(self, canonical: str, said: Sequence[str]) -> None:
        group = next(
            (one for one in self._groups.get(tuple(terms(canonical)), ()) if one.canonical == canonical), None
        )
        for name in said if group else ():
            phrase = tuple(terms(name))
            if phrase and group and phrase not in self._groups:
                self._groups[phrase] = [group]
                self._deeds.add(phrase)
            self._doing.add(name)

    def dictionary(self, titles: tuple[str, ...]) -> Dictionary:
        """Every word that may have been meant; `titles` are words of the index."""
        if self._dictionary is None or self._dictionary[0] is not titles:
            self._dictionary = titles, Dictionary([*self.names, *self._doing], titles)
        return self._dictionary[1]

    def __contains__(self, phrase: Phrase) -> bool:
        return phrase in self._groups

    def family(self, concept: Concept) -> list[str]:
        """Names of trades near this one."""
        groups = self._groups.get(concept.own, [])
        named = (other for group in groups for other in _families().get(group.canonical, ()))
        return [name for name in dict.fromkeys(named) if tuple(terms(name)) not in (concept.own, *concept.others)]

    def heard(self, words: Sequence[str]) -> Phrase | None:
        """The phrase of a group that sounds like `words`."""
        return self._heard.get(tuple(sound(word) for word in words))

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
        found = [concept for at, concept in enumerate(found) if not _again(concept, found[:at])]
        said = [concept for concept in found if concept.own not in _DOERS]
        return said or found

    def _length_at(self, typed: Sequence[str], at: int) -> int:
        lengths = range(min(self._longest, len(typed) - at), 1, -1)
        return next((length for length in lengths if tuple(typed[at : at + length]) in self._groups), 1)

    def _concept(self, phrase: Phrase) -> Concept:
        groups = self._groups.get(phrase, [])
        own = tuple(said for said in phrase if said not in _IMPLIED)
        others = dict.fromkeys(other for group in groups for other in group.phrases if other not in (own, phrase))
        return Concept(
            own=own,
            others=tuple(others),
            everywhere=any(group.everywhere for group in groups),
            vague=own != phrase or phrase in self._deeds,
            related=tuple(self._related(groups, self._heads(own), {own, phrase, *others})),
            sphere=tuple(word for group in groups if not group.everywhere for word in group.sphere),
        )

    def _heads(self, own: Phrase) -> list[Phrase]:
        """The first word of an Indonesian phrase is who does it, where it names a trade of its own."""
        heads = self._groups.get(own[:1], ()) if len(own) > 1 and own not in self._deeds else ()
        return [phrase for group in heads if not group.everywhere for phrase in (own[:1], *group.phrases)]

    def _related(self, groups: Sequence[_Group], heads: Sequence[Phrase], known: set[Phrase]) -> Iterator[Phrase]:
        """Trades of the same families, by their most usual name; before them every "pelatih" for "pelatih renang"."""
        yield from (near for near in heads if near not in known)
        for canonical in dict.fromkeys(other for group in groups for other in _families().get(group.canonical, ())):
            phrase = tuple(terms(canonical))
            for other in (
                phrase,
                *(near for group in self._groups.get(phrase, ())[:1] for near in group.phrases[:6]),
            ):
                if other not in known:
                    yield other


def load_synonyms(added: Iterable[tuple[str, Sequence[str]]] = ()) -> Synonyms:
    """The groups of the reference tables, and those that officers added."""
    return Synonyms([*_of_files(), *added], _deeds())


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """Trades that whoever looks for one may take as well."""
    found: dict[str, tuple[str, ...]] = {}
    with files("services.vacancy.reference").joinpath("families.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            trades = row["trades"].split("|")
            found |= {trade: (*found.get(trade, ()), *trades) for trade in trades}
    return found


@cache
def _of_files() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for name in ("synonyms.csv", "trades.csv"):
        with files("services.vacancy.reference").joinpath(name).open(encoding="utf-8") as file:
            found += [(row["canonical"], tuple(row["variants"].split("|"))) for row in csv.DictReader(file)]
    return tuple(found)


@cache
def _deeds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each verb with each of its objects; an object that is empty is the verb alone."""
    with files("services.vacancy.reference").joinpath("deeds.csv").open(encoding="utf-8") as file:
        return tuple(
            (
                row["trade"],
                tuple(
                    f"{verb} {done}".strip()
                    for verb, done in product(row["verbs"].split("|"), row["objects"].split("|"))
                ),
            )
            for row in csv.DictReader(file)
        )


def built_in() -> int:
    """How many groups the system brings along."""
    return len({canonical for canonical, _ in _of_files()})
