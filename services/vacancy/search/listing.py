"""The page of results: in the order that was asked for, repeated adverts folded, and where the next page begins."""

from collections.abc import Callable, Sequence
from typing import Any

from tantivy import Occur, Order, Query

from services.vacancy.search.filters import Clauses, above, below, either
from services.vacancy.search.paging import DEEPEST, Place
from services.vacancy.search.query import SearchQuery
from services.vacancy.search.snapshot import Snapshot
from services.vacancy.search.understanding import Understood
from shared.cursors import BadCursor
from shared.reference.distance import by_distance

NEAR = 20  # how far by relevance the last vacancy seen may have moved
_FARTHER = 1.5  # times that the next nearer ward scores by
_SORT_KEYS = {
    "newest": ("by_newest", Order.Desc),
    "wage": ("by_wage", Order.Desc),
    "deadline": ("by_deadline", Order.Asc),
}


def listed(
    clauses: Clauses, query: SearchQuery, asked: Understood, level: int, place: Place | None, snapshot: Snapshot
) -> tuple[list[str], dict[str, int], Place | None]:
    if query.sort == "distance" and query.near:
        points = _by_distance(query.near, snapshot)
        text = [(occur, Query.const_score_query(part, 0.0)) for occur, part in clauses]
        return _by_relevance([*text, *points], query, level, place, snapshot)
    if query.sort in ("relevance", "distance") and asked.says_something:
        return _by_relevance(clauses, query, level, place, snapshot)
    return _by_key(clauses, query, level, place, snapshot)


def _by_distance(near: str, snapshot: Snapshot) -> Clauses:
    """So many points for each ward that youth, which multiplies them, decides only inside one."""
    wards = by_distance(near)
    return [
        (Occur.Should, Query.const_score_query(either(snapshot.schema, "kelurahan", [code]), _FARTHER ** (29 - rank)))
        for rank, (code, _) in enumerate(wards)
    ] + [(Occur.Should, Query.const_score_query(Query.all_query(), 1.0))]


def _by_key(
    clauses: Clauses, query: SearchQuery, level: int, place: Place | None, snapshot: Snapshot
) -> tuple[list[str], dict[str, int], Place | None]:
    name, order = _SORT_KEYS.get(query.sort, _SORT_KEYS["newest"])
    if place:
        after: Callable[..., Query] = below if order == Order.Desc else above
        clauses = [*clauses, (Occur.Must, after(snapshot.schema, name, place.at))]
    hits = snapshot.searcher.search(
        Query.boolean_query(clauses), limit=query.limit + 1, count=False, order_by_field=name, order=order
    ).hits
    shown = hits[: query.limit]
    following = Place(level=level, at=int(shown[-1][0]), last="") if len(hits) > len(shown) else None
    ids, repeats = _folded([address for _, address in shown], snapshot)
    return ids, repeats, following


def _by_relevance(
    clauses: Clauses, query: SearchQuery, level: int, place: Place | None, snapshot: Snapshot
) -> tuple[list[str], dict[str, int], Place | None]:
    depth = place.at if place else 0
    if depth > DEEPEST:
        raise BadCursor
    start = max(depth - NEAR, 0) if place else 0
    hits = snapshot.searcher.search(
        Query.boolean_query(clauses),
        limit=depth - start + 2 * query.limit + NEAR + 1,
        count=False,
        offset=start,
        weight_by_field="weight",
    ).hits
    addresses = [address for _, address in hits]
    seen = [_id(snapshot, address) for address in addresses[: depth - start + NEAR]] if place else []
    begin = seen.index(place.last) + 1 if place and place.last in seen else depth - start
    taken = _fill(addresses[begin:], query.limit, snapshot)
    ids, repeats = _folded(addresses[begin : begin + taken], snapshot)
    reached = start + begin + taken
    more = len(hits) > begin + taken and reached < DEEPEST
    last = _id(snapshot, addresses[begin + taken - 1]) if taken else ""
    return ids, repeats, Place(level=level, at=reached, last=last) if more and taken else None


def _fill(addresses: Sequence[Any], limit: int, snapshot: Snapshot) -> int:
    """How many of `addresses` it takes for `limit` different adverts, those that repeat them included."""
    seen: set[float | None] = set()
    for at, same in enumerate(snapshot.searcher.fast_field_values("same", list(addresses))):
        if same not in seen and len(seen) == limit:
            return at
        seen.add(same)
    return len(addresses)


def _folded(addresses: Sequence[Any], snapshot: Snapshot) -> tuple[list[str], dict[str, int]]:
    """Ids of different adverts, and how many of the others repeat each."""
    first: dict[float | None, str] = {}
    repeats: dict[str, int] = {}
    for address, same in zip(addresses, snapshot.searcher.fast_field_values("same", list(addresses)), strict=True):
        if same in first:
            repeats[first[same]] = repeats.get(first[same], 0) + 1
        else:
            first[same] = _id(snapshot, address)
    return list(first.values()), repeats


def _id(snapshot: Snapshot, address: Any) -> str:
    return str(snapshot.searcher.doc(address)["id"][0])
