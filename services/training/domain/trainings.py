"""A training (pelatihan): what it offers, its states, and until when people can enrol."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.training.problems import (
    AttendanceNeeded,
    EnrolmentClosed,
    EnrolmentTimes,
    FixedOncePublished,
    Flaw,
    KelurahanUnknown,
    NotOverYet,
    ResidentsOnly,
    SeatsOnlyMore,
    SessionsPast,
    SessionTimes,
    refuse,
)
from shared.contracts import training as told
from shared.contracts.training import TrainingState
from shared.errors import WrongState
from shared.events import Event
from shared.reference.tables import kelurahan

Command = Literal["change", "publish", "cancel", "finish"]
Audience = Literal["anyone", "residents"]
Doors = Literal["not_yet", "open", "over"]

# From a state, by a command, to a state. To the same one by another command than `change`: done already.
TABLE: Mapping[tuple[TrainingState, Command], TrainingState] = {
    ("draft", "change"): "draft",
    ("draft", "publish"): "published",
    ("draft", "cancel"): "cancelled",
    ("published", "change"): "published",
    ("published", "publish"): "published",
    ("published", "cancel"): "cancelled",
    ("published", "finish"): "finished",
    ("cancelled", "cancel"): "cancelled",
    ("finished", "finish"): "finished",
}
CHANGED_WHILE_PUBLISHED = frozenset({"description", "capacity", "enrolment_closes_at"})
FINISHED_BY_ITSELF = timedelta(days=14)  # after the last session, where no officer did


class Session(BaseModel):
    """One meeting. Its id is its place in the list, since dates stay once it is published."""

    model_config = ConfigDict(frozen=True)
    starts_at: datetime
    ends_at: datetime


class Terms(BaseModel):
    """What an officer writes."""

    model_config = ConfigDict(frozen=True)
    title: str
    field: str
    description: str
    kelurahan_code: str
    place: str
    sessions: tuple[Session, ...]
    capacity: int
    enrolment_opens_at: datetime
    enrolment_closes_at: datetime
    audience: Audience
    attendance_needed: int


class Training(BaseModel):
    """A training. `arrivals` counts those who asked for a seat: the store's own count, see the enrolment's ticket."""

    model_config = ConfigDict(frozen=True)
    id: str
    number: str
    terms: Terms
    state: TrainingState
    reason: str | None = None
    settling: bool = Field(False, description="it ended, and not everybody's place is settled yet")
    created_at: datetime
    updated_at: datetime
    made_by: str
    arrivals: int = 0
    version: int = 0

    @property
    def starts_at(self) -> datetime:
        return self.terms.sessions[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.terms.sessions[-1].ends_at


Decided = tuple[Training, list[Event]]


def flaws_of(terms: Terms) -> list[Flaw]:
    found: list[Flaw] = []
    if terms.kelurahan_code not in kelurahan():
        found.append(KelurahanUnknown())
    times = [at for session in terms.sessions for at in (session.starts_at, session.ends_at)]
    if any(later <= earlier for earlier, later in zip(times[::2], times[1::2], strict=True)) or times != sorted(
        times
    ):
        found.append(SessionTimes())
    if not terms.enrolment_opens_at < terms.enrolment_closes_at <= times[0]:
        found.append(EnrolmentTimes())
    if terms.attendance_needed > len(terms.sessions):
        found.append(AttendanceNeeded())
    return found


def draft(terms: Terms, *, id: str, number: str, by: str, at: datetime) -> Decided:
    refuse(flaws_of(terms))
    made = Training(
        id=id, number=number, terms=terms, state="draft", created_at=at, updated_at=at, made_by=by, version=0
    )
    return made, [told.TrainingChanged.model_validate(_facts(made))]


def change(training: Training, changes: Mapping[str, Any], *, at: datetime) -> Decided:
    """What is given, as it is to be. What people counted on when they enrolled stays, and seats only grow."""
    _target(training, "change")
    wanted = {name: value for name, value in changes.items() if getattr(training.terms, name) != value}
    if not wanted:
        return training, []
    if training.state == "published" and not wanted.keys() <= CHANGED_WHILE_PUBLISHED:
        raise FixedOncePublished
    terms = training.terms.model_copy(update=wanted)
    flaws = flaws_of(terms)
    if training.state == "published" and terms.capacity < training.terms.capacity:
        flaws.append(SeatsOnlyMore())
    refuse(flaws)
    changed = training.model_copy(update={"terms": terms, "updated_at": at})
    return changed, [told.TrainingChanged.model_validate(_facts(changed))]


def publish(training: Training, *, at: datetime) -> Decided:
    moved = _moved(training, "publish", at=at)
    if moved is training:
        return training, []
    if training.terms.enrolment_closes_at <= at:
        refuse([SessionsPast() if training.starts_at <= at else EnrolmentTimes()])
    return moved, [told.TrainingPublished.model_validate(_facts(moved))]


def cancel(training: Training, *, reason: str, at: datetime) -> Decided:
    """It does not take place; the worker tells everybody who has or awaits a seat."""
    moved = _moved(training, "cancel", at=at)
    if moved is training:
        return training, []
    moved = moved.model_copy(update={"reason": reason, "settling": training.state == "published"})
    return moved, [told.TrainingCancelled.model_validate({**_facts(moved), "reason": reason})]


def finish(training: Training, *, at: datetime) -> Decided:
    """It is over; the worker settles who attended."""
    moved = _moved(training, "finish", at=at)
    if moved is training:
        return training, []
    if at < training.ends_at:
        raise NotOverYet
    moved = moved.model_copy(update={"settling": True})
    return moved, [told.TrainingFinished.model_validate(_facts(moved))]


def doors(training: Training, *, at: datetime) -> Doors:
    """Whether one can enrol by the clock: a page's word and the command's decision are the same."""
    if training.state != "published" or at >= training.terms.enrolment_closes_at:
        return "over"
    return "not_yet" if at < training.terms.enrolment_opens_at else "open"


def admit(training: Training, *, kelurahan_code: str | None, at: datetime) -> None:
    """Raises where this person cannot ask for a seat at this instant."""
    found = doors(training, at=at)
    if found != "open":
        raise EnrolmentClosed(state=found if training.state == "published" else training.state)
    if training.terms.audience == "residents" and kelurahan_code not in kelurahan():
        raise ResidentsOnly


def _target(training: Training, command: Command) -> TrainingState:
    target = TABLE.get((training.state, command))
    if target is None:
        raise WrongState(state=training.state)
    return target


def _moved(training: Training, command: Command, *, at: datetime) -> Training:
    target = _target(training, command)
    return training if target == training.state else training.model_copy(update={"state": target, "updated_at": at})


def _facts(training: Training) -> dict[str, object]:
    return {
        "number": training.number,
        "title": training.terms.title,
        "field": training.terms.field,
        "state": training.state,
        "kelurahan_code": training.terms.kelurahan_code,
        "starts_at": training.starts_at,
        "ends_at": training.ends_at,
        "capacity": training.terms.capacity,
        "enrolment_closes_at": training.terms.enrolment_closes_at,
    }
