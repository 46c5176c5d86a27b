"""What can be asked of the search and what it answers: the seam between the API and the index."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sort = Literal["relevance", "newest", "wage", "deadline"]


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """One search. Several `kelurahan` or `kind` mean any of them; `now` decides what is still open."""

    q: str | None = None
    kelurahan: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    wage_min: int | None = None  # rupiah per month
    published_since: date | None = None  # from the beginning of that day, WIB
    sort: Sort = "relevance"
    limit: int = 20
    cursor: str | None = None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """A page of vacancy ids. Each facet counts the whole result as it would be without its own filter."""

    ids: list[str]
    next: str | None
    facets: dict[str, list[tuple[str, int]]]  # "kelurahan" and "kind": (value, vacancies), most first
    total: int
    relaxed: bool = False  # nothing has all the words: these have most of them
