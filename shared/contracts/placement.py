"""Somebody got a job (penempatan). `subject` is the application id, unless the event says otherwise; nothing here is
more of the person than an id."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.codes import Code
from shared.contracts.vacancy import Wage
from shared.events import Event

Scope = Literal["AKL", "AKAD", "AKAN"]


class PlacementRecorded(Event, topic="application", version=1):
    """A hire, for the city's statistics. Beside `ApplicationHired`, in the order of the application's events."""

    scope: Scope = Field(description="in the province, elsewhere in the country, abroad")
    vacancy_id: str
    employer_id: str
    occupation: Code | None
    start_date: date | None
    wage: Wage | None


class OutsideHireRecorded(Event, topic="application", version=1):
    """An officer recorded a job that somebody found without an application here. `subject` is the placement; where it
    was is kept by who recorded it."""

    seeker_id: str | None = Field(description="whose card ends; null where no card was named")
    scope: Scope
