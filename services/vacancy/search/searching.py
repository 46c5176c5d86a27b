"""One search against one state of the index: CPU only, no store, safe in any thread."""

from collections.abc import Mapping
from typing import Any

from tantivy import Occur, Query

from services.vacancy.search.counting import counts
from services.vacancy.search.filters import Clauses, always, chosen
from services.vacancy.search.listing import listed
from services.vacancy.search.matching import ANY, MOST, RELATED, STRICT, WISHED, matching
from services.vacancy.search.paging import next_cursor, place_of
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.search.snapshot import Snapshot
from services.vacancy.search.synonyms import Synonyms
from services.vacancy.search.typos import Dictionary
from services.vacancy.search.understanding import Understood, understand

ENOUGH = 10  # with fewer exact answers those that have nearly all follow


def search(query: SearchQuery, snapshot: Snapshot, synonyms: Synonyms) -> SearchResult:
    place = place_of(query)
    asked = understood(query.q or "", snapshot, synonyms)
    level = place.level if place else _level(asked, query, snapshot)
    narrowed = chosen(query, snapshot.schema)
    base = _base(query, asked, level, snapshot)
    total, facets = counts(base, narrowed, snapshot.searcher)
    whole = [*base, *((Occur.Must, part) for part in narrowed.values())]
    ids, repeats, following = listed(whole, query, asked, level, place, snapshot)
    return SearchResult(
        ids=ids,
        next=next_cursor(query, following) if following else None,
        facets=facets,
        total=total,
        exact=_exact(query, asked, level, narrowed, total, snapshot),
        relaxed=level >= WISHED,
        repeats=repeats,
        understood=asked,
        centre=query.near or next((where.centre for where in asked.places if where.centre), None),
    )


def understood(text: str, snapshot: Snapshot, synonyms: Synonyms) -> Understood:
    def known(found: str) -> int:
        return snapshot.known(found) if found else 1  # a stop word is a word

    return understand(
        text,
        synonyms=synonyms,
        dictionary=_dictionary(snapshot, synonyms),
        known=known,
        is_place=lambda found: snapshot.is_place(found) and found not in synonyms.words,
    )


def _dictionary(snapshot: Snapshot, synonyms: Synonyms) -> Dictionary:
    return synonyms.dictionary(snapshot.labels.title_words)


def _base(query: SearchQuery, asked: Understood, level: int, snapshot: Snapshot, named: bool = False) -> Clauses:
    clauses = always(query, snapshot.schema)
    if asked.says_something:
        text = matching(asked, level=level, schema=snapshot.schema, searcher=snapshot.searcher, named=named)
        clauses.append((Occur.Must, text))
    return clauses


def _level(asked: Understood, query: SearchQuery, snapshot: Snapshot) -> int:
    """The strictest level that finds enough, whatever facet is chosen: choosing a facet narrows a result and never
    changes what its words mean. In an order of its own a list is not padded with what is only near.

    Only vacancies that name the trade are enough: "admin dari rumah" should rather show an admin who is not at home
    than any work at home whose text speaks of an admin."""
    if not asked.says_something:
        return STRICT
    enough = ENOUGH if query.sort == "relevance" else 1
    conditions = len(asked.wishes) + len(asked.places) + len(asked.phrases)
    conditions += any(concept.everywhere for concept in asked.concepts)
    related = any(concept.related for concept in asked.concepts)
    levels = [level for level in range(ANY + 1) if _differs(level, len(asked.concepts), conditions, related)]
    named = query.sort == "relevance"
    found = _widening(levels, enough, named, query, asked, snapshot)
    return found if found is not None else _widening(levels, enough, False, query, asked, snapshot) or STRICT


def _widening(
    levels: list[int], enough: int, named: bool, query: SearchQuery, asked: Understood, snapshot: Snapshot
) -> int | None:
    """The first level with enough, else the one with most; None where no level has any."""
    best, most = None, 0
    for level in levels:
        if level == ANY and most:
            break
        clauses = _base(query, asked, level, snapshot, named)
        found = len(snapshot.searcher.search(Query.boolean_query(clauses), limit=enough, count=False).hits)
        if found > most:
            best, most = level, found
        if found >= enough:
            break
    return best


def _differs(level: int, concepts: int, conditions: int, related: bool) -> bool:
    """Whether this level can find more than the ones before it."""
    if level in (WISHED, RELATED):
        return conditions > 0 if level == WISHED else related
    return level == STRICT or concepts > {MOST: 1, ANY: 2}.get(level, 0)


def _exact(
    query: SearchQuery, asked: Understood, level: int, narrowed: Mapping[str, Query], total: int, snapshot: Snapshot
) -> int:
    if level < WISHED:
        return total
    clauses = [*_base(query, asked, STRICT, snapshot), *((Occur.Must, part) for part in narrowed.values())]
    found: Any = snapshot.searcher.search(Query.boolean_query(clauses), limit=1, count=True)
    return int(found.count)
