"""What somebody who typed so far probably means: trades, titles, places and skills that begin so, or nearly."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tantivy import Query

from services.vacancy.search.snapshot import Labels, Snapshot
from services.vacancy.search.synonyms import Synonyms
from services.vacancy.search.typos import SHORTEST, Dictionary
from services.vacancy.search.words import raw, terms
from shared.reference.tables import kelurahan

Kind = Literal["occupation", "place", "title", "skill"]
FEW = 3  # with fewer that begin so, a mistake is looked for
_MOST_STARTS = 5  # words of a text from which it may be found
_WEIGHT: dict[Kind, float] = {"occupation": 3.0, "place": 2.0, "title": 1.0, "skill": 0.7}


@dataclass(frozen=True)
class Suggestion:
    """`count` is how many vacancies it would find about."""

    text: str
    kind: Kind
    count: int


class Suggester:
    """Made of one state of the index; a suggestion then takes well below a millisecond."""

    def __init__(self, snapshot: Snapshot, synonyms: Synonyms) -> None:
        self._entries = list(_entries(snapshot, synonyms))
        self._dictionary: Dictionary = synonyms.dictionary(snapshot.labels.title_words)
        starts = sorted((start, at) for at, entry in enumerate(self._entries) for start in _starts(entry.text))
        self._keys, self._of = [start for start, _ in starts], [at for _, at in starts]

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        words = raw(typed)[:8]
        if not words:
            return []
        found = self._beginning(" ".join(words), limit)
        if len(found) < FEW and len(words[-1]) >= SHORTEST:
            for _, meant in self._dictionary.near(words[-1])[:3]:
                found += self._beginning(" ".join([*words[:-1], meant]), limit)
        return list(dict.fromkeys(found))[:limit]

    def _beginning(self, prefix: str, limit: int) -> list[Suggestion]:
        low, high = bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + "\uffff")
        entries = {self._of[at]: self._keys[at] for at in range(low, min(high, low + 20_000))}
        best = heapq.nlargest(limit, entries, key=lambda at: self._rank(at, prefix, entries[at]))
        return [self._entries[at] for at in best]

    def _rank(self, at: int, prefix: str, key: str) -> tuple[float, int]:
        entry = self._entries[at]
        begins = 2.0 if entry.text.lower().startswith(prefix) else 1.0
        return begins * _WEIGHT[entry.kind] * (entry.count + 0.5) / (1 + len(key) / 40), -at


def _starts(text: str) -> Iterator[str]:
    words = raw(text)
    for at in range(min(len(words), _MOST_STARTS)):
        yield " ".join(words[at:])


def _entries(snapshot: Snapshot, synonyms: Synonyms) -> Iterator[Suggestion]:
    """The same text once: a trade rather than a title."""
    seen: set[str] = set()
    for text, kind, count in _found(snapshot, synonyms):
        if count and (key := " ".join(raw(text))) and key not in seen:
            seen.add(key)
            yield Suggestion(text=text, kind=kind, count=count)


def _found(snapshot: Snapshot, synonyms: Synonyms) -> Iterator[tuple[str, Kind, int]]:
    labels: Labels = snapshot.labels
    for name in synonyms.names:
        yield name, "occupation", _count(snapshot, name)
    wards = dict(labels.wards)
    yield from ((kelurahan()[code].name, "place", count) for code, count in wards.items() if code in kelurahan())
    yield from ((name, "place", count) for name, count in _districts(wards))
    yield from ((name, "place", count) for name, count in labels.towns)
    yield from ((title, "title", count) for title, count in labels.titles)
    yield from ((skill, "skill", count) for skill, count in labels.skills)


def _districts(wards: dict[str, int]) -> Iterable[tuple[str, int]]:
    found: dict[str, int] = {}
    for code, count in wards.items():
        if code in kelurahan():
            name = f"Kecamatan {kelurahan()[code].kecamatan}"
            found[name] = found.get(name, 0) + count
    return found.items()


def _count(snapshot: Snapshot, name: str) -> int:
    """Vacancies whose title has this phrase."""
    phrase = terms(name)
    counts = [snapshot.searcher.doc_freq("title", term) for term in phrase]
    if len(phrase) < 2 or not all(counts):
        return min(counts, default=0)
    query = Query.phrase_query(snapshot.schema, "title", list(phrase))
    found: Any = snapshot.searcher.search(query, limit=1, count=True)
    return int(found.count)
