"""What everybody sees of a training, and what officers see besides."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.trainings import Audience, Doors, Training, doors
from services.training.store import Stores
from services.training.store.trainings import Order
from services.training.views.cursors import cursor_of, position_of
from shared import clock
from shared.contracts.training import TrainingState
from shared.errors import NotFound
from shared.pages import Page

PUBLIC: tuple[TrainingState, ...] = ("published", "finished", "cancelled")


class SessionView(BaseModel):
    """One meeting."""

    model_config = ConfigDict(frozen=True, title="TrainingSession")
    starts_at: datetime
    ends_at: datetime


class TrainingView(BaseModel):
    """A training, as everybody may see it."""

    model_config = ConfigDict(frozen=True, title="Training")
    id: str
    number: str = Field(description="PLT-2026-000001")
    title: str
    field: str = Field(description="what it is about, in a word")
    description: str
    kelurahan_code: str
    place: str = Field(description="building and street")
    sessions: list[SessionView]
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seats_left: int = Field(description="that nobody holds; people in the line go first")
    audience: Audience
    attendance_needed: int = Field(description="how many sessions one must attend for the certificate")
    enrolment_opens_at: datetime
    enrolment_closes_at: datetime
    enrolment: Doors = Field(description="whether one can enrol now")
    state: TrainingState
    reason: str | None = Field(description="why it was cancelled")
    version: int = Field(description="the ETag")


class TrainingViews:
    def __init__(self, stores: Stores, *, now: clock.Clock = clock.now) -> None:
        self._stores, self._now = stores, now

    async def one(self, id: str, *, drafts: bool) -> TrainingView:
        """A draft is there for officers only."""
        found = await self._stores.trainings.load(id)
        if found.state not in PUBLIC and not drafts:
            raise NotFound
        return await self.show(found)

    async def page(
        self, states: Sequence[TrainingState], *, order: Order, limit: int, cursor: str | None
    ) -> Page[TrainingView]:
        found = await self._stores.trainings.page(states, order=order, after=position_of(cursor), limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        items = await asyncio.gather(*(self.show(each) for each in found[:limit]))
        return Page(items=list(items), next=cursor_of(last.starts_at, last.id) if last else None)

    async def show(self, training: Training) -> TrainingView:
        terms, taken = training.terms, 0
        if training.arrivals:
            taken = await self._stores.enrolments.seats_taken(training.id, limit=terms.capacity)
        return TrainingView(
            **terms.model_dump(exclude={"sessions"}),
            **training.model_dump(include={"id", "number", "state", "reason", "version"}),
            sessions=[SessionView(**session.model_dump()) for session in terms.sessions],
            starts_at=training.starts_at,
            ends_at=training.ends_at,
            seats_left=terms.capacity - taken,
            enrolment=doors(training, at=self._now()),
        )
