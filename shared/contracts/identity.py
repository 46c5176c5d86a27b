"""What `identity` publishes: that an account exists, how to reach its owner (sealed), and one-time codes (sealed)."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from shared.events import Event

Role = Literal["seeker", "employer", "officer", "admin", "cadre"]


class AccountRegistered(Event, topic="identity", version=1):
    """An account exists. `subject` is the account id."""

    role: Role
    registered_at: datetime


class RegistrationRepeated(Event, topic="identity", version=1):
    """Somebody tried to register with a contact that this account has: only its owner is told."""

    role: Role


class AccountContactChanged(Event, topic="identity-contact", version=1):
    """How to reach the owner of an account. Internal, compacted."""

    role: Role
    sealed: str = Field(description='under the account\'s key, purpose "contact": {name, phone?, email?}')


class LoginCodeIssued(Event, topic="identity-code", version=1):
    """A one-time code to send at once and never after `expires_at`. `subject` is the request for the code.
    Internal, kept ten minutes."""

    account_id: str = Field(description="account under whose key it is sealed")
    sealed: str = Field(description='under the account\'s key, purpose "code": {phone, code}')
    expires_at: datetime


class MandateCodeIssued(Event, topic="identity-code", version=1):
    """A one-time code that the person reads aloud to whoever helps them; it signs nobody in. Internal, kept ten
    minutes."""

    account_id: str = Field(description="account under whose key it is sealed")
    sealed: str = Field(description='under the account\'s key, purpose "code": {phone, code}')
    expires_at: datetime


class MandateBegan(Event, topic="identity", version=1):
    """Somebody may act for this account. `subject` is the mandate, whose id what is written under it carries."""

    account_id: str
    by: Literal["officer", "cadre"]
    until: datetime
    stop_token: str = Field(description="whoever has it can end this mandate, and do nothing else")


class RecoveryRequested(Event, topic="identity", version=1):
    """An officer asks for a new phone for this account, because the old one is dead or lost. The owner hears of it at
    the contacts that are known, and may stop it."""

    role: Role
    until: datetime = Field(description="until then a second officer may confirm, and the owner may stop it")
    stop_token: str = Field(description="whoever has it can stop this recovery, and do nothing else")


class RecoveryEnded(Event, topic="identity", version=1):
    """A recovery at the desk is over. `stopped`: by the owner; `lapsed`: nobody confirmed it in time."""

    role: Role
    outcome: Literal["confirmed", "refused", "stopped", "lapsed"]


class ContactReplaced(Event, topic="identity-notice", version=1):
    """An account is reached elsewhere from now on: the contact before and the one now are both told. Internal, kept
    two weeks."""

    role: Role
    before: str = Field(description='under the account\'s key, purpose "notice": {name, phone?, email?}')
    sealed: str = Field(description='the one now, under the account\'s key, purpose "notice": {name, phone?, email?}')


DataRequestKind = Literal["copy", "correction", "restriction", "objection", "erasure"]
Outcome = Literal["done", "refused", "withdrawn", "erasing"]


class DataRequestReceived(Event, topic="identity", version=1):
    """Somebody asks for a right over the own data (UU 27/2022 art. 30-45). `subject` is the request's id."""

    account_id: str
    role: Role
    kind: DataRequestKind
    due_at: datetime = Field(description="72 hours after it was asked")


class DataRequestAnswered(Event, topic="identity", version=1):
    """A request has its answer. `erasing`: the data go within a minute, and this is the last word that can still
    be brought to the person."""

    account_id: str
    role: Role
    kind: DataRequestKind
    outcome: Outcome


class AccountErased(Event, topic="identity", version=1):
    """The person wanted to be forgotten: the key is being destroyed, and whoever keeps anything of this account
    deletes it. `subject` is the account id."""

    role: Role
