"""The route of the public search: ids from the index, what is shown from the store."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.vacancy.api.context import Index, VacancyReads, link_next
from services.vacancy.search.query import SearchQuery, SearchResult, Sort
from services.vacancy.views.models import Facets, FacetValue, SearchPage
from shared.auth import Anyone
from shared.contracts.vacancy import Kind
from shared.pages import Cursor, Limit

router = APIRouter(prefix="/api/v1", tags=["vacancies"])

Words = Annotated[str | None, Query(max_length=200, description="words; synonyms and other forms count")]
Wards = Annotated[
    tuple[Annotated[str, Query(max_length=13)], ...], Query(max_length=30, description="ward codes; any of them")
]
Kinds = Annotated[tuple[Kind, ...], Query(max_length=10, description="any of them")]


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
    wage_min: Annotated[int | None, Query(ge=0, le=1_000_000_000, description="rupiah")] = None,
    published_since: Annotated[date | None, Query(description="day in WIB")] = None,
    sort: Sort = "relevance",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchPage:
    """Open vacancies."""
    query = SearchQuery(
        q=q,
        kelurahan=kelurahan,
        kind=kind,
        wage_min=wage_min,
        published_since=published_since,
        sort=sort,
        limit=limit,
        cursor=cursor,
        now=views.now(),
    )
    found = await asyncio.to_thread(index.search, query)
    link_next(request, response, found.next)
    items = await views.summaries(found.ids)
    return SearchPage(items=items, next=found.next, facets=_facets(found), total=found.total, relaxed=found.relaxed)


def _facets(found: SearchResult) -> Facets:
    counted = {
        name: [FacetValue(value=value, count=count) for value, count in found.facets.get(name, [])]
        for name in ("kelurahan", "kind")
    }
    return Facets(kelurahan=counted["kelurahan"], kind=counted["kind"])
