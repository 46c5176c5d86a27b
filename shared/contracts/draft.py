"""What a person began to write to an employer and has not sent: nobody hears of it but the person. `subject` is a
name that says neither who nor where."""

from datetime import datetime

from pydantic import Field

from shared.events import Event


class ApplicationDraftClosingSoon(Event, topic="application", version=1):
    """The vacancy of a draft closes in three days, or in one."""

    seeker_id: str
    vacancy_id: str
    vacancy_number: str
    vacancy_title: str
    employer_name: str
    closes_at: datetime = Field(description="first instant at which it is no longer open")
    days: int = Field(ge=1, description="how many are left: three, or one")
