"""How many results there are, and how many each choice of a filter would leave."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from tantivy import Occur, Query, Searcher

from services.vacancy.search.derived import UNKNOWN_SCHOOLING
from services.vacancy.search.filters import Clauses
from services.vacancy.search.query import EDUCATION, FACETS, HoursMark

MOST_VALUES = 100  # of a facet
_HOURS = get_args(HoursMark)
_FIELDS = {"hours": "mark", "may_bring_child": "mark", "education": "schooling"}

Facets = dict[str, list[tuple[str, int]]]


def counts(base: Clauses, narrowed: Mapping[str, Query], searcher: Searcher) -> tuple[int, Facets]:
    """The total, and each facet's counts as they would be without its own filter."""
    whole = _count(base, narrowed, FACETS, searcher)
    facets: Facets = {}
    for name in FACETS:
        answer = whole
        if name in narrowed and name != "hours":
            others = {other: part for other, part in narrowed.items() if other != name}
            answer = _count(base, others, (name,), searcher)
        facets[name] = _values(name, answer[_FIELDS.get(name, name)]["buckets"])
    return int(whole["total"]["value"]), facets


def _count(base: Clauses, narrowed: Mapping[str, Query], names: Sequence[str], searcher: Searcher) -> dict[str, Any]:
    fields = {_FIELDS.get(name, name) for name in names}
    wanted: dict[str, Any] = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in fields}
    wanted["total"] = {"value_count": {"field": "closes"}}
    clauses = [*base, *((Occur.Must, part) for part in narrowed.values())]
    return dict(searcher.aggregate(Query.boolean_query(clauses), wanted))


def _values(name: str, buckets: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    counted = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
    if name == "education":
        levels = {int(float(key)): count for key, count in counted.items()}
        upto = {word: sum(n for at, n in levels.items() if at <= level) for word, level in EDUCATION.items()}
        return [(word, count) for word, count in upto.items() if count]
    if name == "hours":
        counted = {mark: count for mark, count in counted.items() if mark in _HOURS}
    if name == "may_bring_child":
        counted = {"true": counted["child"]} if "child" in counted else {}
    return sorted(counted.items(), key=lambda row: (-row[1], row[0]))


assert max(EDUCATION.values()) < UNKNOWN_SCHOOLING  # what says nothing of schooling is never counted
