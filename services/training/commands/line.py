"""The line for a training's seats: whoever arrived first gets the next free one, and no seat is given twice."""

import contextlib

from services.training.domain import line
from services.training.domain.trainings import Training
from services.training.store import Stores
from services.training.store.enrolments import SeatTaken
from shared import clock
from shared.errors import StaleVersion

BATCH = 100
RUNNING = 200  # trainings looked after at once


class Line:
    """A seat is free where no enrolment holds its number; the store's unique index decides between two that reach
    for it at once. Nothing else is counted, so nothing can be counted wrong."""

    def __init__(self, stores: Stores, *, now: clock.Clock = clock.now) -> None:
        self._stores, self._now = stores, now

    async def fill(self, training: Training) -> None:
        """Give free seats to those who wait, in order. Safe to repeat, and beside any other."""
        capacity, at = training.terms.capacity, self._now()
        while training.state == "published" and at < training.starts_at:
            if await self._stores.enrolments.seats_taken(training.id, limit=capacity) >= capacity:
                return
            first = await self._stores.enrolments.first_waiting(training.id)
            if first is None:
                return
            seat = await self._stores.enrolments.free_seat(training.id, capacity=capacity)
            if seat is None:
                return
            after, events = line.give_seat(first, seat=seat, at=at)
            with contextlib.suppress(StaleVersion, SeatTaken):  # another was quicker: look again
                await self._stores.enrolments.save(first, after, events)

    async def move(self) -> None:
        """What the clock brings: offers that were not answered, and every free seat, also one whose holder's
        departure died half way through `fill`."""
        at = self._now()
        for enrolment in await self._stores.enrolments.unanswered(at, limit=BATCH):
            after, events = line.lapse(enrolment, at=at)
            if events:
                with contextlib.suppress(StaleVersion):  # answered in this very moment
                    await self._stores.enrolments.save(enrolment, after, events)
        for training in await self._stores.trainings.running(limit=RUNNING):
            await self.fill(training)
