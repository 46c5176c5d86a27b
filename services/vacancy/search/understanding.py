"""What somebody who typed these words looks for: jobs, wishes, places, phrases, and what must not be there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.vacancy.search.places import BEFORE, NEAR_ME, Where, at
from services.vacancy.search.synonyms import Concept, Phrase, Synonyms
from services.vacancy.search.typos import Dictionary, corrected
from services.vacancy.search.wishes import BREAK, Wish, figures, wishes
from services.vacancy.search.words import raw, spelled, terms

MOST_WORDS = 12  # of a text; the others are not looked at
_QUOTED = re.compile(r'["“”]([^"“”]{2,80})["“”]')
_MINUS = re.compile(r"(?:^|(?<=\s))-(\w[\w-]*)")
_WITHOUT = frozenset({"bukan", "selain", "kecuali"})
_IDLE = frozenset({"gaji", "upah", "dekat", "lulusan", "ijazah", "jam", "shift", "bisa", "boleh", "khusus"})


@dataclass(frozen=True)
class Understood:
    """`spelling` is the text as it was read where that differs from what was typed."""

    concepts: tuple[Concept, ...] = ()
    wishes: tuple[Wish, ...] = ()
    places: tuple[Where, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Concept, ...] = ()
    spelling: str | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.concepts or self.wishes or self.places or self.phrases or self.without)


@dataclass
class _Reading:
    """Words on their way to be understood."""

    synonyms: Synonyms
    jobs: list[Concept] = field(default_factory=list)
    places: list[Where] = field(default_factory=list)
    without: list[Concept] = field(default_factory=list)

    def segment(self, words: Sequence[str]) -> None:
        """Words between two wishes."""
        left: list[str] = []
        here = 0
        while here < len(words):
            word = words[here]
            if word in _WITHOUT and here + 1 < len(words):
                self.without += self.synonyms.concepts(terms(words[here + 1]))
                here += 2
                continue
            skip = word in BEFORE and here + 1 < len(words)
            if skip and words[here + 1] in NEAR_ME:
                here += 2
                continue
            start = here + 1 if skip else here
            place, taken = at(words, start)
            if place and not self._is_phrase(words, start):
                self.places.append(place)
                here = start + taken
                continue
            left.append(word)
            here += 1
        self.jobs += self.synonyms.concepts(terms(" ".join(left)))

    def _is_phrase(self, words: Sequence[str], at: int) -> bool:
        """Whether the word at `at` belongs to a job: "perawat taman" is a gardener."""
        pairs = (words[at - 1 : at + 1] if at else [], words[at : at + 2])
        return any(len(pair) > 1 and tuple(terms(" ".join(pair))) in self.synonyms for pair in pairs)


def understand(
    text: str,
    *,
    synonyms: Synonyms,
    dictionary: Dictionary,
    known: Callable[[str], int],
    is_place: Callable[[str], bool],
) -> Understood:
    phrases = [tuple(terms(found)) for found in _QUOTED.findall(text)]
    text = _QUOTED.sub(" ", text)
    excluded = [word for found in _MINUS.findall(text) for word in raw(found)[:3]]
    typed = raw(figures(_MINUS.sub(" ", text)))[:MOST_WORDS]
    meant = corrected(typed, known, dictionary)
    meant = _heard(typed, meant, synonyms, dictionary)
    rest, wished = wishes(" ".join(spelled(word) for word in meant))
    reading = _Reading(synonyms)
    for part in rest.split(BREAK):
        words = part.split()
        reading.segment([] if wished and set(words) <= _IDLE else words)
    jobs, places = _sorted(reading.jobs, reading.places, is_place)
    without = [*reading.without, *synonyms.concepts([term for word in excluded for term in terms(word)])]
    return Understood(
        concepts=tuple(jobs),
        wishes=tuple(dict.fromkeys(wished)),
        places=tuple(_merged(places)),
        phrases=tuple(phrase for phrase in phrases if phrase),
        without=tuple(without),
        spelling=" ".join(meant) if meant != typed else None,
    )


def _heard(typed: Sequence[str], meant: list[str], synonyms: Synonyms, dictionary: Dictionary) -> list[str]:
    """Two words that are spelled by ear are read as the phrase that they sound like: "bebi siter"."""
    if len(typed) != len(meant):
        typed = meant
    found: list[str] = []
    at = 0
    while at < len(meant):
        pair = meant[at : at + 2]
        said = typed[at : at + 2]
        phrase = None
        if len(pair) == 2 and tuple(terms(" ".join(pair))) not in synonyms:
            phrase = synonyms.heard(pair) or synonyms.heard(said) or _nearly_heard(said, synonyms, dictionary)
        found += phrase or (meant[at],)
        at += 2 if phrase else 1
    return found


def _nearly_heard(said: Sequence[str], synonyms: Synonyms, dictionary: Dictionary) -> Phrase | None:
    if all(word in dictionary for word in said):
        return None
    sides = [[word, *(other for _, other in dictionary.near(word)[:5])] for word in said]
    return next((found for one in sides[0] for two in sides[1] if (found := synonyms.heard((one, two)))), None)


def _sorted(
    concepts: Sequence[Concept], places: Sequence[Where], is_place: Callable[[str], bool]
) -> tuple[list[Concept], list[Where]]:
    """A word that vacancies use for where rather than for what is a place, though no list has it."""
    jobs: list[Concept] = []
    found = list(places)
    for concept in concepts:
        if len(concept.own) == 1 and not concept.others and is_place(concept.own[0]):
            found.append(Where(name=concept.own[0].title(), words=(concept.own,)))
        else:
            jobs.append(concept)
    return jobs, found


def _merged(places: Sequence[Where]) -> list[Where]:
    """Two wards are two that would do; a ward beside its city is that ward."""
    inside = [place for place in places if place.wards]
    if len(inside) < 2:
        return list(dict.fromkeys(places))
    narrow = min(inside, key=lambda place: len(place.wards))
    if all(set(narrow.wards) <= set(place.wards) for place in inside):
        return [narrow]
    cities = [place for place in inside if not place.words] or inside
    wards = tuple(dict.fromkeys(ward for place in cities for ward in place.wards))
    return [Where(name=" / ".join(place.name for place in cities), wards=wards)]
