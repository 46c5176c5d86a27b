"""What providers tell us afterwards, whatever way it came: receipts, bounces, replies."""

from dataclasses import dataclass, field
from typing import Literal

Received = Literal["delivered", "undelivered"]
Reason = Literal["bounced", "complained", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a message, named by the provider's `reference` or by our own `key`."""

    provider: str
    state: Received
    reference: str | None = None
    key: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """An address that is to be left alone: it does not exist (`bounced`), or its owner called our mail spam."""

    provider: str
    address: str = field(repr=False)
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What somebody answered; `id` is the provider's, the same when it is told twice."""

    provider: str
    id: str
    phone: str = field(repr=False)
    text: str = field(repr=False)


Heard = Receipt | Complaint | Reply
