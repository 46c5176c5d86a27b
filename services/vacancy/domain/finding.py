"""What a rule found in a vacancy: where, and what a person is told about it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

# hold: an officer must look; warn: the author should write it otherwise; flag: worth knowing for the officer.
Level = Literal["hold", "warn", "flag"]


class Finding(BaseModel):
    """One place that a rule points at. It only points: an officer decides."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    rule: str = Field(description="such as M1")
    level: Level
    field: str = Field(description="name of the field of the vacancy")
    start: int = Field(description="place in the field's text, in characters; 0 for a field that is no text")
    end: int
    text: str = Field(description="the words that were found")
    message: str = Field(description="what the matter is, in Indonesian")
    message_en: str
    suggestion: str | None = Field(None, description="neutral words to use instead, in Indonesian")
    law: str | None = None
