"""The collection of reports by the public: one of each reporter about each vacancy."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.vacancy.domain.report import Report
from shared.mongo import ASCENDING, DESCENDING, Collection, Document, DuplicateKey

REPORT_INDEXES: dict[str, dict[str, Any]] = {
    "of_vacancy": {"keys": [("vacancy_id", ASCENDING), ("at", ASCENDING)]},
    "of_address": {"keys": [("address", ASCENDING), ("at", ASCENDING)]},
    "newest": {"keys": [("at", DESCENDING), ("_id", DESCENDING)]},
}


class Reports:
    """`reporter` and `address` are keyed hashes: they tell people apart and name nobody."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def add(self, report: Report) -> bool:
        """False where this reporter has reported this vacancy before; the first report stays."""
        try:
            await self.collection.insert_one({"_id": report.id, **report.model_dump(exclude={"id"})})
        except DuplicateKey:
            return False
        return True

    async def sent_from(self, address: str, *, since: datetime) -> int:
        return await self.collection.count_documents({"address": address, "at": {"$gte": since}})

    async def reporters(self, vacancy_id: str, *, since: datetime) -> int:
        """How many different people have reported it since then."""
        return await self.collection.count_documents({"vacancy_id": vacancy_id, "at": {"$gte": since}})

    async def counts(self, vacancy_ids: Iterable[str]) -> Counter[str]:
        """How many different people have ever reported each."""
        wanted: Document = {"vacancy_id": {"$in": sorted(set(vacancy_ids))}}
        return Counter([row["vacancy_id"] async for row in self.collection.find(wanted, {"vacancy_id": 1})])
