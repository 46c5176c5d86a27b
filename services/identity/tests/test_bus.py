"""On real Kafka: what registering and asking for a code bring to the topics, for those who listen there."""

from collections.abc import Awaitable, Callable
from typing import Any

from shared.contracts.identity import AccountContactChanged, AccountRegistered, LoginCodeIssued
from shared.kafka import Publisher
from shared.relay import Relay
from shared.testing import Bus


async def test_each_event_arrives_on_its_topic_under_its_key(
    identity: Any, kafka_url: str, prefix: str, bus: Bus, make_topics: Callable[..., Awaitable[None]]
) -> None:
    await make_topics("identity", "identity-contact", "identity-code")
    await identity.register_seeker()
    account_id = (await identity.events())[0].subject
    request_id = await identity.ask_code()
    publisher = Publisher(kafka_url, client_id="test")
    for collection in (identity.parts.store.accounts.collection, identity.parts.store.codes.collection):
        await Relay(collection, publisher, topic_prefix=prefix).relay_batch()
    await publisher.stop()
    topics = ("identity", "identity-contact", "identity-code")
    arrived = [(type(event.data), event.subject) for topic in topics for event in await bus.events(topic)]
    assert arrived == [
        (AccountRegistered, account_id),
        (AccountContactChanged, account_id),
        (LoginCodeIssued, request_id),
    ]
