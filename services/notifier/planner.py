"""Which events are told to whom, over which channels, how fast and how long: one table to read and to change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from services.notifier.domain import ChannelName, Lane, Message
from services.notifier.params import params_of
from shared.contracts.application import (
    ApplicationHired,
    ApplicationRejected,
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
    ApplicationWithdrawn,
)
from shared.contracts.identity import LoginCodeIssued, RegistrationRepeated
from shared.contracts.seeker import (
    SavedVacancyClosingSoon,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.vacancy import VacancyFacts, VacancyPublished, VacancyRefused, VacancyReturned
from shared.events import Envelope, Event

Kind = Literal["seeker", "employer", "account"]
BOTH: tuple[ChannelName, ...] = ("email", "sms")
MAIL: tuple[ChannelName, ...] = ("email",)
SMS: tuple[ChannelName, ...] = ("sms",)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One message of an event. `{id}` in a link is the event's subject; `lives` counts from the event, except for
    a code, which lives until its own end; `off` names the channels that a person may switch off."""

    template: str
    to: Kind
    channels: tuple[ChannelName, ...]
    link: str
    short: str = "/lamaran"
    lane: Lane = "transactional"
    lives: timedelta = WEEK
    off: frozenset[ChannelName] = frozenset()


def news(template: str, link: str) -> Plan:
    """Good or bad, the SMS says the same."""
    return Plan(template=template, to="seeker", channels=BOTH, link=link, off=frozenset({"sms"}))


TABLE: Mapping[type[Event], tuple[Plan, ...]] = {
    LoginCodeIssued: (Plan(template="code", to="account", channels=SMS, link="/masuk", short="/masuk", lane="code"),),
    RegistrationRepeated: (
        Plan(template="account_exists", to="account", channels=BOTH, link="/masuk", short="/masuk", lives=DAY),
    ),
    ApplicationSubmitted: (
        Plan(
            template="application_received",
            to="seeker",
            channels=BOTH,
            link="/lamaran/{id}",
            lives=DAY,
            off=frozenset({"sms"}),
        ),
        Plan(template="new_application", to="employer", channels=MAIL, link="/pelamar/{id}"),
    ),
    ApplicationShortlisted: (news("shortlisted", "/lamaran/{id}"),),
    ApplicationRejected: (news("rejected", "/lowongan"),),
    ApplicationHired: (news("hired", "/bantuan"),),
    ApplicationWithdrawn: (Plan(template="withdrawn", to="employer", channels=MAIL, link="/pelamar"),),
    ApplicationVacancyEnded: (news("vacancy_closed", "/lamaran/{id}"),),
    # A warning: nobody can switch it off.
    ApplicationVacancyRecalled: (Plan(template="recalled", to="seeker", channels=BOTH, link="/bantuan"),),
    # The same warning, for those who keep the vacancy.
    SavedVacancyRecalled: (
        Plan(template="saved_recalled", to="seeker", channels=BOTH, link="/bantuan", short="/kabar"),
    ),
    SavedVacancyClosingSoon: (
        Plan(template="closing_soon", to="seeker", channels=MAIL, link="/simpanan", lane="bulk", off=frozenset(MAIL)),
    ),
    VacanciesMatched: (
        Plan(
            template="job_digest",
            to="seeker",
            channels=BOTH,
            link="/lowongan",
            short="/kabar",
            lane="bulk",
            lives=DAY,
            off=frozenset(BOTH),
        ),
    ),
    VacancyRefused: (Plan(template="vacancy_refused", to="employer", channels=MAIL, link="/pasang/{id}"),),
    VacancyReturned: (Plan(template="vacancy_returned", to="employer", channels=MAIL, link="/pasang/{id}"),),
    VacancyPublished: (Plan(template="vacancy_published", to="employer", channels=MAIL, link="/pasang/{id}"),),
}


def plan(envelope: Envelope[Any]) -> list[Message]:
    """The messages of an event: the same ones however often it comes."""
    return [
        _message(envelope, row, channel)
        for row in TABLE.get(type(envelope.data), ())
        if _somebody_to_tell(envelope.data)
        for channel in row.channels
        if _chosen(envelope.data, channel)
    ]


def account_contact(account_id: str) -> str:
    """The recipient id of an account as such. A seeker's id is an account id too, with a contact of its own: the
    prefix keeps the two, and their sequences, apart."""
    return f"account:{account_id}"


def _message(envelope: Envelope[Any], row: Plan, channel: ChannelName) -> Message:
    event = envelope.data
    recipient = _RECIPIENT[row.to](envelope)
    code = event if isinstance(event, LoginCodeIssued) else None
    return Message(
        id=f"{envelope.id}:{row.template}:{channel}:{recipient}",
        notice=f"{envelope.id}:{row.template}:{recipient}",
        template=row.template,
        channel=channel,
        lane=row.lane,
        recipient=recipient,
        params=params_of(event),
        link=row.link.format(id=envelope.subject),
        short_link=row.short,
        event_time=envelope.time,
        not_after=_not_after(envelope, row),
        correlation=envelope.correlationid,
        owner=code.account_id if code else None,
        sealed=code.sealed if code else None,
    )


def _chosen(event: Event, channel: ChannelName) -> bool:
    """A saved search is told as its owner asked for (by mail where a newer writer knows a way that we do not); all
    else over every channel of its row."""
    if not isinstance(event, VacanciesMatched):
        return True
    return channel == (event.channel if event.channel in BOTH else "email")


def _not_after(envelope: Envelope[Any], row: Plan) -> datetime:
    event = envelope.data
    if isinstance(event, LoginCodeIssued):
        return event.expires_at
    return event.closes_at if isinstance(event, SavedVacancyClosingSoon) else envelope.time + row.lives


def _account(envelope: Envelope[Any]) -> str:
    event = envelope.data
    return account_contact(event.account_id if isinstance(event, LoginCodeIssued) else envelope.subject)


_RECIPIENT: Mapping[Kind, Callable[[Envelope[Any]], str]] = {
    "seeker": lambda envelope: str(envelope.data.seeker_id),
    "employer": lambda envelope: str(envelope.data.employer_id),
    "account": _account,
}


def _somebody_to_tell(event: Event) -> bool:
    """A partner's vacancy has no account here, and nobody waits to hear of it."""
    return not isinstance(event, VacancyFacts) or event.owner_id is not None
