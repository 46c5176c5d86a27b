"""From an event to its messages: the same ones however often it comes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.notifier.domain import ChannelName, Message
from services.notifier.params import params_of
from services.notifier.planner.rows import BOTH, Plan, To
from services.notifier.planner.table import APART, TABLE
from shared.contracts.application import ApplicationCancelled
from shared.contracts.employer import EmployerFacts
from shared.contracts.identity import ContactReplaced, DataRequestAnswered, LoginCodeIssued, MandateCodeIssued
from shared.contracts.seeker import VacanciesMatched
from shared.contracts.vacancy import VacancyFacts
from shared.events import Envelope, Event

NOTICE = "notice"  # the purpose of a contact that an event brings along


def plan(envelope: Envelope[Any]) -> list[Message]:
    return [
        _message(envelope, row, channel)
        for row in TABLE.get(type(envelope.data), ())
        if _somebody_to_tell(envelope.data)
        for channel in row.channels
        if _chosen(envelope.data, channel)
    ]


def channels_of(template: str) -> frozenset[ChannelName]:
    """Over which channels a message goes by plan; of one that is not in the plan, none."""
    if template in APART:
        return frozenset(APART[template])
    return frozenset(
        channel for rows in TABLE.values() for row in rows if row.template == template for channel in row.channels
    )


def account_contact(account_id: str) -> str:
    """The recipient id of an account as such. A seeker's id is an account id too, with a contact of its own: the
    prefix keeps the two, and their sequences, apart."""
    return f"account:{account_id}"


def former_contact(account_id: str) -> str:
    """The recipient id of the contact that an account had before: what it is told is not in the account's inbox."""
    return f"former:{account_id}"


def _message(envelope: Envelope[Any], row: Plan, channel: ChannelName) -> Message:
    event = envelope.data
    recipient = _RECIPIENT[row.to](envelope)
    seal = _seal(envelope, row)
    return Message(
        id=f"{envelope.id}:{row.template}:{channel}:{recipient}",
        notice=f"{envelope.id}:{row.template}:{recipient}",
        template=row.template,
        kind=row.kind,
        channel=channel,
        lane=row.lane,
        recipient=recipient,
        params=params_of(event),
        link=row.link.format(id=envelope.subject, event=event),
        short_link=row.short,
        event_time=envelope.time,
        not_after=_not_after(envelope, row),
        quiet=row.quiet,
        gather=f"{row.template}:{channel}:{recipient}" if row.gathered else None,
        correlation=envelope.correlationid,
        owner=seal[0] if seal else None,
        sealed=seal[1] if seal else None,
        purpose=NOTICE if seal and row.lane != "code" else None,
    )


def _seal(envelope: Envelope[Any], row: Plan) -> tuple[str, str] | None:
    """(whose, what) where the event brings along how to reach somebody; else the known contact does."""
    event = envelope.data
    if isinstance(event, LoginCodeIssued | MandateCodeIssued):
        return event.account_id, event.sealed
    if isinstance(event, ContactReplaced):
        return envelope.subject, event.before if row.to == "former" else event.sealed
    return None


def _chosen(event: Event, channel: ChannelName) -> bool:
    """A saved search is told as its owner asked for (by mail where a newer writer knows a way that we do not); all
    else over every channel of its row."""
    if not isinstance(event, VacanciesMatched):
        return True
    return channel == (event.channel if event.channel in BOTH else "email")


def _not_after(envelope: Envelope[Any], row: Plan) -> datetime:
    end = getattr(envelope.data, row.until) if row.until else None
    return end if isinstance(end, datetime) else envelope.time + row.lives


def _employer(envelope: Envelope[Any]) -> str:
    event = envelope.data
    return envelope.subject if isinstance(event, EmployerFacts) else str(event.employer_id)


def _account(envelope: Envelope[Any]) -> str:
    event = envelope.data
    return account_contact(getattr(event, "account_id", envelope.subject))


_RECIPIENT: Mapping[To, Callable[[Envelope[Any]], str]] = {
    "seeker": lambda envelope: str(envelope.data.seeker_id),
    "employer": _employer,
    "account": _account,
    "now": _account,
    "former": lambda envelope: former_contact(envelope.subject),
}


def _somebody_to_tell(event: Event) -> bool:
    """A partner's vacancy has no account here, and nobody waits to hear of it. Whoever was warned of a recall
    hears nothing else; whoever took a request back knows it; whoever was erased cannot be told."""
    if isinstance(event, ApplicationCancelled):
        return event.cause not in ("recalled", "erased")
    if isinstance(event, DataRequestAnswered):
        return event.outcome != "withdrawn" and (event.kind, event.outcome) != ("erasure", "done")
    return not isinstance(event, VacancyFacts) or event.owner_id is not None
