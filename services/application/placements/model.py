"""A placement as officers read it: a job, by what the statistics count it, and no name."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from shared.contracts.placement import Scope

Day = Annotated[date, PlainSerializer(date.isoformat)]
Sex = Literal["L", "P", "?"]
Age = Literal["15-19", "20-29", "30-44", "45-54", "55+", "?"]
Education = Literal["11", "12", "13", "14", "15", "16", "17", "?"]
Occupation = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "?"]
Industry = Literal[
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "?"
]  # fmt: skip
Receiver = Literal["21", "22", "23", "24", "25", "26", "?"]
WHO = ("sex", "age", "education", "occupation")  # as they came in: a card says it, where there is one


class Counts(BaseModel):
    """By what a placement is counted; `?` where nobody knows yet."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    sex: Sex = "?"
    age: Age = "?"
    education: Education = Field("?", description="row of report III/8, 11 to 17")
    occupation: Occupation = Field("?", description="major group of KBJI")
    industry: Industry = Field("?", description="section of KBLI 2020")
    receiver: Receiver = Field("?", description="row of report III/8, 21 to 26")


class Placement(BaseModel):
    """`id` is the application's, or one of its own where an officer recorded it."""

    model_config = ConfigDict(frozen=True)
    id: str
    source: Literal["system", "officer"]
    state: Literal["recorded", "cancelled"] = "recorded"
    person: str | None = Field(None, description="gone with the person")
    registered: bool = Field(False, description="a card says who it is: what it was issued with stays")
    number: str | None = Field(None, description="of the application, or of the card")
    job: str
    employer_name: str
    scope: Scope
    start_date: Day | None
    counts: Counts = Counts()
    month: str
    at: datetime
    version: int = 0
