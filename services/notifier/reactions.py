"""What the notifier does when something happened elsewhere: remember how people are reached, and plan messages."""

from typing import Any

from services.notifier.people import seeker_facts
from services.notifier.planner import TABLE, account_contact, former_contact, plan
from services.notifier.pushing import Pushes
from services.notifier.store import MessageStore
from shared.contracts.employer import (
    EmployerChanged,
    EmployerContactChanged,
    EmployerRegistered,
    EmployerReturned,
    EmployerRevoked,
    EmployerVerified,
)
from shared.contracts.identity import AccountContactChanged, AccountErased
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.effects import Effect, Projection, Reactions
from shared.events import Envelope, Event
from shared.mongo import Document


def table(store: MessageStore, pushes: Pushes | None = None) -> Reactions:
    """Every event class that concerns the notifier, and its effect. `pushes`: where devices are told too."""

    async def plan_messages(envelope: Envelope[Any]) -> None:
        planned = plan(envelope)
        await store.add([*planned, *(await pushes.of(planned) if pushes else ())])

    async def forget(envelope: Envelope[Any]) -> None:
        await store.forget([envelope.subject, account_contact(envelope.subject), former_contact(envelope.subject)])

    contacts = store.contacts
    owners = Projection(collection=store.employers, shape=_owner)
    facts = Projection(collection=store.people.collection, shape=seeker_facts)
    effects: dict[type[Event], Effect] = {
        SeekerRegistered: facts,
        SeekerProfileChanged: facts,
        SeekerContactChanged: Projection(collection=contacts, shape=_seeker_contact),
        EmployerContactChanged: Projection(collection=contacts, shape=_employer_contact),
        AccountContactChanged: Projection(
            collection=contacts, shape=_account_contact, id=lambda envelope: account_contact(envelope.subject)
        ),
        AccountErased: forget,
        EmployerRegistered: owners,
        EmployerVerified: owners,
        EmployerReturned: owners,
        EmployerRevoked: owners,
        EmployerChanged: owners,
    }
    both = {kind: (effects[kind], plan_messages) for kind in TABLE if kind in effects}
    return {**dict.fromkeys(TABLE, plan_messages), **effects, **both}


def _seeker_contact(envelope: Envelope[Any]) -> Document:
    return {"owner": envelope.subject, "sealed": envelope.data.sealed, "purpose": "seeker-contact"}


def _employer_contact(envelope: Envelope[Any]) -> Document:
    return {"owner": envelope.data.owner_id, "sealed": envelope.data.sealed, "purpose": "employer-contact"}


def _account_contact(envelope: Envelope[Any]) -> Document:
    return {"owner": envelope.subject, "sealed": envelope.data.sealed, "purpose": "contact"}


def _owner(envelope: Envelope[Any]) -> Document:
    return {"owner_id": envelope.data.owner_id}
