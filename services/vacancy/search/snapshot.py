"""The index as it was at one commit, and what it knows of words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tantivy import Query, Schema, Searcher

from services.vacancy.search.places import place_terms

_FIELDS_KNOWN = ("facts", "place", "employer", "text")
_MOST_WORDS = 6_000  # of the titles: the commonest
_OFTEN = 3  # a word that fewer titles have is as likely a mistake


@dataclass(frozen=True)
class Labels:
    """What vacancies are called, with how many: made now and then, not at each commit."""

    title_words: tuple[str, ...] = ()
    titles: tuple[tuple[str, int], ...] = ()
    skills: tuple[tuple[str, int], ...] = ()
    towns: tuple[tuple[str, int], ...] = ()
    wards: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Snapshot:
    schema: Schema
    searcher: Searcher
    labels: Labels = field(default_factory=Labels)

    def known(self, term: str) -> int:
        """How well the vacancies know a term: one in a title counts most."""
        counts = [self.searcher.doc_freq(name, term) for name in _FIELDS_KNOWN]
        return int(self.searcher.doc_freq("title", term) * 5 + sum(counts))

    def is_place(self, term: str) -> bool:
        """Whether it names a place, or vacancies use it for where rather than for what."""
        where, what = self.searcher.doc_freq("place", term), self.searcher.doc_freq("title", term)
        return term in place_terms() or where > 2 * what

    @cached_property
    def count(self) -> int:
        return int(self.searcher.num_docs)

    def labelled(self, *, most: int) -> Labels:
        """`labels` as they are now."""
        words = self.searcher.terms_with_prefix("title", "", limit=_MOST_WORDS)
        return Labels(
            title_words=tuple(word for word, count in words if count >= _OFTEN and word.isalpha()),
            titles=self._values("shown", most),
            skills=self._values("skill", most),
            towns=self._values("town", most),
            wards=self._values("kelurahan", most),
        )

    def _values(self, name: str, most: int) -> tuple[tuple[str, int], ...]:
        answer: Any = self.searcher.aggregate(Query.all_query(), {"found": {"terms": {"field": name, "size": most}}})
        buckets: Sequence[Any] = answer["found"]["buckets"]
        return tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
