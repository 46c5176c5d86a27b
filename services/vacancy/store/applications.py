"""What the vacancy service knows of applications, from their events: enough to see what an employer owes and how many
were hired. Nobody who applied can be found by it."""

from collections import Counter
from datetime import date
from typing import Any

from shared.contracts.application import ApplicationState
from shared.mongo import ASCENDING, Collection, Document

APPLICATION_INDEXES: dict[str, dict[str, Any]] = {
    "owed": {"keys": [("employer_id", ASCENDING), ("state", ASCENDING), ("answer_by", ASCENDING)]},
    "of_day": {"keys": [("vacancy_id", ASCENDING), ("submitted_on", ASCENDING)]},
    "of_vacancy": {"keys": [("vacancy_id", ASCENDING), ("state", ASCENDING)]},
}
MOST_COUNTED = 50_000  # of one vacancy in the days that are shown
UNANSWERED: tuple[ApplicationState, ...] = ("submitted", "viewed", "shortlisted")


class Applications:
    """The projection: {_id: application id, vacancy_id, employer_id, state, submitted_on, answer_by, void, seq}.
    Days are ISO text; what was kept before there was a `submitted_on` has none. `void` ones, of a vacancy that was
    recalled, are owed no answer."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def any_owed(self, employer_id: str, *, today: date) -> bool:
        """Whether somebody waits for this employer's answer beyond the day that it promised."""
        for state in UNANSWERED:
            owed: Document = {"employer_id": employer_id, "state": state, "answer_by": {"$lt": today.isoformat()}}
            async for row in self.collection.find(owed, {"void": 1}):
                if not row.get("void"):
                    return True
        return False

    async def hired(self, vacancy_id: str) -> int:
        return await self.collection.count_documents({"vacancy_id": vacancy_id, "state": "hired"})

    async def by_day(self, vacancy_id: str, *, since: date) -> Counter[str]:
        """How many people applied on each day."""
        wanted: Document = {"vacancy_id": vacancy_id, "submitted_on": {"$gte": since.isoformat()}}
        found = self.collection.find(wanted, {"submitted_on": 1}).limit(MOST_COUNTED)
        return Counter([row["submitted_on"] async for row in found])
