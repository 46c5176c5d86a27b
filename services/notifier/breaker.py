"""Leaves a provider alone that failed ten times in a row, and asks with one message at a time whether it is back."""

import time
from collections.abc import Callable

FAILURES = 10
PROBE_FIRST, PROBE_LONGEST = 1.0, 15.0  # seconds between probes: 1, 2, 4, 8, 15, 15, …


class Breaker:
    """The state of one provider for one lane, in this process. `clock` gives seconds that only rise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures, self._interval, self._probe_at, self._asked = 0, PROBE_FIRST, 0.0, False

    @property
    def open(self) -> bool:
        """Whether the provider is left alone, but for a probe."""
        return self._failures >= FAILURES

    def seconds_to_probe(self) -> float:
        return max(self._probe_at - self._clock(), 0.0) if self.open else 0.0

    def worked(self) -> None:
        """The provider answered, be it with a refusal of this one message."""
        self._failures, self._interval, self._asked = 0, PROBE_FIRST, False

    def asked(self) -> None:
        """A probe is on its way: the next one waits for what becomes of it."""
        if self.open:
            self._probe_at, self._asked = self._clock() + self._interval, True

    def failed(self) -> None:
        """No answer, or one that says that it cannot work now."""
        was_open, self._failures = self.open, self._failures + 1
        asked, self._asked = self._asked, False
        if not self.open or (was_open and not asked and self._clock() < self._probe_at):
            return  # the rest of the batch that opened it says nothing new
        if was_open:
            self._interval = min(self._interval * 2, PROBE_LONGEST)
        self._probe_at = self._clock() + self._interval
