"""What is public of an employer, and (sealed) how to reach it. `subject` is the employer id."""

from typing import Literal

from pydantic import Field

from shared.contracts.codes import Code
from shared.events import Event

Size = Literal["micro", "small", "medium", "large", "foundation", "household"]
EmployerState = Literal["pending", "verified", "returned", "revoked"]
RevokeCause = Literal["nib", "npwp", "visit", "erased"]


class EmployerFacts(Event):
    """Every public field of an employer, carried by each of its events."""

    name: str
    size: Size
    state: EmployerState
    owner_id: str = Field(description="account that acts for the employer")
    kelurahan_code: str | None
    industry: Code | None


class EmployerRegistered(EmployerFacts, topic="employer", version=1):
    """Registered, or sent again after a return: an officer will look at it."""


class EmployerVerified(EmployerFacts, topic="employer", version=1):
    """An officer has seen the evidence; the employer may publish."""


class EmployerReturned(EmployerFacts, topic="employer", version=1):
    """Sent back with a reason."""

    reason: str


class EmployerRevoked(EmployerFacts, topic="employer", version=1):
    """Not one of ours any more: an officer found its number or tax number wrong, or nobody there; or its account was
    erased. What it has open ends."""

    cause: RevokeCause
    reason: str


class EmployerChanged(EmployerFacts, topic="employer", version=1):
    """Public fields changed."""


class EmployerContactChanged(Event, topic="employer-contact", version=1):
    """How to reach an employer. Internal, compacted."""

    owner_id: str = Field(description="account under whose key the contact is sealed")
    sealed: str = Field(description='purpose "employer-contact": {name, phone?, email?}')
