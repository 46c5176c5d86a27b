"""Where the next page begins. By a sort key the place is exact, whatever happens in between; by relevance it is a
depth and the last vacancy seen, which is looked for again near that depth because scores move with the index."""

import hashlib
from dataclasses import dataclass

from services.vacancy.search.query import SearchQuery
from shared.cursors import BadCursor, decode_cursor, encode_cursor

DEEPEST = 10_000  # by relevance nobody pages further; a crawler sorts by newest


@dataclass(frozen=True)
class Place:
    """`at` is a sort key or a depth; `level` is how strictly the text was matched."""

    level: int
    at: int
    last: str


def next_cursor(query: SearchQuery, place: Place) -> str:
    return encode_cursor(_of(query), place.level, place.at, place.last)


def place_of(query: SearchQuery) -> Place | None:
    """The place inside the query's cursor; raises `BadCursor` for one of another search."""
    if query.cursor is None:
        return None
    of, level, at, last = decode_cursor(query.cursor, length=4)
    if of != _of(query) or type(level) is not int or type(at) is not int or not isinstance(last, str):
        raise BadCursor
    if not (0 <= level <= 5 and 0 <= at < 2**64):
        raise BadCursor
    return Place(level=level, at=at, last=last)


def _of(query: SearchQuery) -> str:
    """What a cursor belongs to: the same words, filters and order."""
    chosen = (sorted(values) for values in (query.kelurahan, query.kind, query.bidang, query.workplace, query.hours))
    others = (query.education, query.may_bring_child, query.near, query.within_km)
    asked = (query.q, *chosen, *others, query.wage_min, query.published_since, query.sort)
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:10]
