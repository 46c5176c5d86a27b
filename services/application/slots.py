"""The last slot each person took today through this process: it saves the store one look for each application."""

from datetime import date

PEOPLE = 10_000


class Slots:
    """Slots are never given back, so a remembered one is a lower bound; the unique index of the store decides."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, date], int] = {}

    def used(self, seeker_id: str, day: date) -> int:
        """How many slots of the day the person has used at least."""
        return self._last.get((seeker_id, day), 0)

    def took(self, seeker_id: str, day: date, *, slot: int) -> None:
        """Remember, and forget whoever was remembered longest ago."""
        self._last.pop((seeker_id, day), None)
        self._last[seeker_id, day] = slot
        if len(self._last) > PEOPLE:
            del self._last[next(iter(self._last))]
