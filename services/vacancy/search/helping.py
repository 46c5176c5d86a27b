"""What to try when little or nothing was found: another spelling, a wider circle, fewer filters, a similar trade."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.search.synonyms import Synonyms

LITTLE = 3  # with more exact results nobody needs help, but for the spelling
MOST = 6
_WIDER_KM = (2.0, 3.0, 6.0, 12.0)
_FILTERS: dict[str, str] = {
    "kelurahan": "kelurahan",
    "kind": "jenis pekerjaan",
    "workplace": "tempat kerja",
    "hours": "jam kerja",
    "education": "pendidikan",
    "may_bring_child": "membawa anak",
    "wage_min": "upah",
    "published_since": "tanggal tayang",
}
_EMPTY: dict[str, Any] = {"education": None, "wage_min": None, "published_since": None, "may_bring_child": False}

Search = Callable[[SearchQuery], SearchResult]


@dataclass(frozen=True)
class Help:
    """`text` for people, `query` for the address of the search that it means."""

    kind: Literal["spelling", "wider", "without_filter", "similar"]
    text: str
    query: str


def helps(query: SearchQuery, result: SearchResult, search: Search, synonyms: Synonyms) -> list[Help]:
    found: list[Help] = []
    if spelling := result.understood.spelling:
        found.append(Help("spelling", f"Menampilkan hasil untuk “{spelling}”.", address(replace(query, q=spelling))))
    if query.cursor is None and min(result.total, result.exact) < LITTLE:
        found += _wider(query, result, search)
        found += _without(query, result, search)
        found += _similar(query, result, synonyms, search)
    return found[:MOST]


def address(query: SearchQuery) -> str:
    """The filters of `query` as they stand behind the question mark; without the page."""
    asked: list[tuple[str, str]] = [("q", query.q)] if query.q else []
    for name in ("kelurahan", "kind", "bidang", "workplace", "hours"):
        asked += [(name, value) for value in getattr(query, name)]
    for name in ("education", "wage_min", "published_since", "near", "within_km"):
        if (value := getattr(query, name)) is not None:
            asked.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
    if query.may_bring_child:
        asked.append(("may_bring_child", "true"))
    if query.sort != "relevance":
        asked.append(("sort", query.sort))
    return urlencode(asked)


def _wider(query: SearchQuery, result: SearchResult, search: Search) -> Iterator[Help]:
    near, reached = query.near, query.within_km
    if reached is None:
        if len(query.kelurahan) != 1:
            return
        near, reached = query.kelurahan[0], 0.0
    for km in _WIDER_KM:
        wider = replace(query, kelurahan=(), near=near, within_km=km)
        if km > reached and (count := _count(wider, search)) > result.total:
            yield Help("wider", f"{count} lowongan sampai {km:g} km dari sana.", address(wider))
            return


def _without(query: SearchQuery, result: SearchResult, search: Search) -> Iterator[Help]:
    for name, said in _FILTERS.items():
        if getattr(query, name):
            looser = replace(query, **{name: _EMPTY.get(name, ())})
            if (count := _count(looser, search)) > result.total:
                yield Help("without_filter", f"{count} lowongan tanpa saringan {said}.", address(looser))


def _similar(query: SearchQuery, result: SearchResult, synonyms: Synonyms, search: Search) -> Iterator[Help]:
    """Trades of the same family that have vacancies."""
    concepts = result.understood.concepts
    names = dict.fromkeys(name for concept in concepts for name in synonyms.family(concept))
    for name in list(names)[:4]:
        other = replace(query, q=name)
        if count := _count(other, search):
            yield Help("similar", f"{count} lowongan {name}.", address(other))


def _count(query: SearchQuery, search: Search) -> int:
    return search(replace(query, limit=1, cursor=None)).exact
