"""After a training's end everybody's place is settled and told: whoever dies half way, the next round goes on."""

import contextlib
from datetime import timedelta

from services.training.domain import enrolments
from services.training.domain.enrolments import OPEN, Enrolment
from services.training.domain.trainings import Training
from services.training.store import Stores
from shared import clock
from shared.errors import StaleVersion

BATCH = 100
GRACE = timedelta(minutes=10)  # an enrolment that was on its way at the end is stored within it


class Settling:
    def __init__(self, stores: Stores, *, now: clock.Clock = clock.now) -> None:
        self._stores, self._now = stores, now

    async def settle_all(self) -> None:
        for training in await self._stores.trainings.settling(limit=BATCH):
            await self._settle(training)

    async def _settle(self, training: Training) -> None:
        after = 0
        while batch := await self._stores.enrolments.in_line(training.id, OPEN, after=after, limit=BATCH):
            for enrolment in batch:
                settled, events = self._decide(enrolment, training)
                if events:
                    with contextlib.suppress(StaleVersion):  # changed meanwhile: the next round sees it
                        await self._stores.enrolments.save(enrolment, settled, events)
            after = batch[-1].ticket
        if after == 0 and training.updated_at + GRACE <= self._now():
            await self._stores.trainings.settled(training.id)

    def _decide(self, enrolment: Enrolment, training: Training) -> enrolments.Decided:
        return enrolments.call_off(enrolment, reason=training.reason or "", at=self._now())
