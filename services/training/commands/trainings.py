"""What officers do with a training: make it, change it, publish it, call it off, finish it."""

from collections.abc import Callable, Mapping
from typing import Any

from services.training.domain import trainings
from services.training.domain.trainings import Terms, Training
from services.training.store import Stores
from shared import clock
from shared.errors import StaleVersion
from shared.events import new_id
from shared.numbers import Numbers
from shared.versions import expected_version

TRIES = 5  # of two writers at once one is second, reads again and decides again


class TrainingCommands:
    def __init__(self, stores: Stores, *, numbers: Numbers, now: clock.Clock = clock.now) -> None:
        self._stores, self._numbers, self._now = stores, numbers, now

    async def prepare(self) -> None:
        await self._numbers.prepare(clock.today(self._now()).year)

    async def draft(self, terms: Terms, *, by: str) -> Training:
        at = self._now()
        trainings.draft(terms, id="", number="", by=by, at=at)  # a flaw costs no number
        number = await self._numbers.take(clock.today(at).year)
        made, events = trainings.draft(terms, id=new_id("trn"), number=number, by=by, at=at)
        return await self._stores.trainings.create(made, events)

    async def change(self, id: str, changes: Mapping[str, Any], *, if_match: str | None) -> Training:
        def decision(training: Training) -> trainings.Decided:
            return trainings.change(training, changes, at=self._now())

        return await self._decide(id, decision, if_match=if_match)

    async def publish(self, id: str) -> Training:
        return await self._decide(id, lambda training: trainings.publish(training, at=self._now()))

    async def cancel(self, id: str, *, reason: str) -> Training:
        return await self._decide(id, lambda training: trainings.cancel(training, reason=reason, at=self._now()))

    async def finish(self, id: str) -> Training:
        return await self._decide(id, lambda training: trainings.finish(training, at=self._now()))

    async def _decide(
        self, id: str, decision: Callable[[Training], trainings.Decided], *, if_match: str | None = None
    ) -> Training:
        expected = expected_version(if_match)
        for _ in range(TRIES):
            before = await self._stores.trainings.load(id)
            if expected is not None and expected != before.version:
                raise StaleVersion
            after, events = decision(before)
            if not events:
                return before
            try:
                return await self._stores.trainings.save(before, after, events)
            except StaleVersion:
                continue
        raise StaleVersion
