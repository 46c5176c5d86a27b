"""What employers promised to whoever applied (janji kabar). `subject` is `<vacancy id>:<promised day>:<occasion>`."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.events import Event

Occasion = Literal["soon", "today"]


class AnswerDue(Event, topic="answer", version=1):
    """People wait for an answer that is promised within three days, or for today."""

    occasion: Occasion
    vacancy_id: str
    vacancy_number: str
    vacancy_title: str
    employer_id: str
    employer_name: str
    answer_by: date
    waiting: int = Field(ge=1, description="how many people wait")
