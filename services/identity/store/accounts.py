"""The `accounts` collection: one account per phone and per e-mail, found by keyed hashes only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.identity.domain.account import Account
from shared.events import Event
from shared.mongo import Collection, Document, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES, Outbox

MOST_IN_QUEUE, AT_ONCE = 100, 20
_INDEXES: Mapping[str, dict[str, Any]] = {
    **INDEXES,
    "recoveries": {"keys": [("recovery.state", 1), ("recovery.until", 1)]},
    "recovery": {"keys": [("recovery.id", 1)], "sparse": True},
    "recovery_stop": {"keys": [("recovery.stop_digest", 1)], "sparse": True},
    "phone": {"keys": [("phone_index", 1)], "unique": True, "sparse": True},
    "email": {"keys": [("email_index", 1)], "unique": True, "sparse": True},
}
_CHANGING = {"sealed", "password_hash", "token_version", "phone_proven_at", "recovery", "recoveries"}


class AlreadyKnown(Exception):
    """The phone or the e-mail has an account."""


class AccountStore:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._outbox = Outbox(collection, source="identity")

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, _INDEXES)

    async def create(self, account: Account, events: Sequence[Event]) -> None:
        """Raises `AlreadyKnown` where another account has the contact."""
        # Absent, not null: a sparse index takes null for a value, and the second null for a repeat.
        fields = account.model_dump(exclude={"id", "version"}, exclude_none=True)
        try:
            await self._outbox.create(account.id, fields, events)
        except DuplicateKey:
            raise AlreadyKnown from None

    async def save(self, account: Account, events: Sequence[Event]) -> None:
        """Save what may change; raises `StaleVersion` if another write was first, and `AlreadyKnown` where another
        account has the phone."""
        changes = account.model_dump(include=_CHANGING)
        if account.phone_index:
            changes["phone_index"] = account.phone_index
        try:
            await self._outbox.save(account.id, version=account.version, changes=changes, events=events)
        except DuplicateKey:
            raise AlreadyKnown from None

    async def delete(self, id: str) -> None:
        """Contact, password, everything: the phone and the e-mail are free again."""
        await self.collection.delete_one({"_id": id})

    async def by_id(self, id: str) -> Account | None:
        return await self._find({"_id": id})

    async def by_phone(self, index: str) -> Account | None:
        return await self._find({"phone_index": index})

    async def by_email(self, index: str) -> Account | None:
        return await self._find({"email_index": index})

    async def by_contact(self, *, phone: str | None, email: str | None) -> list[Account]:
        """The accounts, two at most, that have one of these."""
        found = {
            account.id: account
            for account in (
                await self.by_phone(phone) if phone else None,
                await self.by_email(email) if email else None,
            )
            if account
        }
        return list(found.values())

    async def by_recovery(self, id: str) -> Account | None:
        return await self._find({"recovery.id": id})

    async def by_stop_digest(self, digest: str) -> Account | None:
        return await self._find({"recovery.stop_digest": digest})

    async def recovering(self, *, after: datetime) -> list[Account]:
        """Those with an open recovery that lasts beyond `after`, the oldest first."""
        return await self._recoveries({"$gt": after}, MOST_IN_QUEUE)

    async def lapsing(self, *, at: datetime) -> list[Account]:
        return await self._recoveries({"$lte": at}, AT_ONCE)

    async def _recoveries(self, until: Document, most: int) -> list[Account]:
        filter = {"recovery.state": "requested", "recovery.until": until}
        rows = self.collection.find(filter, {"outbox": 0}).sort("recovery.until", 1).limit(most)
        return [_account(row) async for row in rows]

    async def _find(self, filter: Document) -> Account | None:
        row = await self.collection.find_one(filter, {"outbox": 0})
        return _account(row) if row else None


def _account(row: Document) -> Account:
    return Account(id=row["_id"], **{name: row[name] for name in row if name != "_id"})
