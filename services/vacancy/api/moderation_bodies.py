"""What comes with a check, a report, and an entry of the wage table."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from services.vacancy.api.inputs import Body, OptionalText, Text
from services.vacancy.api.step_bodies import Day
from services.vacancy.api.vacancy_bodies import VacancyInput
from services.vacancy.domain.report import Category
from services.vacancy.domain.terms import Terms, settled
from services.vacancy.domain.wages import CITY, MinimumWage


class CheckInput(VacancyInput):
    """As much of a vacancy as is written; a title may still be missing or short."""

    title: Annotated[Text, Field(max_length=80)] = ""

    def terms(self) -> Terms:
        return settled(Terms.model_construct(**{"title": self.title, **self.chosen()}))


class ReportInput(Body):
    category: Category
    text: OptionalText = Field(None, max_length=500, description="what happened; only officers read it")


class MinimumWageInput(Body):
    """One row of the table."""

    model_config = ConfigDict(populate_by_name=True)
    region: Literal["35.77"] = "35.77"
    since: Day = Field(alias="from", description="first day on which it holds")
    amount: StrictInt = Field(ge=500_000, le=50_000_000, description="rupiah a month")
    decree: Annotated[Text, Field(min_length=3, max_length=200)]
    confirmed: StrictBool = True

    def wage(self) -> MinimumWage:
        assert self.region == CITY
        return MinimumWage(**dict(self))
