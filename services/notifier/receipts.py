"""What providers say became of a message. Receipts come early, late, twice and in any order: a message only ever goes
forward, from sent to delivered or undelivered, and stays there."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from services.notifier import measures
from services.notifier.domain import Outcome, Settled, receipt_name
from services.notifier.fallback import fallback
from services.notifier.heard import Receipt, Received
from services.notifier.store import MessageStore
from shared.mongo import Document, DuplicateKey

_MESSAGE_ID = re.compile(r"<([0-9a-f]{40})@[^<>@]+>")  # of our own mails


class Receipts:
    def __init__(self, store: MessageStore) -> None:
        self._store = store

    async def take(self, receipt: Receipt) -> None:
        """Move the message that the receipt is about; one whose sender has not written the answer down yet is found
        by it afterwards (`catch_up`)."""
        measures.receipts.labels(receipt.provider, receipt.state).inc()
        row = await self._find(receipt)
        if row is None and receipt.reference:
            await self._keep(receipt, receipt.reference)
            row = await self._find(receipt)  # it may have been written down meanwhile
        if row is not None:
            await self._advance(row, receipt.state, receipt.code)

    async def catch_up(self, outcomes: Mapping[str, Outcome]) -> None:
        """Apply the receipts that were faster than the mark of these messages."""
        names = {
            outcome.receipt: id
            for id, outcome in outcomes.items()
            if isinstance(outcome, Settled) and outcome.receipt is not None
        }
        if not names:
            return
        async for early in self._store.receipts.find({"_id": {"$in": list(names)}}):
            row = await self._store.messages.find_one({"_id": names[early["_id"]]})
            if row is not None:
                await self._advance(row, early["state"], early.get("code"))

    async def _find(self, receipt: Receipt) -> Document | None:
        """By our key, by the Message-ID of our mail, or by what its provider called it."""
        found = await self._store.messages.find_one(_named(receipt))
        ours = found is not None and found.get("provider") in (None, receipt.provider)
        return found if ours else None

    async def _keep(self, receipt: Receipt, reference: str) -> None:
        name = receipt_name(receipt.provider, reference)
        try:
            await self._store.receipts.insert_one(
                {"_id": name, "state": receipt.state, "code": receipt.code, "at": datetime.now(UTC)}
            )
        except DuplicateKey:
            return  # told twice: the first stands

    async def _advance(self, row: Document, state: Received, code: str | None) -> None:
        """The other channel's message is stored first: were this the other way round, a kill in between would lose
        it."""
        if row["state"] not in ("waiting", "sent"):
            return
        if other := fallback(row, Settled(state=state, code=code)):
            await self._store.add([other])
        await self._store.advance(row["_id"], state, code)


def _named(receipt: Receipt) -> Document:
    if receipt.key:
        return {"_id": receipt.key}
    reference = receipt.reference or ""
    if mail := _MESSAGE_ID.fullmatch(reference):
        return {"wire": mail[1]}
    return {"receipt": receipt_name(receipt.provider, reference)}
