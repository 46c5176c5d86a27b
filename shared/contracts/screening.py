"""What a vacancy asks of people beside its text: questions with the wished answers, copies of papers, licences."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

QuestionKind = Literal["yes_no", "choice", "number", "text"]
Need = Literal["must_have", "nice_to_have"]
DocumentKind = Literal["cv", "diploma", "certificate", "experience_letter", "portfolio"]
Licence = Literal["sim_a", "sim_b1", "sim_b2", "sim_c", "sim_d", "forklift", "str", "security"]
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_OPTION = 200, 200, 60  # characters
MOST_QUESTIONS, MOST_OPTIONS = 5, 6
LARGEST_NUMBER = 1_000_000_000


class Question(BaseModel):
    """One question to whoever applies. An answer other than the wished one is shown to the employer; it never
    rejects anybody."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    id: str = Field(max_length=8, description="q1, q2 … in the order of the form; answers name it")
    kind: QuestionKind
    text: str = Field(max_length=LONGEST_QUESTION)
    options: tuple[str, ...] = Field((), max_length=MOST_OPTIONS, description="for a choice")
    need: Need | None = Field(None, description="how much the wished answer matters; null: only to know")
    wanted: tuple[str, ...] = Field((), max_length=MOST_OPTIONS, description="wished: yes or no, or some options")
    at_least: int | None = Field(None, ge=0, le=LARGEST_NUMBER, description="wished of a number")
    at_most: int | None = Field(None, ge=0, le=LARGEST_NUMBER, description="wished of a number")
