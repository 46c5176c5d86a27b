"""A note, and a decision that waits for its hour."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.application.desk.problems import ReleaseTooLate, ReleaseTooSoon
from services.application.domain import Application, Vacancy
from shared.clock import end_of

Decision = Literal["shortlist", "reject"]
LONGEST_WAIT = timedelta(days=30)
LATE = timedelta(days=1)  # where the promised day has passed already
_FROZEN = ConfigDict(frozen=True)


class Note(BaseModel):
    """Words of the employer to itself about one applicant."""

    model_config = _FROZEN
    id: str
    text: str = Field(repr=False)
    at: datetime


class Held(BaseModel):
    """A decision that nobody else knows of until `release_at`. It is about the application as it was sent then:
    `submitted_at` tells a later one, after a withdrawal, from it."""

    model_config = _FROZEN
    application_id: str
    vacancy_id: str
    to: Decision
    reason: str | None = None
    release_at: datetime
    by: str = Field(description="the employer's account; kept inside")
    at: datetime
    submitted_at: datetime

    def stands(self, application: Application | None) -> bool:
        """Whether it is still about this application: a withdrawal drops it, also where it is sent again."""
        if application is None or application.state == "withdrawn":
            return False
        return application.submitted_at == self.submitted_at


def check_release(release_at: datetime, vacancy: Vacancy, *, at: datetime) -> None:
    """A decision waits at most until the end of the day that was promised to the applicants."""
    if release_at <= at:
        raise ReleaseTooSoon
    promised = end_of(vacancy.answer_by) if vacancy.answer_by else at + LONGEST_WAIT
    if release_at > min(max(promised, at + LATE), at + LONGEST_WAIT):
        raise ReleaseTooLate
