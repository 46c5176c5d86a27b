"""The shapes around uploading a table of vacancies."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from services.vacancy.api.inputs import Body
from services.vacancy.api.vacancy_bodies import VacancyInput
from services.vacancy.bulk.files import MOST_ROWS
from shared.contracts.vacancy import VacancyState

_FROZEN = ConfigDict(frozen=True)


class CellView(BaseModel):
    """What to do about one cell, in the reader's language."""

    model_config = _FROZEN
    column: str = Field(description="name of the column, in Indonesian as in the table")
    detail: str


class RowView(BaseModel):
    """One line of the table."""

    model_config = _FROZEN
    row: int = Field(description="the line as a spreadsheet counts it; the heading is 1")
    title: str
    vacancy: VacancyInput | None = Field(description="what to send to `/vacancies/bulk`; null where it is wrong")
    wrong: list[CellView] = Field(description="must be repaired before it can be stored")
    missing: list[CellView] = Field(description="must be there before an officer looks at it; a draft does without")
    warnings: list[CellView] = Field(description="what the rules would point at")


class BulkPreview(BaseModel):
    """What a table would make; nothing is stored."""

    rows: list[RowView]
    complete: int = Field(description="rows that can be sent in")
    drafts: int = Field(description="rows that can be stored as drafts, the complete ones included")
    wrong: int
    unknown_columns: list[str] = Field(description="headings that were passed over")


class BulkItem(Body):
    row: StrictInt = Field(ge=1, le=1_000_000, description="names it within this upload")
    vacancy: VacancyInput


class BulkInput(Body):
    """The rows of a preview to store."""

    employer_id: str | None = Field(None, max_length=80, description="an officer says for which employer")
    submit: StrictBool = Field(False, description="send the complete ones in; the others stay drafts")
    items: Annotated[tuple[BulkItem, ...], Field(min_length=1, max_length=MOST_ROWS)]


class BulkMade(BaseModel):
    model_config = _FROZEN
    row: int
    id: str
    number: str
    title: str
    state: VacancyState


class BulkResult(BaseModel):
    """What became of each row; the same upload again answers the same."""

    items: list[BulkMade]
    submitted: int = Field(description="how many wait for an officer now")
    drafts: int
