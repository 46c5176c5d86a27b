"""The ledger and the closed months in the store."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.application.labour.model import Entry
from services.application.labour.tables import Left, Table
from shared.mongo import ASCENDING, DESCENDING, Database, Document, DuplicateKey, ensure_indexes
from shared.mongo import insert_ignoring_known as insert_new

INDEXES: dict[str, dict[str, Any]] = {
    "of_ref": {"keys": [("ref", 1), ("seq", -1)]},
    "of_person": {"keys": [("person", 1)], "sparse": True},
    "of_placement": {"keys": [("placement", 1)], "sparse": True},
    "open": {"keys": [("counted", 1), ("month", 1)]},
}
TOGETHER = 1_000


class ClosedMonth(BaseModel):
    """Figures that change no more. `sha256` is over the entries as `Months` writes them, one a line."""

    model_config = ConfigDict(frozen=True)
    month: str
    closed_at: str
    closed_by: str
    sha256: str
    late: int
    tables: tuple[Table, ...]
    left: tuple[Left, ...]


class LabourStore:
    def __init__(self, database: Database) -> None:
        self.entries, self.months = database.labour_entries, database.labour_months
        self.employers = database.employers

    async def prepare(self) -> None:
        await ensure_indexes(self.entries, INDEXES)

    async def add(self, entries: Sequence[Entry]) -> None:
        """Each counts once, however often it is told."""
        await insert_new(self.entries, [{**each.model_dump(exclude={"id"}), "_id": each.id} for each in entries])

    async def of_ref(self, ref: str) -> list[Entry]:
        return await self._find({"ref": ref})

    async def of_person(self, person: str) -> list[Entry]:
        return await self._find({"person": person})

    async def of_placement(self, id: str) -> list[Entry]:
        return await self._find({"placement": id})

    async def forget(self, person: str) -> None:
        """What was counted stays, of nobody whom one could find."""
        await self.entries.update_many({"person": person}, {"$unset": {"person": ""}})

    async def correct(self, placement: str, kinds: Sequence[str], traits: Document) -> None:
        """Better knowledge of a placement, where no closed month has counted it yet."""
        wanted = {"placement": placement, "kind": {"$in": list(kinds)}, "counted": None}
        changes = {f"traits.{name}": value for name, value in traits.items()}
        await self.entries.update_many(wanted, {"$set": changes})

    async def uncounted(self, month: str) -> list[Entry]:
        """Up to and with `month`: late ones among them."""
        return await self._find({"counted": None, "month": {"$lte": month}})

    async def first_month(self) -> str | None:
        row = await self.entries.find_one({"counted": None}, {"month": 1}, sort=[("month", ASCENDING)])
        return str(row["month"]) if row else None

    async def closed(self, month: str) -> ClosedMonth | None:
        return _month(await self.months.find_one({"_id": month}, {"entries": 0}))

    async def last_closed(self) -> ClosedMonth | None:
        """With the entries of it marked: whoever closed it may have died before."""
        row = await self.months.find_one({}, sort=[("_id", DESCENDING)])
        if row is not None and not row.get("marked"):
            await self._mark(row["_id"], row["entries"])
        return _month(row)

    async def freeze(self, month: ClosedMonth, entries: Sequence[str]) -> bool:
        """One insert decides what the month has counted; False where a colleague closed it first."""
        row = {**month.model_dump(exclude={"month"}), "_id": month.month, "entries": list(entries)}
        try:
            await self.months.insert_one(row)
        except DuplicateKey:
            return False
        await self._mark(month.month, entries)
        return True

    async def _mark(self, month: str, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), TOGETHER):
            some = list(ids[start : start + TOGETHER])
            await self.entries.update_many({"_id": {"$in": some}}, {"$set": {"counted": month}})
        await self.months.update_one({"_id": month}, {"$set": {"marked": True}})

    async def _find(self, wanted: Document) -> list[Entry]:
        found = self.entries.find(wanted).sort([("at", ASCENDING), ("_id", ASCENDING)])
        return [Entry.model_validate({**row, "id": row["_id"]}) async for row in found]


def _month(row: Document | None) -> ClosedMonth | None:
    return None if row is None else ClosedMonth.model_validate({**row, "month": row["_id"]})
