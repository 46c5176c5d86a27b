"""The hours in which nobody is woken. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.clock import WIB, start_of

_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, kw_only=True)
class Night:
    """From the hour `begins` until the hour `ends` of the next day, in WIB; no night where they are the same."""

    begins: int
    ends: int

    @classmethod
    def read(cls, text: str) -> "Night":
        """`20-7`, or `none`; raises ValueError for anything else."""
        if text == "none":
            return cls(begins=0, ends=0)
        found = _HOURS.fullmatch(text)
        if not found or not all(0 <= int(hour) <= 23 for hour in found.groups()) or found[1] == found[2]:
            raise ValueError("must be two hours of the day such as 20-7, or none")
        return cls(begins=int(found[1]), ends=int(found[2]))

    def morning_after(self, at: datetime) -> datetime | None:
        """When the night around `at` ends; None by day."""
        local = at.astimezone(WIB)
        late, early = local.hour >= self.begins, local.hour < self.ends
        asleep = (late or early) if self.begins > self.ends else (late and early)
        if not asleep:
            return None
        days = 1 if self.begins > self.ends and late else 0
        return start_of(local.date() + timedelta(days=days)) + timedelta(hours=self.ends)
