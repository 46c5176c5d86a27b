"""What happened elsewhere, as it arrives here: fed twice it changes nothing, and an old contact never comes back."""

from collections.abc import Callable
from typing import Any

import pytest

from services.notifier.reactions import table
from services.notifier.store import MessageStore
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, parsed, vacancy
from shared.consumer import Consumer
from shared.contracts.application import ApplicationSubmitted
from shared.contracts.employer import EmployerContactChanged, EmployerRegistered, EmployerVerified
from shared.contracts.identity import AccountContactChanged, AccountErased, LoginCodeIssued
from shared.contracts.seeker import SeekerContactChanged
from shared.events import Envelope, Event, encode
from shared.kafka import Publisher, Record
from shared.testing import envelope
from tests.contracts.samples import full, least

Feed = Callable[..., Any]


@pytest.fixture
def feed(store: MessageStore) -> Feed:
    """Hand events to the consumer as one poll would."""
    consumer = Consumer(
        url="127.0.0.1:1", group="notifier", reactions=table(store), publisher=Publisher("127.0.0.1:1", client_id="t")
    )

    async def feed(*events: Envelope[Any]) -> None:
        await consumer.handle([record(event, offset) for offset, event in enumerate(events)])

    return feed


def record(event: Envelope[Any], offset: int) -> Record:
    key, value = event.subject.encode(), encode(event).encode()
    return Record(
        topic=event.data.topic,
        partition=0,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=key,
        value=value,
        checksum=None,
        serialized_key_size=len(key),
        serialized_value_size=len(value),
        headers=(),
    )


async def test_an_erased_account_leaves_no_message_and_no_contact(store: MessageStore, feed: Feed) -> None:
    contact = SeekerContactChanged(sealed="v1.siti")
    account = AccountContactChanged(role="seeker", sealed="v1.siti")
    await feed(
        envelope(contact, subject=SEEKER, sequence=1),
        envelope(account, subject=SEEKER, sequence=1),
        envelope(contact, subject="acc_budi", sequence=1),
        application(),
    )
    employers = [row["_id"] async for row in store.messages.find({"recipient": EMPLOYER})]
    for _ in range(2):
        await feed(envelope(AccountErased(role="seeker"), subject=SEEKER, sequence=9))
    left = await dump(store)
    assert [row["_id"] for row in left["messages"]] == employers != []
    assert [row["_id"] for row in left["contacts"]] == ["acc_budi"]


async def dump(store: MessageStore) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [row async for row in collection.find({}).sort("_id", 1)]
        for name, collection in {
            "messages": store.messages,
            "contacts": store.contacts,
            "employers": store.employers,
        }.items()
    }


async def test_every_sample_full_and_least_takes_effect_once(store: MessageStore, feed: Feed) -> None:
    kinds: list[type[Event]] = list(table(store))
    events = [
        envelope(parsed(kind, size(kind)), subject=f"{kind.__name__}-{size.__name__}")
        for kind in kinds
        for size in (full, least)
    ]
    await feed(*events)
    first = await dump(store)
    assert first["messages"]
    assert first["contacts"]
    assert first["employers"]
    await feed(*events)
    await feed(*reversed(events))
    assert await dump(store) == first


async def test_a_message_is_stored_with_what_it_needs_and_nothing_personal(store: MessageStore, feed: Feed) -> None:
    await feed(application())
    row = await store.messages.find_one({"channel": "sms"})
    assert row is not None
    assert (row["lane"], row["state"], row["attempts"], row["recipient"]) == ("transactional", "waiting", 0, SEEKER)
    assert row["_id"].endswith(f":application_received:sms:{SEEKER}")
    assert set(row["params"]) == {"judul", "usaha", "nomor", "waktu", "janji"}


async def test_a_code_is_stored_sealed_only(store: MessageStore, feed: Feed) -> None:
    event = parsed(LoginCodeIssued, {**full(LoginCodeIssued), "account_id": SEEKER, "sealed": "v1.sealed"})
    await feed(envelope(event, subject="req_1"))
    row = await store.messages.find_one({"lane": "code"})
    assert row is not None
    assert (row["sealed"], row["owner"], row["params"]) == ("v1.sealed", SEEKER, {})


async def test_an_older_contact_never_comes_back(store: MessageStore, feed: Feed) -> None:
    new, old = SeekerContactChanged(sealed="v1.new"), SeekerContactChanged(sealed="v1.old")
    await feed(envelope(new, subject=SEEKER, sequence=5))
    await feed(envelope(old, subject=SEEKER, sequence=4))
    found = await store.contacts_of([SEEKER])
    assert found[SEEKER] == {
        "_id": SEEKER,
        "owner": SEEKER,
        "sealed": "v1.new",
        "purpose": "seeker-contact",
        "seq": 5,
    }


async def test_a_persons_account_and_profile_have_contacts_of_their_own(store: MessageStore, feed: Feed) -> None:
    await feed(
        envelope(AccountContactChanged(role="seeker", sealed="v1.account"), subject=SEEKER, sequence=9),
        envelope(SeekerContactChanged(sealed="v1.profile"), subject=SEEKER, sequence=1),
        envelope(EmployerContactChanged(owner_id=OWNER, sealed="v1.firm"), subject=EMPLOYER, sequence=2),
    )
    found = await store.contacts_of([SEEKER, f"account:{SEEKER}", EMPLOYER])
    assert {id: (row["owner"], row["purpose"], row["sealed"]) for id, row in found.items()} == {
        SEEKER: (SEEKER, "seeker-contact", "v1.profile"),
        f"account:{SEEKER}": (SEEKER, "contact", "v1.account"),
        EMPLOYER: (OWNER, "employer-contact", "v1.firm"),
    }


async def test_who_owns_an_employer_follows_its_events(store: MessageStore, feed: Feed) -> None:
    facts = {**full(EmployerRegistered), "owner_id": OWNER}
    await feed(envelope(parsed(EmployerRegistered, facts), subject=EMPLOYER))
    await feed(envelope(parsed(EmployerVerified, {**facts, "owner_id": "acc_new"}), subject=EMPLOYER, sequence=2))
    assert await store.employers_of(OWNER) == []
    assert await store.employers_of("acc_new") == [EMPLOYER]


async def test_a_planned_message_that_is_known_stays_as_it_is(store: MessageStore, feed: Feed) -> None:
    event = application(ApplicationSubmitted)
    await feed(event)
    await store.messages.update_many({"channel": "sms"}, {"$set": {"state": "sent"}, "$unset": {"send_at": ""}})
    await feed(event, vacancy())
    assert await store.messages.count_documents({"state": "sent"}) == 1
    assert await store.messages.count_documents({}) == 4
