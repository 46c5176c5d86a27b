"""The devices on which people asked to be told (web push, RFC 8030): where each is reached is sealed under the key of
its account, and looked up by a keyed hash of that."""

from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, ClassVar
from urllib.parse import urlsplit

from shared.errors import Problem
from shared.mongo import Database, Document, DuplicateKey
from shared.sealed import Vault, blind_index

PURPOSE = "push"
MOST = 5  # devices of an account; the one that was added first makes room
LONGEST = 1000  # characters of an address
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class UnknownPushService(Problem):
    code: ClassVar[str] = "unknown_push_service"
    status: ClassVar[int] = 422
    indonesian = "Peramban ini memakai layanan pemberitahuan yang belum kami kenal."
    english = "This browser uses a push service that we do not know yet."


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What a browser hands out: the address at its push service, and the keys that only it can open (RFC 8291)."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


def is_known(endpoint: str, hosts: Sequence[str]) -> bool:
    """Whether the address is one of a push service of `hosts` (names, `*.` for what lies below): we call no other,
    because whoever names an address chooses whom we call. Plain HTTP only on this computer."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and host in LOOPBACK
    if len(endpoint) > LONGEST or "@" in parts.netloc or not (parts.scheme == "https" or plain):
        return False
    return (plain or port in (None, 443)) and any(fnmatchcase(host, pattern) for pattern in hosts)


class Devices:
    def __init__(self, database: Database, vault: Vault, *, index_key: str, hosts: Sequence[str]) -> None:
        self.collection, self._vault = database.devices, vault
        self._index_key, self._hosts = index_key, hosts

    async def add(self, account_id: str, subscription: Subscription, *, at: datetime) -> Document:
        """The same browser again is the same device; it tells whoever asked last."""
        if not is_known(subscription.endpoint, self._hosts):
            raise UnknownPushService
        id = "dev_" + blind_index(self._index_key, f"push:{subscription.endpoint}")[:32]
        content = {"endpoint": subscription.endpoint, "p256dh": subscription.p256dh, "auth": subscription.auth}
        row: Document = {"account": account_id, "sealed": await self._vault.seal(account_id, PURPOSE, content)}
        change = {"$set": row, "$setOnInsert": {"added_at": at}}
        try:
            await self.collection.update_one({"_id": id}, change, upsert=True)
        except DuplicateKey:  # asked twice at once
            await self.collection.update_one({"_id": id}, {"$set": row})
        known = await self.of_account(account_id)
        for old in [each for each in known if each["_id"] != id][: max(len(known) - MOST, 0)]:
            await self.collection.delete_one({"_id": old["_id"]})
        return next(each for each in known if each["_id"] == id)

    async def of_account(self, account_id: str) -> list[Document]:
        """The one added first comes first."""
        rows = await self.collection.find({"account": account_id}).limit(4 * MOST).to_list(None)
        return sorted(rows, key=lambda row: (row["added_at"], row["_id"]))

    async def ids_of(self, accounts: Ids[str]) -> Mapping[str, Sequence[str]]:
        """Devices by account."""
        found: dict[str, list[str]] = {}
        query = {"account": {"$in": sorted(accounts)}}
        async for row in self.collection.find(query, {"account": 1}).limit(MOST * len(accounts)):
            found.setdefault(row["account"], []).append(row["_id"])
        return found

    async def remove(self, id: str, *, account_id: str) -> bool:
        done = await self.collection.delete_one({"_id": id, "account": account_id})
        return bool(done.deleted_count)


def shown(row: Document) -> dict[str, Any]:
    return {"id": row["_id"], "added_at": row["added_at"]}
