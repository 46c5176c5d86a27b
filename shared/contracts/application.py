"""What happens to an application (lamaran). `subject` is the application id."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.contracts.vacancy import Wage
from shared.events import Event

ApplicationState = Literal[
    "submitted",
    "viewed",
    "shortlisted",
    "interview_offered",
    "interview_accepted",
    "interview_declined",
    "interview_rescheduled",
    "offered",
    "offer_accepted",
    "offer_declined",
    "hired",
    "rejected",
    "withdrawn",
    "closed_without_reply",
    "cancelled",
]
Why = Literal["far", "pay", "hours", "child", "permission", "working"]
CancelCause = Literal["cancelled_job", "employer_revoked", "recalled", "corrected", "erased"]


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
    why: Why | None = Field(None, description="in one word; only ever counted, never told to the employer")


class ApplicationInterviewOffered(ApplicationFacts, topic="application", version=1):
    """The employer invites the person. Place and contact person stay with the application."""

    starts_at: datetime
    remote: bool
    reply_by: datetime


class ApplicationInterviewAccepted(ApplicationFacts, topic="application", version=1):
    """The person comes."""

    starts_at: datetime
    remote: bool


class ApplicationInterviewDeclined(ApplicationFacts, topic="application", version=1):
    """The person does not come; `actor` is the system where no answer came in time."""

    actor: Literal["seeker", "system"] = "seeker"
    why: Why | None = None


class ApplicationInterviewRescheduled(ApplicationFacts, topic="application", version=1):
    """The person asks for another time; the wish stays with the application."""


class ApplicationInterviewSoon(ApplicationFacts, topic="application", version=1):
    """The interview is tomorrow."""

    starts_at: datetime
    remote: bool


class ApplicationOffered(ApplicationFacts, topic="application", version=1):
    """The employer offers the job."""

    wage: Wage
    hours: str
    start_date: date
    reply_by: datetime


class ApplicationOfferAccepted(ApplicationFacts, topic="application", version=1):
    """The person takes the job."""


class ApplicationOfferDeclined(ApplicationFacts, topic="application", version=1):
    """The person does not take the job; `actor` is the system where no answer came in time."""

    actor: Literal["seeker", "system"] = "seeker"
    why: Why | None = None


class ApplicationClosedWithoutReply(ApplicationFacts, topic="application", version=1):
    """The employer did not answer as promised; until `answer_until` it still can."""

    answer_until: datetime = Field(description="first instant at which the employer can no longer answer")


class ApplicationCancelled(ApplicationFacts, topic="application", version=1):
    """There is no job any more, or a hire was recorded by mistake."""

    cause: CancelCause
    reason: str


class ApplicationVacancyEnded(ApplicationFacts, topic="application", version=1):
    """The vacancy of an open application ended before its time; the application itself still stands."""

    vacancy_state: Literal["closed", "expired"]


class ApplicationVacancyRecalled(ApplicationFacts, topic="application", version=1):
    """The vacancy was false or unlawful: an open application is cancelled, and its seeker is to be warned."""

    reason: str
