"""The kinds of messages that people choose about: which channels of each they may switch off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.notifier.domain import ChannelName

Audience = Literal["seeker", "employer", "everyone"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Messages that are switched off together. `off`: the channels that a person may switch off; `asked`: nothing
    of it is sent before the person agreed."""

    audience: Audience
    channels: tuple[ChannelName, ...]
    off: frozenset[ChannelName] = frozenset()
    asked: bool = False


_MAIL: tuple[ChannelName, ...] = ("email",)
_BOTH: tuple[ChannelName, ...] = ("email", "sms")
_NEVER = frozenset[ChannelName]()
_SMS, _EMAIL = frozenset[ChannelName]({"sms"}), frozenset[ChannelName]({"email"})

# In the order in which people read them.
KINDS: Mapping[str, Kind] = {
    "receipts": Kind(audience="seeker", channels=_BOTH, off=_SMS),
    "decisions": Kind(audience="seeker", channels=_BOTH, off=_SMS),
    "appointments": Kind(audience="seeker", channels=_BOTH),
    "saved": Kind(audience="seeker", channels=_MAIL, off=_EMAIL),
    "searches": Kind(audience="seeker", channels=_BOTH, off=_EMAIL | _SMS),
    "training": Kind(audience="seeker", channels=_MAIL, off=_EMAIL),
    "news": Kind(audience="seeker", channels=_MAIL, off=_EMAIL, asked=True),
    "card": Kind(audience="seeker", channels=_BOTH),
    "applicants": Kind(audience="employer", channels=_MAIL, off=_EMAIL),
    "promises": Kind(audience="employer", channels=_BOTH),
    "business": Kind(audience="employer", channels=_MAIL),
    "safety": Kind(audience="everyone", channels=_BOTH),
}
