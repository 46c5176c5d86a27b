"""The only writer of consents. What needs one asks for it at the moment of use, so a withdrawal acts at once."""

from collections.abc import Iterable
from datetime import datetime

from services.seeker.domain import Seeker
from services.seeker.domain.consenting import agrees, give, withdraw
from services.seeker.domain.consents import TEXTS, standing
from services.seeker.store import Overtaken, SeekerStore
from services.seeker.store.searches import SearchStore
from shared import clock
from shared.contracts.seeker import ConsentKind
from shared.errors import NotFound, TextChanged, Unavailable

TRIES = 5  # of two writers at once one is second, and reads again


class ConsentCommands:
    def __init__(self, store: SeekerStore, searches: SearchStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._searches, self._now = store, searches, now

    async def give(self, seeker_id: str, kind: ConsentKind, *, text_version: str) -> Seeker:
        """`text_version` is what the person read; raises `TextChanged` where other words are in force."""
        if text_version != TEXTS[kind].version:
            raise TextChanged
        return await self._decide(seeker_id, kind, yes=True)

    async def withdraw(self, seeker_id: str, kind: ConsentKind) -> Seeker:
        made = await self._decide(seeker_id, kind, yes=False)
        if kind == "job_alerts":  # they are refused at use as well; so they also look stopped at once
            for search in await self._searches.of_seeker(seeker_id):
                await self._searches.stop(search.id)
        return made

    async def end(self, seeker_id: str, kinds: Iterable[ConsentKind], *, given_before: datetime) -> None:
        """By an officer's answer to a request of the person; what the person agrees to later stands, however often
        the answer is heard. Whoever has no profile has nothing to end."""
        seeker = await self._store.load(seeker_id)
        if seeker is None:
            return
        for kind in kinds:
            now = standing(seeker.consents, kind)
            if now is None or now.given_at <= given_before:
                await self.withdraw(seeker_id, kind)

    async def _decide(self, seeker_id: str, kind: ConsentKind, *, yes: bool) -> Seeker:
        for _ in range(TRIES):
            before = await self._store.load(seeker_id)
            if before is None:
                raise NotFound
            if not yes and not agrees(before, kind):
                return before
            after, events = (give if yes else withdraw)(before, kind, at=self._now())
            try:
                return await self._store.save(before, after, events) if events else before
            except Overtaken:
                continue
        raise Unavailable
