"""The one place where what providers tell us comes in, by a callback or over an SMPP line."""

from collections.abc import Sequence

from services.notifier.addresses import address_index
from services.notifier.heard import Complaint, Heard, Receipt
from services.notifier.receipts import Receipts
from services.notifier.replies import Replies
from services.notifier.suppression import Suppression


class Intake:
    """Everything may be told twice and in any order."""

    def __init__(self, receipts: Receipts, replies: Replies, suppression: Suppression, *, index_key: str) -> None:
        self._receipts, self._replies, self._suppression = receipts, replies, suppression
        self._index_key = index_key

    async def take(self, heard: Sequence[Heard]) -> None:
        for one in heard:
            if isinstance(one, Receipt):
                await self._receipts.take(one)
            elif isinstance(one, Complaint):
                address = address_index(self._index_key, "email", one.address)
                await self._suppression.add(address, one.reason, "email")
            else:
                await self._replies.take(one)
