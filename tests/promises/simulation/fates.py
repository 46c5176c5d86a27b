"""What a seed decides: which kinds of fault a run knows at all, and when each of them strikes."""

from dataclasses import dataclass
from random import Random
from typing import Literal

Edge = Literal["store", "bus", "provider"]
Loss = Literal["request", "reply", "midway"]
Blow = Literal["kill", "pause", "stop"]

DAWDLES_LONGER = 30.0  # seconds
OUTAGE_LONGEST, LATE_LONGEST, PAUSE_LONGEST = 20.0, 15.0, 50.0  # seconds
_LOSSES: tuple[Loss, ...] = ("request", "reply", "midway")
_BLOWS: tuple[Blow, ...] = ("kill", "kill", "kill", "pause", "stop")


@dataclass(frozen=True)
class Trip:
    """One request: seconds there and back, and what of it is lost. `midway`: a write to many documents was done to
    some of them, and nobody is told."""

    there: float
    back: float
    loss: Loss | None = None
    troubled: bool = False


class Fates:
    """Faults strike until `quiet_at` (virtual seconds), each kind only in some of the seeds and a few times: a run
    in which everything fails at once proves little and takes long."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.seed, self.quiet_at = seed, random.uniform(4.0, 12.0)
        self._slow = random.choice((0.001, 0.01, 0.3))
        self._losses: dict[Edge, int] = {edge: self._some(6) for edge in ("store", "bus", "provider")}
        self._late: dict[Edge, int] = {edge: self._some(3) for edge in ("store", "bus", "provider")}
        self._often = random.choice((0.01, 0.05, 0.2))
        self._outages = {edge: self._outage() for edge in self._losses if random.random() < 0.15}
        self._blows = self._some(5)
        self.duplicates, self.poison, self.refusals = self._some(4), self._some(3), self._some(6)
        self.flaws = self._some(4)  # tries of a reaction that fail
        self.deaf = random.random() < 0.2  # no hint arrives
        self.relays, self.notifiers = random.choice((1, 1, 2)), random.choice((1, 1, 2))
        self.rivals = random.random() < 0.3  # two writers of one document
        self.width = random.choice((1, 2, 4))  # messages that a provider takes side by side
        self._dawdles = random.choice((0.0, 0.0, 0.0, 4.0, 9.98))  # seconds that each of its answers takes
        self.late_contact = random.random() < 0.15
        self.skews = random.random() < 0.3

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random.random()

    def skew(self) -> float:
        """How wrong a process's clock is, in seconds: minutes either way, or a day and an hour."""
        return self.random.choice((-600.0, -1.5, 1.5, 600.0, 90_000.0)) if self.skews and self.chance(0.7) else 0.0

    def trip(self, edge: Edge, now: float) -> Trip:
        there, back = self._delay(), self._delay()
        if self._dawdles and edge == "provider" and now < self.quiet_at + DAWDLES_LONGER:
            back = self._dawdles * self.between(0.99, 1.0)
        if now > self.quiet_at:
            return Trip(there, back)
        start, end = self._outages.get(edge, (0.0, 0.0))
        if start <= now < end:
            return Trip(there, self.between(0.05, 3.0), "request", troubled=True)
        if self._losses[edge] and self.chance(self._often):
            self._losses[edge] -= 1
            loss = self.random.choice(_LOSSES)
            return Trip(there, back + self.between(0.0, 2.0), loss, troubled=True)
        if self._late[edge] and self.chance(self._often):
            self._late[edge] -= 1
            late = self.between(0.5, LATE_LONGEST)
            return Trip(late, back, troubled=True) if self.chance(0.5) else Trip(there, late, troubled=True)
        return Trip(there, back)

    def fuse(self, now: float) -> int:
        """After how many turns of a process something happens to it; -1 for never."""
        if not self._blows or now > self.quiet_at or self.chance(0.3):
            return -1
        self._blows -= 1
        return 1 + int(self.random.expovariate(1 / self.random.choice((8, 40, 120))))

    def blow(self) -> Blow:
        return self.random.choice(_BLOWS)

    def _delay(self) -> float:
        found = self.random.random() * 0.001
        return found if self.random.random() < 0.9 else found + self.random.random() * self._slow

    def _some(self, most: int) -> int:
        """None at all in half of the seeds."""
        return self.random.randint(1, most) if self.random.random() < 0.5 else 0

    def _outage(self) -> tuple[float, float]:
        start = self.random.uniform(0.0, self.quiet_at)
        return start, min(start + self.random.uniform(0.5, OUTAGE_LONGEST), self.quiet_at)
