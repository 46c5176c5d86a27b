"""The notifier's collections: messages with their one way from waiting to an end, and what it knows of recipients
(sealed contacts, who owns an employer)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from services.notifier.domain import (
    LANE_NAMES,
    PACES,
    SENT,
    SENT_BY,
    Again,
    ChannelName,
    Lane,
    Later,
    Message,
    Outcome,
    Settled,
    State,
    Unstarted,
    wire_name,
)
from services.notifier.people import People
from shared.claims import DUE, Claims
from shared.mongo import (
    ASCENDING,
    DESCENDING,
    Database,
    Document,
    UpdateOne,
    ensure_indexes,
    insert_ignoring_known,
)
from shared.outbox import INDEXES as OUTBOX_INDEXES

COUNTED = 100_000
INDEXES: Mapping[str, dict[str, Any]] = {
    "send_due": {
        "keys": [("lane", ASCENDING), ("channel", ASCENDING), ("send_at", ASCENDING)],
        "partialFilterExpression": {"send_at": {"$exists": True}},
    },
    "receipt": {"keys": [("receipt", ASCENDING)], "sparse": True},
    "wire": {"keys": [("wire", ASCENDING)], "sparse": True},
    "address": {
        "keys": [("address", ASCENDING), ("event_time", DESCENDING)],
        "partialFilterExpression": {"address": {"$exists": True}},
    },
    "number": {"keys": [("params.nomor", ASCENDING), ("event_time", DESCENDING)], "sparse": True},
    "again_of": {"keys": [("again.of", ASCENDING)], "sparse": True},
    "gather_due": {"keys": [("gather_at", ASCENDING)], "sparse": True},
    "gathered_into": {"keys": [("into", ASCENDING)], "sparse": True},
    "inbox": {"keys": [("recipient", ASCENDING), ("event_time", DESCENDING), ("notice", DESCENDING)]},
}
# A receipt that came before its message was written down is needed for moments; a week is for one that came astray.
_FORGET_EARLY: dict[str, Any] = {"keys": [("at", ASCENDING)], "expireAfterSeconds": 7 * 86_400}
_FORGET_REPLIES: dict[str, Any] = {"keys": [("at", ASCENDING)], "expireAfterSeconds": 400 * 86_400}
_UNTOLD: dict[str, Any] = {"keys": [("withdrawn_untold", ASCENDING)], "sparse": True}
NEW_MESSAGES: list[Document] = [
    {"$match": {"operationType": "insert"}},
    {"$project": {"fullDocument.lane": 1, "fullDocument.channel": 1}},
]


class MessageStore:
    """`gathers`: what may come together waits for its company; else each message goes by itself."""

    def __init__(self, database: Database, *, gathers: bool = False) -> None:
        self._gathers = gathers
        self.rhythms = database.rhythms
        self.announcements = database.announcements
        self.messages = database.messages
        self.contacts = database.contacts
        self.employers = database.employers
        self.costs = database.costs
        self.receipts = database.receipts
        self.suppressed = database.suppressed
        self.people = People(database)
        self.replies = database.replies
        self.devices = database.devices

    async def prepare(self) -> None:
        """Every index that a recurring question goes by."""
        await ensure_indexes(self.receipts, {"forget": _FORGET_EARLY})
        await ensure_indexes(self.replies, {**OUTBOX_INDEXES, "forget": _FORGET_REPLIES})
        await ensure_indexes(self.suppressed, {"forget": {"keys": [("until", ASCENDING)], "expireAfterSeconds": 0}})
        await ensure_indexes(self.messages, INDEXES)
        await ensure_indexes(self.devices, {"account": {"keys": [("account", ASCENDING)]}})
        await ensure_indexes(self.people.collection, {"withdrawn_untold": _UNTOLD})
        await ensure_indexes(self.employers, {"owner": {"keys": [("owner_id", ASCENDING)]}})

    async def add(self, messages: Sequence[Message]) -> int:
        """Store what was planned; what is known already stays as it is. Returns how many were new."""
        return await insert_ignoring_known(self.messages, [self._document(message) for message in messages])

    def _document(self, message: Message) -> Document:
        fields = {name: value for name, value in asdict(message).items() if name != "id" and value is not None}
        document = {"_id": message.id, **fields, "attempts": 0, "created_at": datetime.now(UTC)}
        if message.channel == "email":
            document["wire"] = wire_name(message.id)
        if message.channel == "app":
            return {**document, "state": "sent"}  # it is there as soon as it is stored
        due = "gather_at" if self._gathers and message.gather else "send_at"
        return {**document, "state": "waiting", due: DUE}

    def claims(self, lane: Lane, channel: ChannelName) -> Claims:
        due = {"lane": lane, "channel": channel}  # only what waits has a `send_at`
        return Claims(collection=self.messages, field="send_at", lease_seconds=PACES[lane].lease, filter=due)

    async def any_due(self) -> bool:
        """Whether a message of any lane is due: one look for all the lanes that are at rest."""
        soon = {"$lte": datetime.now(UTC) + timedelta(seconds=1)}
        queues = [{"lane": lane, "channel": name, "send_at": soon} for lane in LANE_NAMES for name in SENT_BY]
        return await self.messages.find_one({"$or": queues}, {"_id": 1}) is not None

    async def mark(self, token: str, outcomes: Mapping[str, Outcome]) -> dict[Settled, int]:
        """Write the outcomes of messages held under `token`, by id; one that another sender took meanwhile stays
        as it is. Returns how many were settled, and how."""
        settled: dict[Settled, list[str]] = {}
        sent: list[UpdateOne] = []  # each under the name that its own receipt will have
        put_off: list[UpdateOne] = []
        for id, outcome in outcomes.items():
            if not isinstance(outcome, Settled):
                put_off.append(UpdateOne(_held([id], token), _put_off(outcome)))
            elif outcome.reference is None and outcome.address is None:
                settled.setdefault(outcome, []).append(id)
            else:
                sent.append(UpdateOne(_held([id], token), _ended(outcome)))
        counts: dict[Settled, int] = {}
        for end, ids in settled.items():
            done = await self.messages.update_many(_held(ids, token), _ended(end))
            counts[end] = done.modified_count
        if sent:
            written = await self.messages.bulk_write(sent, ordered=False)
            counts[SENT] = counts.get(SENT, 0) + written.modified_count
        if put_off:
            await self.messages.bulk_write(put_off, ordered=False)
        return counts

    async def advance(self, id: str, state: State, code: str | None) -> None:
        """What a receipt said, unless more is known already. One that was still waiting is due no more."""
        await self.messages.update_one(
            {"_id": id, "state": {"$in": ["waiting", "sent"]}}, _ended(Settled(state=state, code=code))
        )

    async def forget(self, recipients: Sequence[str]) -> None:
        """Delete what is known of these, and every message to them. A contact that comes late opens no more."""
        await self.messages.delete_many({"recipient": {"$in": list(recipients)}})
        await self.contacts.delete_many({"_id": {"$in": list(recipients)}})
        await self.devices.delete_many({"account": {"$in": list(recipients)}})
        for each in recipients:
            await self.people.forget(each)

    async def waiting(self, lane: Lane) -> int:
        return await self.messages.count_documents({"lane": lane, "send_at": {"$exists": True}}, limit=COUNTED)

    async def contacts_of(self, recipients: Sequence[str]) -> dict[str, Document]:
        """The sealed contacts that are known, by recipient."""
        found = self.contacts.find({"_id": {"$in": list(recipients)}})
        return {row["_id"]: row async for row in found}

    async def devices_of(self, ids: Sequence[str]) -> dict[str, Document]:
        """Those that are still there, by id."""
        if not ids:
            return {}
        return {row["_id"]: row async for row in self.devices.find({"_id": {"$in": sorted(set(ids))}})}

    async def account_of(self, recipient: str) -> str | None:
        """The account behind a recipient; None for a number that nobody is known to have."""
        if recipient.startswith("number:"):
            return None
        if recipient.startswith("emp_"):
            return await self.owner_of(recipient)
        return recipient.removeprefix("account:")

    async def sent_to(self, address: str, *, limit: int) -> list[Document]:
        """What went to this address (a keyed hash), newest first."""
        found = self.messages.find({"address": address}).sort([("event_time", DESCENDING)])
        return await found.limit(limit).to_list(None)

    async def owner_of(self, employer_id: str) -> str | None:
        found = await self.employers.find_one({"_id": employer_id}, {"owner_id": 1})
        return found["owner_id"] if found else None

    async def employers_of(self, account_id: str) -> list[str]:
        return [row["_id"] async for row in self.employers.find({"owner_id": account_id}, {"_id": 1}).limit(100)]


def _held(ids: Sequence[str], token: str) -> Document:
    return {"_id": {"$in": list(ids)}, "lease": token, "state": "waiting"}


def _ended(end: Settled) -> Document:
    """An ended message is never due again, and keeps no code."""
    known = {"code": end.code, "provider": end.provider, "receipt": end.receipt, "address": end.address}
    return {
        "$set": {"state": end.state, **{name: value for name, value in known.items() if value}},
        "$currentDate": {"settled_at": True},
        "$inc": {"attempts": 1},
        "$unset": {"send_at": "", "lease": "", "sealed": ""},
    }


def _put_off(outcome: Again | Unstarted | Later) -> list[Document]:
    """Due again later, by the store's clock; never later than its end, so that it is seen to expire in time."""
    if isinstance(outcome, Unstarted):
        return [{"$set": {"send_at": DUE, "lease": "$$REMOVE"}}]
    if isinstance(outcome, Later):
        at = {"$literal": outcome.at}
        return [{"$set": {"send_at": {"$min": [at, "$not_after"]}, "awake_at": at, "lease": "$$REMOVE"}}]
    wait = {"startDate": "$$NOW", "unit": "millisecond", "amount": int(outcome.seconds * 1000)}
    return [
        {
            "$set": {
                "send_at": {"$min": [{"$dateAdd": wait}, "$not_after"]},
                "attempts": {"$add": ["$attempts", int(outcome.tried)]},
                "code": {"$literal": outcome.code},
                "lease": "$$REMOVE",
                # Once somebody may have it, nobody else is asked (ADR 15).
                **({"provider": {"$literal": outcome.provider}} if outcome.provider else {}),
            }
        }
    ]
