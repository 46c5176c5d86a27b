"""What the vacancy service knows of applications, from their events: enough to see what an employer owes and how many
were hired. Nobody who applied can be found by it."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from shared import clock
from shared.contracts.application import ApplicationState
from shared.mongo import ASCENDING, Collection, Document

APPLICATION_INDEXES: dict[str, dict[str, Any]] = {
    "owed": {"keys": [("employer_id", ASCENDING), ("state", ASCENDING), ("answer_by", ASCENDING)]},
    "of_day": {"keys": [("vacancy_id", ASCENDING), ("submitted_on", ASCENDING)]},
    "of_vacancy": {"keys": [("vacancy_id", ASCENDING), ("state", ASCENDING)]},
    "closed": {"keys": [("employer_id", ASCENDING), ("answer_until", ASCENDING)]},
}
MOST_COUNTED = 50_000  # of one vacancy in the days that are shown
UNANSWERED: tuple[ApplicationState, ...] = ("submitted", "viewed", "shortlisted")
# The employer has said something, whatever came of it.
ANSWERED: tuple[ApplicationState, ...] = (
    "interview_offered",
    "interview_accepted",
    "interview_declined",
    "interview_rescheduled",
    "offered",
    "offer_accepted",
    "offer_declined",
    "hired",
    "rejected",
)


EVER = datetime(2000, 1, 1, tzinfo=UTC)


class AnswerRate(NamedTuple):
    """How many applications an employer answered, of how many that wanted an answer."""

    answered: int
    of: int


class Applications:
    """The projection: {_id: application id, vacancy_id, employer_id, state, submitted_on, answer_by, void,
    answer_until, seq}. Days are ISO text; what was kept before there was a `submitted_on` has none. `void` ones, of a
    vacancy that was recalled, are owed no answer. `answer_until` is there, for good, where it was closed without a
    reply: until then the employer can still answer. `rates`: {_id: employer id, answered, of}."""

    def __init__(self, collection: Collection, rates: Collection) -> None:
        self.collection, self.rates = collection, rates

    async def any_owed(self, employer_id: str, *, at: datetime) -> bool:
        """Whether somebody waits for this employer's answer beyond the day that it promised; also where the
        application was closed meanwhile, as long as it can be answered."""
        closed: Document = {"employer_id": employer_id, "answer_until": {"$gt": at}}
        async for row in self.collection.find(closed, {"state": 1}):
            if row["state"] == "closed_without_reply":
                return True
        today = clock.today(at)
        for state in UNANSWERED:
            owed: Document = {"employer_id": employer_id, "state": state, "answer_by": {"$lt": today.isoformat()}}
            async for row in self.collection.find(owed, {"void": 1}):
                if not row.get("void"):
                    return True
        return False

    async def count_answers(self, employer_id: str) -> None:
        """Count anew how this employer answers: by what is here now, so that counting again changes nothing."""
        wanted: Document = {"employer_id": employer_id, "state": {"$in": list(ANSWERED)}}
        answered = await self.collection.count_documents(wanted)
        missed = self.collection.find({"employer_id": employer_id, "answer_until": {"$gte": EVER}}, {"state": 1})
        late = [row["state"] in ANSWERED async for row in missed]
        counted = {"answered": answered - sum(late), "of": answered - sum(late) + len(late)}
        await self.rates.update_one({"_id": employer_id}, {"$set": counted}, upsert=True)

    async def answer_rate(self, employer_id: str) -> AnswerRate | None:
        row = await self.rates.find_one({"_id": employer_id})
        return AnswerRate(row["answered"], row["of"]) if row else None

    async def hired(self, vacancy_id: str) -> int:
        return await self.collection.count_documents({"vacancy_id": vacancy_id, "state": "hired"})

    async def by_day(self, vacancy_id: str, *, since: date) -> Counter[str]:
        """How many people applied on each day."""
        wanted: Document = {"vacancy_id": vacancy_id, "submitted_on": {"$gte": since.isoformat()}}
        found = self.collection.find(wanted, {"submitted_on": 1}).limit(MOST_COUNTED)
        return Counter([row["submitted_on"] async for row in found])
