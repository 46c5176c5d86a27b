"""The route of the public search: ids from the index, what is shown from the store."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from services.vacancy.api.context import Index, VacancyReads, link_next
from services.vacancy.api.search_bodies import (
    FoundVacancy,
    HelpItem,
    SearchAnswer,
    SearchFacets,
    UnderstoodPart,
)
from services.vacancy.search.query import HoursMark, Schooling, SearchQuery, SearchResult, Sort
from services.vacancy.views.models import FacetValue, VacancySummary
from shared.auth import Anyone
from shared.contracts.vacancy import Kind, Workplace
from shared.errors import FieldError, InvalidInput
from shared.pages import Cursor, Limit
from shared.reference.distance import kilometres
from shared.reference.tables import kelurahan as wards
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])

_WORDS = 'words; synonyms, other forms, places, schooling, hours and pay are understood; "phrase", -without'
_HOURS = "all of them: inside school hours, never at night, flexible"
Field = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
Words = Annotated[str | None, Query(max_length=200, description=_WORDS)]
Wards = Annotated[
    tuple[Annotated[str, Query(max_length=13)], ...], Query(max_length=30, description="ward codes; any of them")
]
Kinds = Annotated[tuple[Kind, ...], Query(max_length=10, description="any of them")]
Fields = Annotated[tuple[Field, ...], Query(max_length=10, description="major groups of KBJI 2014; any of them")]
Workplaces = Annotated[tuple[Workplace, ...], Query(max_length=5, description="any of them")]
Hours = Annotated[tuple[HoursMark, ...], Query(max_length=3, description=_HOURS)]
Has = Annotated[Schooling | None, Query(description="what the seeker has: vacancies that ask for no more")]
Near = Annotated[str | None, Query(max_length=13, description="ward code that distances count from")]
Within = Annotated[float | None, Query(ge=0.1, le=50, description="kilometres from `near`")]


@router.get("/vacancies")
async def search_vacancies(
    request: Request,
    response: Response,
    caller: Anyone,
    views: VacancyReads,
    index: Index,
    q: Words = None,
    kelurahan: Wards = (),
    kind: Kinds = (),
    bidang: Fields = (),
    workplace: Workplaces = (),
    hours: Hours = (),
    education: Has = None,
    may_bring_child: Annotated[bool, Query(description="only those where a child may come along")] = False,
    wage_min: Annotated[int | None, Query(ge=0, le=1_000_000_000, description="rupiah")] = None,
    published_since: Annotated[date | None, Query(description="day in WIB")] = None,
    near: Near = None,
    within_km: Within = None,
    sort: Annotated[Sort, Query(description="`distance` needs `near`")] = "relevance",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchAnswer:
    """Open vacancies."""
    _check(near, within_km, sort)
    query = SearchQuery(
        q=q,
        kelurahan=kelurahan,
        kind=kind,
        bidang=bidang,
        workplace=workplace,
        hours=hours,
        education=education,
        may_bring_child=may_bring_child,
        wage_min=wage_min,
        published_since=published_since,
        near=near,
        within_km=within_km,
        sort=sort,
        limit=limit,
        cursor=cursor,
        now=views.now(),
    )
    found, help = await asyncio.to_thread(index.answer, query)
    link_next(request, response, found.next)
    return SearchAnswer(
        items=[_item(row, found) for row in await views.summaries(found.ids)],
        next=found.next,
        facets=SearchFacets(**{name: _values(values) for name, values in found.facets.items()}),
        total=found.total,
        relaxed=found.relaxed,
        exact=found.exact,
        understood=list(_understood(found)),
        help=[HelpItem(kind=each.kind, text=each.text, query=each.query) for each in help],
    )


def _check(near: str | None, within_km: float | None, sort: Sort) -> None:
    if near is not None and near not in wards():
        raise InvalidInput(errors=[FieldError(pointer="/near", detail="Kode kelurahan ini tidak dikenal.")])
    if near is None and (within_km is not None or sort == "distance"):
        raise InvalidInput(errors=[FieldError(pointer="/near", detail="Sebutkan dulu kelurahan asalnya.")])


def _item(row: VacancySummary, found: SearchResult) -> FoundVacancy:
    code, centre = row.kelurahan_code, found.centre
    known = code is not None and centre is not None and code in wards()
    distance = kilometres(centre, code) if known and centre and code else None
    return FoundVacancy(**dict(row), repeats=found.repeats.get(row.id, 0), distance_km=distance)


def _values(values: Sequence[tuple[str, int]]) -> list[FacetValue]:
    return [FacetValue(value=value, count=count) for value, count in values]


def _understood(found: SearchResult) -> Iterator[UnderstoodPart]:
    asked = found.understood
    yield from (UnderstoodPart(kind="place", text=place.name) for place in asked.places)
    yield from (UnderstoodPart(kind=wish.kind, text=wish.text) for wish in asked.wishes)
    yield from (UnderstoodPart(kind="without", text=f"tanpa {' '.join(each.own)}") for each in asked.without)
