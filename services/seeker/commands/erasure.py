"""Forgetting a person who wanted it: everything that is kept here, and the contact that others read."""

from typing import Protocol

from shared.contracts.seeker import SeekerContactChanged
from shared.kafka import Publisher, topic_name
from shared.sealed import Vault


class Forgetful(Protocol):
    async def forget(self, seeker_id: str) -> None:
        """Delete all of this person; repeating it changes nothing."""


class Erasure:
    def __init__(self, *stores: Forgetful, vault: Vault, publisher: Publisher, topic_prefix: str) -> None:
        self._stores, self._vault, self._publisher = stores, vault, publisher
        self._topic = topic_name(topic_prefix, SeekerContactChanged.topic)

    async def forget(self, seeker_id: str) -> None:
        """May be repeated. No event of its own: whoever has a copy hears of it where we do."""
        # Destroyed already; here it also leaves this process, where a contact that comes late would still open.
        await self._vault.destroy(seeker_id)
        for store in self._stores:
            await store.forget(seeker_id)
        await self._publisher.send(self._topic, key=seeker_id, value=None)
