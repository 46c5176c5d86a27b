"""What can be asked of the search and what it answers: the seam between the API and the index."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from services.vacancy.search.understanding import Understood

Sort = Literal["relevance", "newest", "wage", "deadline", "distance"]
HoursMark = Literal["school", "no_night", "flexible"]
Schooling = Literal["none", "sd", "smp", "sma", "d1", "d3", "s1", "s2"]
# What somebody has learned, as in `derived.schooling`.
EDUCATION: dict[str, int] = {"none": 0, "sd": 1, "smp": 2, "sma": 3, "d1": 4, "d3": 5, "s1": 6, "s2": 7}
FACETS = ("kelurahan", "kind", "bidang", "workplace", "hours", "education", "may_bring_child")


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """One search. Several `kelurahan`, `kind`, `bidang` or `workplace` mean any of them, several `hours` all; `now`
    decides what is still open; `near` is a ward's code."""

    q: str | None = None
    kelurahan: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bidang: tuple[str, ...] = ()  # major groups of KBJI
    workplace: tuple[str, ...] = ()
    hours: tuple[HoursMark, ...] = ()
    education: Schooling | None = None
    may_bring_child: bool = False
    wage_min: int | None = None  # rupiah per month
    published_since: date | None = None  # from the beginning of that day, WIB
    near: str | None = None
    within_km: float | None = None
    sort: Sort = "relevance"
    limit: int = 20
    cursor: str | None = None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """A page of vacancy ids. Each facet counts the whole result as it would be without its own filter, but `hours`,
    of which all chosen ones hold: it counts what choosing one more would leave."""

    ids: list[str]
    next: str | None
    facets: dict[str, list[tuple[str, int]]]  # by name in FACETS: (value, vacancies)
    total: int
    exact: int = 0  # how many have everything that was asked
    relaxed: bool = False  # nothing has all the words: these have most of them
    repeats: dict[str, int] = field(default_factory=dict)  # same adverts that are folded behind an id
    understood: Understood = field(default_factory=Understood)
    centre: str | None = None  # the ward that distances count from
