"""One row of the table: a message that an event makes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from services.notifier.domain import ChannelName, Lane
from services.notifier.planner.kinds import KINDS

# former: an account at the contact that it had before, now: at the one it has from this event on
To = Literal["seeker", "employer", "account", "former", "now"]
BOTH: tuple[ChannelName, ...] = ("email", "sms")
MAIL: tuple[ChannelName, ...] = ("email",)
SMS: tuple[ChannelName, ...] = ("sms",)
APP: tuple[ChannelName, ...] = ("app",)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One message of an event. `kind` says what of it a person may switch off. `{id}` in a link is the event's
    subject, `{event.x}` its field x. It is dropped `lives` after the event, or at the instant in the event's field
    `until`. `quiet`: nobody is woken by it at night. `gathered`: what comes within the hour comes in one message."""

    template: str
    to: To
    kind: str
    channels: tuple[ChannelName, ...]
    link: str
    short: str = "/lamaran"
    lane: Lane = "transactional"
    lives: timedelta = WEEK
    until: str | None = None
    quiet: bool = True
    gathered: bool = False

    @property
    def off(self) -> frozenset[ChannelName]:
        """The channels that a person may switch off."""
        return KINDS[self.kind].off & frozenset(self.channels)


def to_seeker(template: str, link: str, *, kind: str = "decisions") -> Plan:
    """Good or bad, the SMS says the same."""
    return Plan(template=template, to="seeker", kind=kind, channels=BOTH, link=link)


def to_employer(template: str, link: str, *, kind: str = "business") -> Plan:
    return Plan(template=template, to="employer", kind=kind, channels=MAIL, link=link)


def to_learner(
    template: str,
    *,
    link: str = "/latihan/{id}",
    channels: tuple[ChannelName, ...] = BOTH,
    until: str | None = None,
) -> Plan:
    """About a person's place in a training: an appointment, which nobody should miss."""
    return Plan(
        template=template,
        to="seeker",
        kind="appointments",
        channels=channels,
        link=link,
        short="/latihan",
        until=until,
    )


def about_card(template: str, *, link: str = "/ak1", lives: timedelta = WEEK) -> Plan:
    """About a person's AK-1 card: nobody should miss it."""
    return Plan(template=template, to="seeker", kind="card", channels=BOTH, link=link, short="/ak1", lives=lives)
