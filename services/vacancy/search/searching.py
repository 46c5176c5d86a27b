"""One search against one state of the index: CPU only, no store, safe in any thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Occur, Order, Query, Schema, Searcher

from services.vacancy.search.filters import FACETS, Clauses, above, always, below, chosen
from services.vacancy.search.matching import STRICT, levels, matching
from services.vacancy.search.paging import DEEPEST, Place, next_cursor, place_of
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.search.synonyms import Concept, Synonyms
from services.vacancy.search.typos import corrected
from services.vacancy.search.words import words
from shared.cursors import BadCursor

MOST_WORDS = 12  # of a text; the others are not looked at
MOST_VALUES = 100  # of a facet
NEAR = 20  # how far by relevance the last vacancy seen may have moved
_SORT_KEYS = {
    "newest": ("by_newest", Order.Desc),
    "wage": ("by_wage", Order.Desc),
    "deadline": ("by_deadline", Order.Asc),
}
_FIELDS_KNOWN = ("facts", "place", "employer", "text")


@dataclass(frozen=True)
class Snapshot:
    """The index as it was at one commit."""

    schema: Schema
    searcher: Searcher

    def known(self, term: str) -> int:
        """How well the vacancies know a term: one in a title counts most."""
        counts = [self.searcher.doc_freq(field, term) for field in _FIELDS_KNOWN]
        return self.searcher.doc_freq("title", term) * 5 + sum(counts)


def search(query: SearchQuery, snapshot: Snapshot, synonyms: Synonyms) -> SearchResult:
    place = place_of(query)
    concepts = _concepts(query.q or "", snapshot, synonyms)
    level = place.level if place else _level(concepts, query, snapshot)
    text = matching(concepts, level=level, schema=snapshot.schema, searcher=snapshot.searcher) if concepts else None
    base = [*always(query, snapshot.schema), *([(Occur.Must, text)] if text else [])]
    narrowed = chosen(query, snapshot.schema)
    total, facets = _counts(base, narrowed, snapshot.searcher)
    whole = [*base, *((Occur.Must, part) for part in narrowed.values())]
    if query.sort == "relevance" and text:
        ids, following = _by_relevance(whole, query, level, place, snapshot)
    else:
        ids, following = _by_key(whole, query, level, place, snapshot)
    cursor = next_cursor(query, following) if following else None
    return SearchResult(ids=ids, next=cursor, facets=facets, total=total, relaxed=level > 1)


def _concepts(text: str, snapshot: Snapshot, synonyms: Synonyms) -> list[Concept]:
    def known(term: str) -> int:
        return snapshot.known(term) + (term in synonyms.words)

    typed = [term for word in words(text)[:MOST_WORDS] for term in corrected(word, known)]
    return synonyms.concepts(typed)


def _level(concepts: Sequence[Concept], query: SearchQuery, snapshot: Snapshot) -> int:
    """The strictest level at which anything is found, whatever facet is chosen: choosing a facet narrows a result
    and never changes what its words mean."""
    if not concepts:
        return STRICT
    base = always(query, snapshot.schema)
    for level in levels(concepts):
        text = matching(concepts, level=level, schema=snapshot.schema, searcher=snapshot.searcher)
        found = snapshot.searcher.search(Query.boolean_query([*base, (Occur.Must, text)]), limit=1, count=False)
        if found.hits:
            return level
    return STRICT


def _counts(
    base: Clauses, narrowed: dict[str, Query], searcher: Searcher
) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """The total, and each facet's counts as they would be without its own filter."""
    whole = _count(base, narrowed, searcher)
    facets: dict[str, list[tuple[str, int]]] = {}
    for name in FACETS:
        others = {other: part for other, part in narrowed.items() if other != name}
        answer = _count(base, others, searcher) if name in narrowed else whole
        buckets = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"])
        facets[name] = sorted(buckets, key=lambda row: (-row[1], row[0]))
    return int(whole["total"]["value"]), facets


def _count(base: Clauses, narrowed: dict[str, Query], searcher: Searcher) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS}
    wanted["total"] = {"value_count": {"field": "closes"}}
    clauses = [*base, *((Occur.Must, part) for part in narrowed.values())]
    return dict(searcher.aggregate(Query.boolean_query(clauses), wanted))


def _by_key(
    clauses: Clauses, query: SearchQuery, level: int, place: Place | None, snapshot: Snapshot
) -> tuple[list[str], Place | None]:
    field, order = _SORT_KEYS["newest" if query.sort == "relevance" else query.sort]
    if place:
        after = below if order == Order.Desc else above
        clauses = [*clauses, (Occur.Must, after(snapshot.schema, field, place.at))]
    hits = snapshot.searcher.search(
        Query.boolean_query(clauses), limit=query.limit + 1, count=False, order_by_field=field, order=order
    ).hits
    shown = hits[: query.limit]
    following = Place(level=level, at=int(shown[-1][0]), last="") if len(hits) > len(shown) else None
    return [_id(snapshot, address) for _, address in shown], following


def _by_relevance(
    clauses: Clauses, query: SearchQuery, level: int, place: Place | None, snapshot: Snapshot
) -> tuple[list[str], Place | None]:
    depth = place.at if place else 0
    if depth > DEEPEST:
        raise BadCursor
    start = max(depth - NEAR, 0) if place else 0
    hits = snapshot.searcher.search(
        Query.boolean_query(clauses),
        limit=depth - start + query.limit + NEAR + 1,
        count=False,
        offset=start,
        weight_by_field="weight",
    ).hits
    ids = [_id(snapshot, address) for _, address in hits]
    begin = ids.index(place.last) + 1 if place and place.last in ids else depth - start
    shown = ids[begin : begin + query.limit]
    reached = start + begin + len(shown)
    more = len(ids) > begin + len(shown) and reached < DEEPEST
    return shown, Place(level=level, at=reached, last=shown[-1]) if more and shown else None


def _id(snapshot: Snapshot, address: Any) -> str:
    return str(snapshot.searcher.doc(address)["id"][0])
