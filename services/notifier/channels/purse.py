"""What a provider may cost a day, in rupiah, counted in the store for all processes together; the day is WIB's."""

import contextlib
from dataclasses import dataclass, field
from datetime import datetime

from services.notifier.channels.rate import SHARE
from services.notifier.domain import Lane
from shared.clock import WIB
from shared.mongo import Collection, DuplicateKey


@dataclass(frozen=True, kw_only=True)
class Price:
    """`daily`: the cap of a day; None: only counted."""

    segment: int
    daily: int | None


@dataclass(frozen=True, kw_only=True)
class Purse:
    """One provider's money. `costs` holds a document per provider and day."""

    costs: Collection = field(repr=False)
    provider: str
    price: Price

    async def pay(self, segments: int, lane: Lane) -> bool:
        """Put the cost aside before the message goes out; False when the lane's part of the day's money is used up.
        The cap holds whoever else pays at the same time: the question and the payment are one write."""
        cost, limit = segments * self.price.segment, self._limit(lane)
        if cost > limit:
            return False
        paid = {"$inc": {"rupiah": cost, "segments": segments}}
        for _ in range(2):
            done = await self.costs.update_one({"_id": self._day(), "rupiah": {"$lte": limit - cost}}, paid)
            if done.matched_count:
                return True
            with contextlib.suppress(DuplicateKey):  # of the day's first payments, or one above the limit
                await self.costs.insert_one({"_id": self._day(), "rupiah": 0, "segments": 0})
        return False

    async def give_back(self, segments: int) -> None:
        """What was certainly not sent is not paid."""
        back = {"rupiah": -segments * self.price.segment, "segments": -segments}
        await self.costs.update_one({"_id": self._day()}, {"$inc": back})

    async def spent(self) -> int:
        """Rupiah today."""
        found = await self.costs.find_one({"_id": self._day()})
        return int(found["rupiah"]) if found else 0

    def _limit(self, lane: Lane) -> int:
        return int(self.price.daily * SHARE[lane]) if self.price.daily is not None else 10**12

    def _day(self) -> str:
        return f"{self.provider}:{datetime.now(WIB):%Y-%m-%d}"
