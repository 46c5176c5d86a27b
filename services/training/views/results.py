"""What a training led to, as numbers without names."""

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from services.training.domain.ending import ASKED_AFTER
from services.training.store import Stores
from shared.contracts.training import Outcome
from shared.mongo import Document

SELLING = ("first_sale", "own_business")
MOST = 10_000  # people of one training, waiting ones included


class AfterView(BaseModel):
    """What people said when they were asked after so many months; whoever did not answer is not in it."""

    model_config = ConfigDict(frozen=True, title="TrainingAfter")
    months: int
    answered: int
    selling: int = Field(description="a first sale, or a business of their own")
    working: int = Field(description="hired by somebody")


class ResultsView(BaseModel):
    """Counts of people; each counts once, also in the outcomes, by the latest word."""

    model_config = ConfigDict(frozen=True, title="TrainingResults")
    enrolled: int = Field(description="asked for a seat, whatever became of it")
    confirmed: int = Field(description="have a seat now")
    waiting: int = Field(description="in the line, offered seats included")
    completed: int = Field(description="attended and have a certificate")
    missed: int = Field(description="had a seat and came too little")
    attended: list[int] = Field(description="people at each session")
    answered: int = Field(description="told what became of it")
    outcomes: dict[Outcome, int] = Field(description="first_sale also counts those who later told more")
    after: list[AfterView] = Field(description="by the question, 3, 6 and 12 months after the training")


class ResultViews:
    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def of(self, training_id: str) -> ResultsView:
        training = await self._stores.trainings.load(training_id)
        rows = await self._stores.enrolments.outcomes(training_id, limit=MOST)
        states = Counter(row["state"] for row in rows)
        came = Counter(session for row in rows for session in row.get("attended", ()))
        told = [
            [one["outcome"] for one in sorted(row["answers"], key=lambda one: one["at"])]
            for row in rows
            if row.get("answers")
        ]
        latest = Counter(outcomes[-1] for outcomes in told)
        latest["first_sale"] = sum("first_sale" in outcomes for outcomes in told)
        return ResultsView(
            enrolled=len(rows),
            confirmed=states["confirmed"],
            waiting=states["waiting"] + states["offered"],
            completed=states["completed"],
            missed=states["missed"],
            attended=[came[number] for number in range(1, len(training.terms.sessions) + 1)],
            answered=len(told),
            outcomes={name: count for name, count in latest.items() if count},
            after=[_after(rows, months) for months in ASKED_AFTER],
        )


def _after(rows: Iterable[Document], months: int) -> AfterView:
    """One answer a person: who answered the same question again meant the later one."""
    said = [
        max(mine, key=lambda one: one["at"])["outcome"]
        for row in rows
        if (mine := [one for one in row.get("answers", ()) if one["months"] == months])
    ]
    selling = sum(outcome in SELLING for outcome in said)
    return AfterView(months=months, answered=len(said), selling=selling, working=said.count("working"))
