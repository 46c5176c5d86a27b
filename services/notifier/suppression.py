"""Addresses that are left alone, by keyed hash: those that bounced get nothing, those whose owner wants no news get
only what concerns their own affairs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from services.notifier import measures
from services.notifier.channels.channel import Outgoing
from services.notifier.domain import SUPPRESSED, ChannelName, Settled
from services.notifier.heard import Reason
from services.notifier.planner import KINDS
from shared.mongo import Collection, Document

BOUNCED_DAYS = 30  # then it is tried once more: a mailbox may be mended


class Suppression:
    def __init__(self, addresses: Collection) -> None:
        self.addresses = addresses

    async def add(self, address: str, reason: Reason, channel: ChannelName) -> None:
        """A wish to be left alone outlives a bounce."""
        until = {"until": datetime.now(UTC) + timedelta(days=BOUNCED_DAYS)} if reason == "bounced" else {}
        field = "bounced" if reason == "bounced" else "stopped"
        change: Document = {"$set": {field: True, **until}}
        if field == "stopped":
            change["$unset"] = {"until": ""}
        done = await self.addresses.update_one({"_id": address, field: {"$ne": True}}, change)
        if not done.matched_count:
            fresh = {field: True, "channel": channel, "at": datetime.now(UTC), **until}
            await self.addresses.update_one({"_id": address}, {"$setOnInsert": fresh}, upsert=True)
        measures.suppressed.labels(channel, reason).inc()

    async def lift(self, address: str) -> None:
        """Its owner wants to hear of us again."""
        await self.addresses.delete_one({"_id": address})

    async def judge(self, rows: Sequence[Document], ready: Mapping[str, Outgoing]) -> dict[str, Settled]:
        """Which of the messages about to go out must not, by id; one question for all of them."""
        wanted = sorted({outgoing.address for outgoing in ready.values() if outgoing.address})
        if not wanted:
            return {}
        known = {row["_id"]: row async for row in self.addresses.find({"_id": {"$in": wanted}})}
        if not known:
            return {}
        return {
            row["_id"]: SUPPRESSED
            for row in rows
            if (outgoing := ready.get(row["_id"])) and _stops(known.get(outgoing.address), row)
        }


def _stops(known: Document | None, row: Document) -> bool:
    if known is None:
        return False
    kind = KINDS.get(row.get("kind", ""))
    return "bounced" in known or (kind is not None and row["channel"] in kind.off)
