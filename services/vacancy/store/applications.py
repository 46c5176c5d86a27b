"""What the vacancy service knows of applications, from their events: enough to see what an employer owes and how many
were hired. Nobody who applied can be found by it."""

from datetime import date
from typing import Any

from shared.contracts.application import ApplicationState
from shared.mongo import ASCENDING, Collection, Document

APPLICATION_INDEXES: dict[str, dict[str, Any]] = {
    "owed": {"keys": [("employer_id", ASCENDING), ("state", ASCENDING), ("answer_by", ASCENDING)]},
    "of_vacancy": {"keys": [("vacancy_id", ASCENDING), ("state", ASCENDING)]},
}
UNANSWERED: tuple[ApplicationState, ...] = ("submitted", "viewed", "shortlisted")


class Applications:
    """The projection: {_id: application id, vacancy_id, employer_id, state, answer_by, void, seq}; `answer_by` is
    ISO text. `void` ones, of a vacancy that was recalled, are owed no answer."""

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
