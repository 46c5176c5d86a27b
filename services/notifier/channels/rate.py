"""A provider's rate, shared by all lanes of a process: bulk may never use up what a code will need."""

import time
from collections.abc import Callable

from services.notifier.domain import Lane

# The part of a provider's room (rate, window, money) that a lane may use up.
SHARE: dict[Lane, float] = {"code": 1.0, "transactional": 0.9, "bulk": 0.7}
LEAST_BURST = 4.0  # messages; below it no lane would have a part


class Bucket:
    """Tokens that come back at `per_second`; None: as many as you like. `clock` gives seconds that only rise."""

    def __init__(self, per_second: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = per_second, clock
        self._size = max(per_second or 0.0, LEAST_BURST)
        self._level, self._at = self._size, clock()

    def take(self, lane: Lane) -> bool:
        """One message's token, if the lane may have it now."""
        if self._rate is None:
            return True
        if self.wait(lane) > 0:
            return False
        self._level -= 1.0
        return True

    def wait(self, lane: Lane) -> float:
        """Seconds until the lane may have one."""
        if self._rate is None:
            return 0.0
        now = self._clock()
        self._level, self._at = min(self._size, self._level + (now - self._at) * self._rate), now
        least = 1.0 + self._size * (1.0 - SHARE[lane])
        return max(least - self._level - 1e-9, 0.0) / self._rate

    def drain(self) -> None:
        """The provider said that it was too much: begin anew from nothing."""
        self._level, self._at = 0.0, self._clock()
