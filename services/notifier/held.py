"""A claimed batch and its time: one clock decides what is too late, whoever's else is wrong."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.claims import Claim
from shared.mongo import Document


@dataclass(frozen=True, kw_only=True)
class Held:
    """A claim with its time: `taken_at` is when we began to take it, on our own clock that only rises."""

    claim: Claim
    taken_at: float
    lease: float
    probe: bool = False

    def now(self, row: Document) -> datetime:
        """The store's time: whoever's clock is wrong, one clock decides what is too late."""
        claimed_at: datetime = row["send_at"] - timedelta(seconds=self.lease)
        return claimed_at + timedelta(seconds=time.monotonic() - self.taken_at)

    def covers(self, seconds: float) -> bool:
        """Whether something that takes so long would end within the lease."""
        return time.monotonic() - self.taken_at + seconds <= self.lease
