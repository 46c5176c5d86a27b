"""What a person sees of the own places, and officers of a training's people."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.enrolments import Actor, Enrolment
from services.training.store import Stores
from services.training.store.people import CONTACT_SEAL
from services.training.views.cursors import cursor_of, position_of, ticket_of
from shared.contracts.training import EnrolmentState, Outcome
from shared.cursors import encode_cursor
from shared.pages import Page
from shared.sealed import Erased, Vault

LINE = 1_000  # further back in a line the exact place says nothing
LISTED: tuple[EnrolmentState, ...] = ("confirmed", "offered", "waiting", "completed", "missed")


class EnrolledTraining(BaseModel):
    """The training, as it was when the person enrolled."""

    model_config = ConfigDict(frozen=True)
    id: str
    number: str
    title: str
    starts_at: datetime
    ends_at: datetime


class EnrolmentStep(BaseModel):
    """One entry of the history."""

    model_config = ConfigDict(frozen=True)
    state: EnrolmentState
    at: datetime
    actor: Actor


class EnrolmentView(BaseModel):
    """A person's place in a training."""

    model_config = ConfigDict(frozen=True, title="Enrolment")
    id: str
    training: EnrolledTraining
    state: EnrolmentState
    place_in_line: int | None = Field(description="1 is next; only where waiting, 1001 for everything behind 1000")
    reply_by: datetime | None = Field(description="until when the offered seat is kept")
    follow_up: bool = Field(description="agrees to be asked afterwards how it went on")
    attended: list[int] = Field(description="sessions that the person came to, counted from one")
    certificate_number: str | None = Field(description="of the certificate, once it is issued")
    outcome: Outcome | None = Field(description="what became of it, as the person said last")
    enrolled_at: datetime
    updated_at: datetime
    history: list[EnrolmentStep]
    version: int = Field(description="the ETag")
    name: str | None = Field(description="only for officers; null where the person was erased")


class EnrolmentViews:
    """Reads; whoever may not see something finds nothing there."""

    def __init__(self, stores: Stores, *, vault: Vault) -> None:
        self._stores, self._vault = stores, vault

    async def mine(self, seeker_id: str, *, limit: int, cursor: str | None) -> Page[EnrolmentView]:
        found = await self._stores.enrolments.mine(seeker_id, after=position_of(cursor), limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        items = [await self.show(each) for each in found[:limit]]
        return Page(items=items, next=cursor_of(last.enrolled_at, last.id) if last else None)

    async def one(self, id: str, *, seeker_id: str) -> EnrolmentView:
        return await self.show(await self._stores.enrolments.load(id, seeker_id=seeker_id))

    async def of_person(self, training_id: str, *, seeker_id: str) -> Page[EnrolmentView]:
        """The person's own in this training: one, or none."""
        found = await self._stores.enrolments.of_person(training_id, seeker_id=seeker_id)
        return Page(items=[await self.show(found)] if found else [], next=None)

    async def of_training(
        self, training_id: str, *, state: EnrolmentState | None, limit: int, cursor: str | None
    ) -> Page[EnrolmentView]:
        """Everybody with or waiting for a seat, in the order of arrival, with names."""
        states = LISTED if state is None else (state,)
        found = await self._stores.enrolments.in_line(training_id, states, after=ticket_of(cursor), limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        shown = found[:limit]
        names = await self._names([each.seeker_id for each in shown])
        items = [_view(each, place=None, name=names.get(each.seeker_id)) for each in shown]
        return Page(items=items, next=encode_cursor(last.ticket) if last else None)

    async def show(self, enrolment: Enrolment) -> EnrolmentView:
        place = None
        if enrolment.state == "waiting":
            before = await self._stores.enrolments.before_in_line(
                enrolment.training.id, ticket=enrolment.ticket, limit=LINE
            )
            place = before + 1
        return _view(enrolment, place=place, name=None)

    async def _names(self, people: Sequence[str]) -> dict[str, str | None]:
        sealed = await self._stores.people.sealed_contacts(people)
        if not sealed:
            return {}
        try:
            opened = await self._vault.open_many(CONTACT_SEAL, sealed)
        except Erased:
            return {}
        return {person: contact.get("name") for person, contact in opened.items()}


def _view(enrolment: Enrolment, *, place: int | None, name: str | None) -> EnrolmentView:
    plain = enrolment.model_dump(include={"id", "state", "reply_by", "enrolled_at", "updated_at", "version"})
    latest = max(enrolment.answers, key=lambda one: one.at, default=None)
    return EnrolmentView(
        **plain,
        training=EnrolledTraining(**enrolment.training.model_dump()),
        place_in_line=place,
        follow_up=enrolment.follow_up,
        attended=list(enrolment.attended),
        certificate_number=enrolment.certificate_number,
        outcome=latest.outcome if latest else None,
        history=[EnrolmentStep(**step.model_dump(exclude={"by"})) for step in enrolment.history],
        name=name,
    )
