"""What happens to an application (lamaran). `subject` is the application id."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.events import Event

ApplicationState = Literal["submitted", "viewed", "shortlisted", "rejected", "hired", "withdrawn"]


class ApplicationFacts(Event):
    """Every public field of an application, carried by each of its events."""

    number: str
    state: ApplicationState
    seeker_id: str
    vacancy_id: str
    vacancy_number: str
    vacancy_title: str
    employer_id: str
    employer_name: str
    submitted_at: datetime
    answer_by: date | None = Field(description="until when the employer promised an answer")


class ApplicationSubmitted(ApplicationFacts, topic="application", version=1):
    """Accepted: it is stored and will be told to everyone concerned. Also when sent again after a withdrawal."""


class ApplicationViewed(ApplicationFacts, topic="application", version=1):
    """The employer opened it for the first time."""


class ApplicationShortlisted(ApplicationFacts, topic="application", version=1):
    """The employer keeps it among the favourites."""


class ApplicationRejected(ApplicationFacts, topic="application", version=1):
    """Not chosen."""

    reason: str


class ApplicationHired(ApplicationFacts, topic="application", version=1):
    """The person got the job."""

    start_date: date | None


class ApplicationWithdrawn(ApplicationFacts, topic="application", version=1):
    """The seeker took it back."""

    reason: str


class ApplicationVacancyEnded(ApplicationFacts, topic="application", version=1):
    """The vacancy of an open application ended before its time; the application itself still stands."""

    vacancy_state: Literal["closed", "expired"]


class ApplicationVacancyRecalled(ApplicationFacts, topic="application", version=1):
    """The vacancy of an open application was false or unlawful: its seeker is to be warned."""

    reason: str
