"""Months of the statistics: open ones are reckoned when they are read, closed ones stand as they were closed. What is
heard of a closed month later counts in the first open one, and is said to be late."""

import hashlib
import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from services.application.labour.model import Entry, month_of, next_month
from services.application.labour.problems import MonthNotNext, MonthNotOver
from services.application.labour.store import ClosedMonth, LabourStore
from services.application.labour.tables import Left, Table, left_after, lines, tables
from shared.clock import Clock, now
from shared.errors import NotFound

_FROZEN = ConfigDict(frozen=True)


class MonthFigures(BaseModel):
    """The tables of a month. Openings are not told apart by sex: an advert does not say it."""

    model_config = _FROZEN
    month: str = Field(description="2026-12, as days are counted in Madiun")
    closed_at: str | None = Field(description="null while it is open")
    sha256: str | None = Field(description="of what a closed month has counted, one entry a line")
    late: int = Field(description="entries of earlier, closed months that count here")
    may_close: bool = Field(description="it is over, and the one before it is closed")
    tables: tuple[Table, ...]


class Months:
    def __init__(self, store: LabourStore, *, clock: Clock = now) -> None:
        self._store, self._now = store, clock

    async def show(self, month: str) -> MonthFigures:
        if month > month_of(self._now()):
            raise NotFound
        if closed := await self._store.closed(month):
            return _shown(closed)
        figures, _, late = await self._reckon(month)
        first, _ = await self._first_open()
        may_close = month == first and month < month_of(self._now())
        return MonthFigures(
            month=month,
            closed_at=None,
            sha256=None,
            late=late,
            may_close=may_close,
            tables=figures.tables,
        )

    async def close(self, month: str, *, officer: str) -> MonthFigures:
        """Freeze the figures. Closing it again answers what stands."""
        if closed := await self._store.closed(month):
            return _shown(closed)
        if month >= month_of(self._now()):
            raise MonthNotOver
        first, _ = await self._first_open()
        if month != first:
            raise MonthNotNext
        figures, entries, late = await self._reckon(month)
        frozen = ClosedMonth(
            month=month,
            closed_at=self._now().isoformat(),
            closed_by=officer,
            sha256=digest(entries),
            late=late,
            tables=figures.tables,
            left=figures.left,
        )
        if not await self._store.freeze(frozen, [each.id for each in entries]):
            return _shown(await self._store.closed(month) or frozen)
        return _shown(frozen)

    async def _reckon(self, month: str) -> "tuple[_Figures, list[Entry], int]":
        """The figures, the entries that they count, and how many of these are late."""
        first, left = await self._first_open()
        found = await self._store.uncounted(month) if month >= first else []
        before = [each for each in found if max(each.month, first) < month]
        ours = [each for each in found if max(each.month, first) == month]
        known = left_after(lines(left, before))
        all_lines = lines(known, ours)
        late = sum(each.month < first for each in ours)
        return _Figures(tables=tables(all_lines), left=left_after(all_lines)), ours, late

    async def _first_open(self) -> tuple[str, Sequence[Left]]:
        """The first month that is not closed, and what went on into it."""
        if last := await self._store.last_closed():
            return next_month(last.month), last.left
        return await self._store.first_month() or month_of(self._now()), ()


class _Figures(BaseModel):
    tables: tuple[Table, ...]
    left: tuple[Left, ...]


def digest(entries: Sequence[Entry]) -> str:
    """SHA-256 over the entries by id, without the person: whoever holds the ledger can reckon it again."""
    rows = sorted(entries, key=lambda each: each.id)
    text = "\n".join(
        json.dumps(each.model_dump(mode="json", exclude={"person", "counted"}), sort_keys=True) for each in rows
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(closed: ClosedMonth) -> MonthFigures:
    kept = closed.model_dump(include={"month", "closed_at", "sha256", "late", "tables"})
    return MonthFigures.model_validate({**kept, "may_close": False})
