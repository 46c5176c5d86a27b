"""The collection of what each account chose, and of the public facts by which officers choose whom to write to: the
kelurahan and the education, never a name or a contact."""

from collections.abc import Collection as Ids
from datetime import datetime
from typing import Any

from services.notifier.choices import Choices, as_stored
from shared.errors import StaleVersion
from shared.events import Envelope
from shared.mongo import Database, Document, DuplicateKey

FACTS = {"kelurahan_code": 1, "education": 1}


class People:
    def __init__(self, database: Database) -> None:
        self.collection = database.people

    async def choices(self, account_id: str) -> Choices:
        return (await self.choices_of([account_id])).get(account_id, Choices())

    async def choices_of(self, accounts: Ids[str]) -> dict[str, Choices]:
        """Of those who chose something, with one read."""
        if not accounts:
            return {}
        found = self.collection.find({"_id": {"$in": sorted(accounts)}, "version": {"$gte": 1}})
        return {row["_id"]: Choices.model_validate(row) async for row in found}

    async def save(self, account_id: str, choices: Choices, *, withdrawn_at: datetime | None = None) -> Choices:
        """One guarded write; raises `StaleVersion` where another was first. `withdrawn_at`: a consent ended with
        this, and the person is to be told."""
        guard: Document = {"version": choices.version} if choices.version else {"version": {"$exists": False}}
        changes: Document = {"$set": {**as_stored(choices), "version": choices.version + 1}}
        if withdrawn_at is not None:
            changes["$set"]["withdrawn_untold"] = withdrawn_at
        try:
            done = await self.collection.update_one({"_id": account_id, **guard}, changes, upsert=not choices.version)
        except DuplicateKey:
            raise StaleVersion from None
        if choices.version and not done.matched_count:
            raise StaleVersion
        return choices.model_copy(update={"version": choices.version + 1})

    async def withdrawn(self, *, limit: int) -> list[tuple[str, datetime]]:
        """(account, when) of consents that ended and whose owner was not told yet."""
        found = self.collection.find({"withdrawn_untold": {"$exists": True}}, {"withdrawn_untold": 1}).limit(limit)
        return [(row["_id"], row["withdrawn_untold"]) async for row in found]

    async def told_withdrawn(self, account_id: str, at: datetime) -> None:
        """Not one that ended meanwhile again."""
        told = {"_id": account_id, "withdrawn_untold": at}
        await self.collection.update_one(told, {"$unset": {"withdrawn_untold": ""}})

    async def forget(self, account_id: str) -> None:
        await self.collection.delete_one({"_id": account_id})


def seeker_facts(envelope: Envelope[Any]) -> Document:
    """What the projection keeps of a seeker's profile."""
    education = envelope.data.education
    return {
        "kelurahan_code": envelope.data.kelurahan_code,
        "education": education.code if education else None,
    }
