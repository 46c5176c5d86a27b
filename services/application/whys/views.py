"""Reasons of the last year, for officers by vacancy, field or kelurahan, for an employer of its own vacancy."""

from datetime import timedelta
from typing import get_args

from services.application.store import ApplicationStore
from services.application.whys.counting import By, Said, WhyGroups, count, week_of
from shared import clock
from shared.callers import Caller
from shared.contracts.application import Why
from shared.errors import NotFound
from shared.mongo import Document, ensure_indexes

LOOKS_BACK, MOST = timedelta(days=365), 20_000
INDEX = {"whys": {"keys": [("why", 1), ("updated_at", 1)]}}
_FIELDS = {"seeker_id": 1, "why": 1, "vacancy": 1}


class WhyViews:
    def __init__(self, store: ApplicationStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._now = store, now

    async def prepare(self) -> None:
        await ensure_indexes(self._store.applications, INDEX)

    async def all(self, by: By) -> WhyGroups:
        return await self._counted(by, {})

    async def of_vacancy(self, vacancy_id: str, *, caller: Caller) -> WhyGroups:
        owner = caller.account_id if caller.role == "employer" else None
        if await self._store.vacancy(vacancy_id, owner_id=owner) is None:
            raise NotFound
        return await self._counted("vacancy", {"vacancy.id": vacancy_id})

    async def _counted(self, by: By, only: Document) -> WhyGroups:
        until = week_of(self._now())
        wanted: Document = {"why": {"$in": list(get_args(Why))}, **only}
        wanted["updated_at"] = {"$gte": until - LOOKS_BACK, "$lt": until}
        found = self._store.applications.find(wanted, _FIELDS).limit(MOST)
        said = [one async for row in found if (one := _said(row, by))]
        return WhyGroups(as_of=until, items=count(said))


def _said(row: Document, by: By) -> Said | None:
    vacancy = row["vacancy"]
    occupation = vacancy.get("occupation")
    group, label = {
        "vacancy": (vacancy["id"], vacancy["title"]),
        "field": ((occupation["code"][:1], occupation["code"][:1]) if occupation else (None, "")),
        "ward": (vacancy.get("kelurahan_code"), vacancy.get("kelurahan_code") or ""),
    }[by]
    return Said(row["seeker_id"], row["why"], group, label) if group else None
