"""The collection of employers; the unique index on the owner is the rule "one per account"."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from services.vacancy.domain.employer import Employer
from services.vacancy.domain.refusals import EmployerExists
from services.vacancy.domain.vacancy import Card
from services.vacancy.store.documents import employer_fields, employer_of
from shared.errors import NotFound
from shared.events import Event
from shared.mongo import ASCENDING, Collection, Document, DuplicateKey
from shared.outbox import INDEXES, Outbox

EMPLOYER_INDEXES: dict[str, dict[str, Any]] = {
    **INDEXES,
    "owner": {"keys": [("owner_id", ASCENDING)], "unique": True},
    "queue": {"keys": [("state", ASCENDING), ("since", ASCENDING), ("_id", ASCENDING)]},
    "contact_waits": {"keys": [("contact_waits", ASCENDING)]},
}


class Employers:
    """Documents of employers: the only place that writes them."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._outbox = Outbox(collection, source="vacancy")

    async def create(self, employer: Employer, events: Sequence[Event]) -> Employer:
        """Raises `EmployerExists` where the account has one already."""
        try:
            await self._outbox.create(employer.id, employer_fields(employer), events)
        except DuplicateKey:
            raise EmployerExists from None
        return employer.model_copy(update={"version": len(events)})

    async def load(self, id: str) -> Employer:
        return await self._one({"_id": id})

    async def of_owner(self, account_id: str) -> Employer:
        """The employer of this account; raises `NotFound`."""
        return await self._one({"owner_id": account_id})

    async def save(self, before: Employer, after: Employer, events: Sequence[Event]) -> Employer:
        """Write what differs, with the events, if nobody was first (`StaleVersion`)."""
        old, new = employer_fields(before), employer_fields(after)
        changes = {name: value for name, value in new.items() if value != old[name]}
        version = await self._outbox.save(before.id, version=before.version, changes=changes, events=events)
        return after.model_copy(update={"version": version})

    async def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        """What is public of these employers as they are now, in one read."""
        return {row["_id"]: employer_of(row).card async for row in self.collection.find({"_id": {"$in": [*ids]}})}

    async def waiting_for_contact(self, *, limit: int) -> list[str]:
        """Accounts whose employer still waits for the account's contact."""
        found = self.collection.find({"contact_waits": True}, {"owner_id": 1}).limit(limit)
        return [row["owner_id"] async for row in found]

    async def revoked_since(self, at: datetime, *, limit: int) -> list[str]:
        found = self.collection.find({"state": "revoked", "since": {"$gte": at}}, {"_id": 1}).limit(limit)
        return [row["_id"] async for row in found]

    async def _one(self, filter: Document) -> Employer:
        row = await self.collection.find_one(filter)
        if row is None:
            raise NotFound
        return employer_of(row)
