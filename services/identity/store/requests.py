"""The `data_requests` collection, and `erasures`: one document per account that is gone, which tells the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.identity.domain.request import DataRequest
from shared.contracts.identity import AccountContactChanged, AccountErased, DataRequestKind, Role
from shared.events import Event, Tombstone
from shared.mongo import ASCENDING, DESCENDING, Collection, Document, DuplicateKey, ensure_indexes
from shared.outbox import INDEXES, Outbox

MOST_OF_ONE = 50
MOST_IN_QUEUE = 100
AT_ONCE = 20
_INDEXES: Mapping[str, dict[str, Any]] = {
    **INDEXES,
    "mine": {"keys": [("account_id", ASCENDING), ("asked_at", DESCENDING)]},
    "queue": {"keys": [("state", ASCENDING), ("due_at", ASCENDING)]},
    "to_erase": {"keys": [("erase_at", ASCENDING)], "sparse": True},
}


class RequestStore:
    def __init__(self, requests: Collection, erasures: Collection) -> None:
        self.requests, self.erasures = requests, erasures
        self._outbox = Outbox(requests, source="identity")
        self._ends = Outbox(erasures, source="identity")

    async def prepare(self) -> None:
        await ensure_indexes(self.requests, _INDEXES)
        await ensure_indexes(self.erasures, INDEXES)

    async def create(self, request: DataRequest, events: Sequence[Event]) -> None:
        await self._outbox.create(request.id, request.model_dump(exclude={"id", "version"}), events)

    async def save(self, request: DataRequest, events: Sequence[Event]) -> DataRequest:
        """Raises `StaleVersion` if another was first."""
        changes = request.model_dump(exclude={"id", "version"})
        version = await self._outbox.save(request.id, version=request.version, changes=changes, events=events)
        return request.model_copy(update={"version": version})

    async def end(self, account_id: str, *, role: Role, after: int) -> None:
        """Tell that the account is gone, once: `after` is its last version. Repeating it changes nothing."""
        gone = Tombstone(AccountContactChanged.topic)
        try:
            await self._ends.create(account_id, {}, [AccountErased(role=role)], copies=[gone], after=after)
        except DuplicateKey:
            return

    async def by_id(self, id: str) -> DataRequest | None:
        return _request(await self.requests.find_one({"_id": id}, {"outbox": 0}))

    async def of(self, account_id: str) -> list[DataRequest]:
        """The newest first."""
        found = self.requests.find({"account_id": account_id}, {"outbox": 0}).sort("asked_at", DESCENDING)
        return [request async for row in found.limit(MOST_OF_ONE) if (request := _request(row))]

    async def open_of(self, account_id: str, kind: DataRequestKind) -> DataRequest | None:
        unanswered = ("open", "erasing")
        return next((one for one in await self.of(account_id) if one.kind == kind and one.state in unanswered), None)

    async def queue(self) -> list[DataRequest]:
        """What waits for an officer, the one due first at the top."""
        found = self.requests.find({"state": "open"}, {"outbox": 0}).sort("due_at", ASCENDING)
        return [request async for row in found.limit(MOST_IN_QUEUE) if (request := _request(row))]

    async def to_erase(self, *, at: datetime) -> list[DataRequest]:
        found = self.requests.find({"erase_at": {"$lte": at}}, {"outbox": 0}).sort("erase_at", ASCENDING)
        return [request async for row in found.limit(AT_ONCE) if (request := _request(row))]


def _request(row: Document | None) -> DataRequest | None:
    if row is None:
        return None
    known = {name: row[name] for name in DataRequest.model_fields if name in row}
    return DataRequest.model_validate({**known, "id": row["_id"]})
