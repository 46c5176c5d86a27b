"""The city's minimum wage over time, and what follows from it: floors, and what piecework comes to."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.vacancy import Hours, Kind, Piecework, Wage

CITY = "35.77"
WEEKS = 52 / 12  # in a month


class MinimumWage(BaseModel):
    """What a decree set for a region from a day on, in rupiah a month."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, hide_input_in_errors=True)
    region: str = CITY
    since: date = Field(alias="from")
    amount: int
    decree: str
    confirmed: bool = Field(description="read from the decree itself")


# A newer one is entered by an officer.
FIRST = MinimumWage(
    since=date(2025, 1, 1),
    amount=2_422_105,
    decree="Keputusan Gubernur Jawa Timur Nomor 100.3.3.1/775/KPTS/013/2024",
    confirmed=True,
)


class Floors(BaseModel):
    """Rupiah; PP 36/2021 art. 16-17 as changed, and 173 hours a month as a yardstick for the rest."""

    model_config = ConfigDict(frozen=True)
    month: int
    hour: int = Field(description="month / 173: a yardstick")
    part_time_hour: int = Field(description="month / 126")
    day_of_six: int = Field(description="month / 25: a day in a week of six")
    day_of_five: int = Field(description="month / 21: a day in a week of five")

    def of(self, wage: Wage, *, kind: Kind, hours: Hours | None) -> int | None:
        """The floor in the unit of `wage`; None where there is none to compare with."""
        weekly = hours.per_week if hours else None
        part_time = kind == "part_time"
        by_unit = {
            "hour": self.part_time_hour if part_time else self.hour,
            "day": self.day_of_five if hours and 0 < len(hours.days) <= 5 else self.day_of_six,
            "week": int(self.month / WEEKS),
            "month": self.month,
            "piece": None,
        }
        if part_time and wage.per in ("week", "month"):
            each = self.part_time_hour * weekly if weekly else None
            return each and int(each * (WEEKS if wage.per == "month" else 1))
        if part_time and wage.per == "day":
            return None  # how many hours a day is not said
        return by_unit[wage.per]


def floors(amount: int) -> Floors:
    return Floors(
        month=amount,
        hour=amount // 173,
        part_time_hour=amount // 126,
        day_of_six=amount // 25,
        day_of_five=amount // 21,
    )


def in_force(rows: Iterable[MinimumWage], day: date) -> MinimumWage | None:
    """The city's confirmed wage on `day`."""
    past = [row for row in rows if row.region == CITY and row.confirmed and row.since <= day]
    return max(past, key=lambda row: row.since, default=None)


def hourly_pay(piecework: Piecework | None) -> int | None:
    """Rupiah that an hour of it comes to."""
    return piecework.rate * 60 // piecework.minutes_per_piece if piecework else None


def monthly_pay(wage: Wage | None, hours: Hours | None) -> int | None:
    """Rupiah a month at most, of full days and weeks; None for pay by the piece."""
    if wage is None or wage.per == "piece":
        return None
    weekly = hours.per_week if hours and hours.per_week else 40
    times = {"hour": weekly * WEEKS, "day": 25.0, "week": WEEKS, "month": 1.0}[wage.per]
    return int((wage.max or wage.min) * times)
