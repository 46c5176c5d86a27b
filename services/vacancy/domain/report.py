"""What the public reports of a vacancy; with enough different reporters it waits for an officer."""

import hashlib
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

HOLD_AT = 3  # different reporters

Category = Literal["discrimination", "fake", "asks_money", "asks_id", "marketing", "other"]


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    id: str
    vacancy_id: str
    category: Category
    text: str | None = Field(repr=False)
    reporter: str = Field(repr=False, description="keyed hash of the account, or of the address")
    address: str = Field(repr=False, description="keyed hash")
    at: datetime


def report_id(vacancy_id: str, reporter: str) -> str:
    """The same for a repeat, so that one person counts once."""
    return f"rep_{hashlib.sha256(f'{vacancy_id}:{reporter}'.encode()).hexdigest()[:32]}"
