"""What comes with an application, or with a draft of one, as a client sends it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from services.application.domain import Letter
from shared.contracts.screening import LONGEST_ANSWER, MOST_QUESTIONS, DocumentKind

Answers = dict[
    Annotated[str, Field(max_length=8)], StrictInt | Annotated[str, Field(strict=True, max_length=LONGEST_ANSWER)]
]


class LetterInput(BaseModel):
    """A note, answers, papers and attachments."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    note: str | None = Field(None, max_length=300, description="a few words to the employer")
    answers: Answers = Field({}, max_length=MOST_QUESTIONS, description="to the vacancy's questions, by their ids")
    documents: tuple[DocumentKind, ...] = Field((), max_length=5, description="copies that the person has ready")
    attachments: tuple[Annotated[str, Field(pattern=r"^doc_[A-Za-z0-9-]{1,60}$")], ...] = Field(
        (), max_length=5, description="own documents (`/seekers/me/documents`) that the employer may read"
    )

    def letter(self) -> Letter:
        answers = {name: value for name, value in self.answers.items() if value != ""}
        return Letter(
            note=self.note or None,
            answers=answers,
            documents=tuple(dict.fromkeys(self.documents)),
            attachments=tuple(dict.fromkeys(self.attachments)),
        )


class DraftInput(LetterInput):
    """What is typed so far: it may still be too long."""

    note: str | None = Field(None, max_length=1000, description="a few words to the employer")
