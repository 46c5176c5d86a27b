"""Around the search: suggestions while typing, similar vacancies, and the synonyms that officers edit."""

import asyncio
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from services.vacancy.api.context import Index, Key, VacancyReads
from services.vacancy.api.search_bodies import (
    SimilarVacancies,
    Suggestions,
    SuggestionView,
    SynonymGroup,
    SynonymInput,
    SynonymList,
)
from services.vacancy.search.officers import Row, SynonymGroups
from services.vacancy.search.query import SearchQuery
from services.vacancy.search.synonyms import built_in
from shared.auth import Anyone, Officer
from shared.routing import Router

MOST_SIMILAR = 6

router = Router(prefix="/api/v1", tags=["vacancies"])


async def _groups(request: Request) -> SynonymGroups:
    found: SynonymGroups = request.app.state.synonyms
    return found


Groups = Annotated[SynonymGroups, Depends(_groups)]


@router.get("/vacancies/suggestions")
async def suggest(
    caller: Anyone,
    index: Index,
    q: Annotated[str, Query(min_length=1, max_length=80, description="what was typed so far")],
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> Suggestions:
    """Trades, titles, places and skills that begin so; nearly so where few do."""
    found = await asyncio.to_thread(index.suggest, q, limit)
    return Suggestions(items=[SuggestionView(text=each.text, kind=each.kind, count=each.count) for each in found])


@router.get("/vacancies/{key}/similar")
async def similar_vacancies(
    caller: Anyone,
    views: VacancyReads,
    index: Index,
    key: Key,
    limit: Annotated[int, Query(ge=1, le=MOST_SIMILAR)] = MOST_SIMILAR,
) -> SimilarVacancies:
    """Open vacancies like this one, near its ward first among equals."""
    vacancy = await views.one(key, caller)
    title = vacancy.title.replace("-", " ").replace('"', " ")
    wanted = SearchQuery(q=title, limit=limit + 1, now=views.now())
    found = await asyncio.to_thread(index.search, wanted)
    ids = [id for id in found.ids if id != vacancy.id][:limit]
    return SimilarVacancies(items=await views.summaries(ids))


@router.get("/officer/synonyms", tags=["officers"])
async def list_synonyms(caller: Officer, groups: Groups) -> SynonymList:
    """The groups that officers added."""
    return SynonymList(items=[_shown(row) for row in await groups.all()], built_in=built_in())


@router.post("/officer/synonyms", status_code=201, tags=["officers"])
async def add_synonyms(caller: Officer, groups: Groups, body: SynonymInput, response: Response) -> SynonymGroup:
    """Add a group, or replace the one of the same canonical word (200). In use some seconds later."""
    row, new = await groups.put(body.canonical, body.variants, by=caller.account_id)
    if not new:
        response.status_code = 200
    return _shown(row)


@router.delete("/officer/synonyms/{id}", status_code=204, tags=["officers"])
async def remove_synonyms(caller: Officer, groups: Groups, id: Annotated[str, Path(max_length=40)]) -> None:
    """Take a group away."""
    await groups.remove(id)


def _shown(row: Row) -> SynonymGroup:
    return SynonymGroup(
        id=row["_id"], canonical=row["canonical"], variants=tuple(row["variants"]), created_at=row["created_at"]
    )
