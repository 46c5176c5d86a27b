"""What a message is, how long it may live, and when a try that failed is made again. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Lane = Literal["code", "transactional", "bulk"]
ChannelName = Literal["email", "sms", "push", "app"]  # app: only in the inbox of the application
State = Literal["waiting", "sent", "delivered", "undelivered", "failed", "expired", "skipped", "gathered"]
Item = Mapping[str, str | int | None]
Param = str | int | datetime | None | Sequence[Item]
Params = Mapping[str, Param]

LANE_NAMES: tuple[Lane, ...] = ("code", "transactional", "bulk")
CHANNEL_NAMES: tuple[ChannelName, ...] = ("email", "sms")  # those that a plan names, and of which one can stand in
SENT_BY: tuple[ChannelName, ...] = (*CHANNEL_NAMES, "push")  # those with a provider


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The times of a lane, in seconds. The lease is three times what may happen under it, so that a message still
    being sent is never taken by another sender. `first` and `longest` bound the wait before another try."""

    deadline: float
    lease: float
    first: float
    longest: float


PACES: dict[Lane, Pace] = {
    "code": Pace(deadline=5.0, lease=15.0, first=0.5, longest=5.0),
    "transactional": Pace(deadline=10.0, lease=30.0, first=1.0, longest=60.0),
    "bulk": Pace(deadline=10.0, lease=30.0, first=2.0, longest=300.0),
}
# Seconds within which 99 of 100 messages are with their provider (what goes in bulk is promised no time).
PROMISED: dict[Lane, float] = {"code": 3.0, "transactional": 2.0}
# A contact is usually only milliseconds late, on another topic; one that stays unknown costs ever less.
CONTACT = Pace(deadline=0.0, lease=0.0, first=0.1, longest=600.0)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One thing to tell one recipient over one channel. `id` is made of what it answers to, so planning the same
    event again makes the same message, and it is the provider's idempotency key."""

    id: str
    notice: str  # the same on every channel that tells the same thing
    template: str
    channel: ChannelName
    lane: Lane
    recipient: str
    params: Params
    link: str  # path of the page to open, below the public address
    short_link: str  # the same for an SMS, where each letter counts
    event_time: datetime
    not_after: datetime
    kind: str = "safety"  # what a person switches off together
    quiet: bool = False  # not at night
    language: str | None = None  # where it is not the one that the person chose
    gather: str | None = None  # what has the same comes in one message
    correlation: str | None = None
    owner: str | None = None  # the account under whose key is sealed what `sealed` or the device holds
    sealed: str | None = None
    purpose: str | None = None  # of `sealed`, where it holds no code
    device: str | None = None  # of the account `owner`, for a push


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How a message ended; there is no way back. `provider` and `reference`: who took it, under which name;
    `address`: the keyed hash of where it went, for a reply that comes from there."""

    state: State
    code: str | None = None
    provider: str | None = None
    reference: str | None = None
    address: str | None = None

    @property
    def receipt(self) -> str | None:
        """What a receipt finds the message by."""
        return receipt_name(self.provider, self.reference) if self.provider and self.reference else None


@dataclass(frozen=True, kw_only=True)
class Again:
    """Try once more after `seconds`; at `provider` and no other, where that one may have the message. Not `tried`:
    nobody was asked, so that the next wait grows no longer."""

    seconds: float
    code: str
    tried: bool = True
    provider: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unstarted:
    """Nothing was tried: give it back as it was."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """Nothing was tried: it waits for the instant `at`, such as the end of the night."""

    at: datetime


Outcome = Settled | Again | Unstarted | Later
NO_ADDRESS = Settled(state="failed", code="no_address")
NO_SUCH_CHANNEL = Settled(state="skipped", code="channel_not_known")
ERASED = Settled(state="skipped", code="erased")
SWITCHED_OFF = Settled(state="skipped", code="switched_off")
EXPIRED = Settled(state="expired", code="not_after")
SENT = Settled(state="sent")
SUPPRESSED = Settled(state="skipped", code="suppressed")
NO_DEVICE = Settled(state="skipped", code="device_gone")


def again(
    *,
    attempts: int,
    pace: Pace,
    chance: float,
    code: str,
    at_least: float = 0.0,
    provider: str | None = None,
) -> Again:
    """The next try after `attempts` that failed: twice as long each time, spread by `chance` (0 to 1) so that a
    crowd does not come back at once, and never before the provider asked for (`at_least`)."""
    grown = min(pace.longest, pace.first * 2.0 ** min(attempts, 30))
    return Again(seconds=max(grown * (0.5 + chance / 2), at_least), code=code, provider=provider)


def wire_name(id: str) -> str:
    """What an e-mail is called on its way, and a bounce quotes: it tells nothing about its recipient."""
    return hashlib.sha256(id.encode()).hexdigest()[:40]


def receipt_name(provider: str, reference: str) -> str:
    return f"{provider}:{reference}"


def overall(states: list[State]) -> State:
    """What a person is told about a notice over several channels: the best of them."""
    order: tuple[State, ...] = ("delivered", "sent", "waiting", "undelivered", "failed", "expired", "skipped")
    return next((state for state in order if state in states), "skipped")


def wanted_since(row: Mapping[str, Any]) -> datetime:
    """Since when a message could have been told: its event, the end of the night, or an officer's word."""
    since: datetime = row.get("awake_at") or row.get("again", {}).get("at") or row["event_time"]
    return since


def address_of(contact: Mapping[str, Any], channel: ChannelName) -> str | Settled:
    """Where `channel` reaches the person, or why it does not."""
    found = contact.get("email" if channel == "email" else "phone")
    if found:
        return str(found)
    return NO_SUCH_CHANNEL if contact.get("email") or contact.get("phone") else NO_ADDRESS
