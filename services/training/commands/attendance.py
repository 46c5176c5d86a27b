"""Who came to which session, as officers tick it."""

import asyncio
from collections.abc import Sequence

from services.training.commands.deciding import decide
from services.training.domain import ending
from services.training.domain.enrolments import Decided, Enrolment
from services.training.store import Stores
from shared import clock
from shared.errors import NotFound

SIDE_BY_SIDE = 8


class Attendance:
    def __init__(self, stores: Stores, *, now: clock.Clock = clock.now) -> None:
        self._stores, self._now = stores, now

    async def note(self, training_id: str, session: int, *, present: Sequence[str], absent: Sequence[str]) -> None:
        """Note those that are named by their enrolment, the others stay as they are. Repeating it changes nothing."""
        training = await self._stores.trainings.load(training_id)
        ending.begun(training, session, at=self._now())
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(id: str, came: bool) -> None:
            async with gate:
                await self._note(id, training_id, session, came)

        noted = {**dict.fromkeys(absent, False), **dict.fromkeys(present, True)}
        await asyncio.gather(*(one(id, came) for id, came in noted.items()))

    async def _note(self, id: str, training_id: str, session: int, came: bool) -> None:
        async def load() -> Enrolment:
            found = await self._stores.enrolments.load(id)
            if found.training.id != training_id:
                raise NotFound
            return found

        def decision(enrolment: Enrolment) -> Decided:
            return ending.attend(enrolment, session, present=came, at=self._now())

        await decide(self._stores.enrolments, load, decision)
