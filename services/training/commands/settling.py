"""After a training's end everybody's place is settled and told: whoever dies half way, the next round goes on."""

import contextlib
from datetime import timedelta

from services.training.commands.trainings import TrainingCommands
from services.training.domain import ending, line
from services.training.domain.enrolments import OPEN, Decided, Enrolment
from services.training.domain.trainings import FINISHED_BY_ITSELF, Training
from services.training.store import Stores
from shared import clock
from shared.errors import StaleVersion, WrongState
from shared.numbers import Numbers

BATCH = 100
RUNNING = 200
GRACE = timedelta(minutes=10)  # an enrolment that was on its way at the end is stored within it


class Settling:
    """`numbers` are those of certificates."""

    def __init__(
        self, stores: Stores, trainings: TrainingCommands, *, numbers: Numbers, now: clock.Clock = clock.now
    ) -> None:
        self._stores, self._trainings, self._numbers, self._now = stores, trainings, numbers, now

    async def settle_all(self) -> None:
        for training in await self._stores.trainings.settling(limit=BATCH):
            await self._settle(training)

    async def finish_forgotten(self) -> None:
        """A training that no officer finished ends by itself, with the attendance that was noted."""
        for training in await self._stores.trainings.running(limit=RUNNING):
            if training.ends_at + FINISHED_BY_ITSELF <= self._now():
                with contextlib.suppress(StaleVersion, WrongState):
                    await self._trainings.finish(training.id)

    async def _settle(self, training: Training) -> None:
        after = 0
        while batch := await self._stores.enrolments.in_line(training.id, OPEN, after=after, limit=BATCH):
            for enrolment in batch:
                settled, events = await self._decide(enrolment, training)
                with contextlib.suppress(StaleVersion):  # changed meanwhile: the next round sees it
                    await self._stores.enrolments.save(enrolment, settled, events)
            after = batch[-1].ticket
        if after == 0 and training.updated_at + GRACE <= self._now():
            await self._stores.trainings.settled(training.id)

    async def _decide(self, enrolment: Enrolment, training: Training) -> Decided:
        at = self._now()
        if training.state == "cancelled":
            return line.call_off(enrolment, reason=training.reason or "", at=at)
        if not ending.deserves(enrolment, training):
            return ending.end(enrolment, at=at)
        return ending.complete(enrolment, number=await self._numbers.take(clock.today(at).year), at=at)
