"""An employer (pemberi kerja): registered by an account, verified or returned by an officer."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.vacancy.domain.refusals import Flaw, Flawed
from services.vacancy.domain.terms import UNKNOWN_KELURAHAN
from services.vacancy.domain.vacancy import Actor, Card, Entry
from shared.contracts.codes import Code
from shared.contracts.employer import (
    EmployerChanged,
    EmployerContactChanged,
    EmployerRegistered,
    EmployerReturned,
    EmployerRevoked,
    EmployerState,
    EmployerVerified,
    RevokeCause,
    Size,
)
from shared.errors import WrongState
from shared.events import Event
from shared.reference.tables import kelurahan

_FROZEN = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
# Their address is somebody's home: people see the ward only.
AT_HOME: frozenset[Size] = frozenset({"micro", "household"})
# What an officer verified; another name is another thing to verify.
VERIFIED_FIELDS = ("name", "nib")


class Details(BaseModel):
    """What an employer says of itself."""

    model_config = _FROZEN
    name: str
    size: Size = "micro"
    nib: str | None = None
    kelurahan_code: str | None = None
    address: str | None = None
    industry: Code | None = None


class Employer(BaseModel):
    """`since` is when the present state began. `contact` and `contact_given` are sealed under the owner's key:
    how to reach it, and the parts of that which it chose itself (the rest follows the account)."""

    model_config = _FROZEN
    id: str
    owner_id: str
    details: Details
    contact: str | None = Field(None, repr=False, description='purpose "employer-contact": {name, phone?, email?}')
    contact_given: str | None = Field(None, repr=False, description='purpose "employer-given"')
    contact_waits: bool = Field(False, description="whether the account's own contact has not arrived yet")
    state: EmployerState = "pending"
    reason: str | None = None
    history: tuple[Entry, ...] = ()
    created_at: datetime
    since: datetime
    version: int = 0

    @property
    def address_public(self) -> bool:
        return self.details.size not in AT_HOME

    @property
    def card(self) -> Card:
        """What a vacancy remembers of it."""
        return Card(
            id=self.id,
            name=self.details.name,
            owner_id=self.owner_id,
            verified=self.state == "verified",
            address_public=self.address_public,
        )


Decided = tuple[Employer, list[Event]]


class Reach(BaseModel):
    """How to reach an employer, ready to store: the contact and the chosen parts sealed (see `Employer`)."""

    model_config = _FROZEN
    contact: str | None = Field(repr=False)
    contact_given: str | None = Field(repr=False)
    contact_waits: bool


def register(details: Details, *, id: str, owner_id: str, reach: Reach, at: datetime) -> Decided:
    _check(details)
    by = Actor(kind="employer", id=owner_id)
    history = (_entry("pending", by, at),)
    made = Employer(
        id=id, owner_id=owner_id, details=details, history=history, created_at=at, since=at, **reach.model_dump()
    )
    return made, [EmployerRegistered(**facts(made)), *_contact_event(made)]


def change(employer: Employer, changes: dict[str, Any], *, at: datetime) -> Decided:
    """Other details; one that was returned, or verified under another name or number, is looked at again."""
    if employer.state == "revoked":
        raise WrongState(state=employer.state)
    details = employer.details.model_copy(update=changes)
    _check(details)
    if details == employer.details:
        return employer, []
    made = employer.model_copy(update={"details": details})
    renamed = any(getattr(details, name) != getattr(employer.details, name) for name in VERIFIED_FIELDS)
    if employer.state == "returned" or (employer.state == "verified" and renamed):
        made = _moved(made, "pending", Actor(kind="employer", id=employer.owner_id), at)
        return made, [EmployerRegistered(**facts(made))]
    return made, [EmployerChanged(**facts(made))]


def reached(employer: Employer, reach: Reach) -> Decided:
    """Another way to reach it; told to nobody while there is none."""
    made = employer.model_copy(update=reach.model_dump())
    return made, _contact_event(made)


def verify(employer: Employer, *, by: Actor, at: datetime) -> Decided:
    _require_pending(employer)
    made = _moved(employer, "verified", by, at)
    return made, [EmployerVerified(**facts(made))]


def send_back(employer: Employer, *, reason: str, by: Actor, at: datetime) -> Decided:
    _require_pending(employer)
    made = _moved(employer, "returned", by, at, reason=reason)
    return made, [EmployerReturned(**facts(made), reason=reason)]


def revoke(employer: Employer, *, cause: RevokeCause, reason: str, by: Actor, at: datetime) -> Decided:
    """Final. What it has open is closed by whoever hears of it."""
    if employer.state == "revoked":
        raise WrongState(state=employer.state)
    made = _moved(employer, "revoked", by, at, reason=reason)
    return made, [EmployerRevoked(**facts(made), cause=cause, reason=reason)]


def facts(employer: Employer) -> dict[str, Any]:
    """Every public field, as each event carries it; never the address or the contact."""
    details = employer.details
    return {
        "name": details.name,
        "size": details.size,
        "state": employer.state,
        "owner_id": employer.owner_id,
        "kelurahan_code": details.kelurahan_code,
        "industry": details.industry,
    }


def _check(details: Details) -> None:
    flaws: list[Flaw] = []
    if details.kelurahan_code is not None and details.kelurahan_code not in kelurahan():
        flaws.append(UNKNOWN_KELURAHAN)
    if flaws:
        raise Flawed(flaws)


def _contact_event(employer: Employer) -> list[Event]:
    if employer.contact is None:
        return []
    return [EmployerContactChanged(owner_id=employer.owner_id, sealed=employer.contact)]


def _require_pending(employer: Employer) -> None:
    if employer.state != "pending":
        raise WrongState(state=employer.state)


def _moved(employer: Employer, state: EmployerState, by: Actor, at: datetime, reason: str | None = None) -> Employer:
    history = (*employer.history, _entry(state, by, at, reason))
    return employer.model_copy(update={"state": state, "reason": reason, "since": at, "history": history})


def _entry(state: EmployerState, by: Actor, at: datetime, reason: str | None = None) -> Entry:
    return Entry(state=state, at=at, actor=by.kind, actor_id=by.id, reason=reason)
