"""Somebody got a job (penempatan). `subject` is the application id; nothing here says who the person is."""

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
