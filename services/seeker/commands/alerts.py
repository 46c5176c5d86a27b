"""Looks at the saved searches that are due, and tells what appeared since the last look."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from services.seeker.domain import searches as domain
from services.seeker.domain.searches import SavedSearch
from services.seeker.domain.vacancies import KnownVacancy
from services.seeker.stopping import StopTokens
from services.seeker.store import SeekerStore
from services.seeker.store.saved import SavedStore
from services.seeker.store.searches import SearchStore
from shared import clock
from shared.claims import Claim

BATCH, SIDE_BY_SIDE = 100, 16
LOOK_AHEAD = 5_000  # searches of one round; the next is a minute away
# What we heard of is in the store by then, by every worker's clock: no vacancy comes in behind a look.
SETTLED = timedelta(minutes=1)
Heard = Sequence[tuple[datetime, KnownVacancy]]


class Alerts:
    """By the time at which a publication was heard of here, not by its own: that one may come late, and would be
    behind the look that should have found it."""

    def __init__(
        self,
        searches: SearchStore,
        saved: SavedStore,
        profiles: SeekerStore,
        *,
        tokens: StopTokens,
        now: clock.Clock = clock.now,
    ) -> None:
        self._searches, self._saved, self._profiles, self._tokens, self._now = searches, saved, profiles, tokens, now

    async def look(self) -> int:
        """One round over everything that is due; returns to how many people there was something to tell."""
        told = 0
        ids = await self._searches.claims.due(LOOK_AHEAD)
        for start in range(0, len(ids), BATCH):
            claim = await self._searches.claims.hold(ids[start : start + BATCH])
            told += await self._look(claim)
        await self._searches.purge()
        return told

    async def _look(self, claim: Claim) -> int:
        at = self._now()
        held = [search for row in claim.documents if (search := await self._due(row, claim, at))]
        if not held:
            return 0
        until = at - SETTLED
        heard = await self._saved.heard_of(after=min(search.seen_until for search in held), until=until)
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(search: SavedSearch) -> bool:
            async with gate:
                return await self._tell(search, heard, at=at, until=until, claim=claim)

        return sum(await asyncio.gather(*(one(search) for search in held)))

    async def _due(self, row: dict[str, object], claim: Claim, at: datetime) -> SavedSearch | None:
        """The search; none where the person was erased or took the consent back, or where by our
        clock it is not time yet."""
        search = await self._searches.read(row)
        if search is None:
            await self._searches.drop(str(row["_id"]))
        elif await self._profiles.ended(search.seeker_id, "job_alerts"):
            await self._searches.stop(search.id)
        elif search.due_at is not None and search.due_at > at:
            await self._searches.put_back(search.id, claim=claim, due_at=search.due_at)
        else:
            return search
        return None

    async def _tell(self, search: SavedSearch, heard: Heard, *, at: datetime, until: datetime, claim: Claim) -> bool:
        fresh = [
            vacancy for when, vacancy in heard if when > search.seen_until and vacancy.state_at(at) == "published"
        ]
        after, events = domain.look(search, fresh, at=at, until=until, token=self._tokens.make(search.id))
        return await self._searches.looked(search, after, events, claim=claim) and bool(events)
