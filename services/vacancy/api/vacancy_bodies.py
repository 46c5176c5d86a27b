"""What a client may say of a vacancy."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from services.vacancy.api.inputs import (
    Body,
    HoursInput,
    IsoDay,
    OptionalText,
    PieceworkInput,
    QuestionInput,
    Text,
    WageInput,
    chosen,
)
from services.vacancy.domain.terms import Terms
from shared.contracts.codes import Code, Education
from shared.contracts.screening import MOST_QUESTIONS, DocumentKind, Licence
from shared.contracts.vacancy import Contract, Kind, Workplace

Title = Annotated[Text, Field(min_length=3, max_length=80)]
Long = Annotated[Text, Field(max_length=4000), BeforeValidator(lambda value: "" if value is None else value)]
Words = Annotated[tuple[Annotated[Text, Field(min_length=1, max_length=60)], ...], Field(max_length=30)]


class VacancyInput(Body):
    """A vacancy; what is still missing is asked for when it is submitted."""

    title: Title
    kind: Kind = "full_time"
    contract: Contract | None = None
    occupation: Code | None = Field(None, description="KBJI")
    openings: StrictInt = Field(1, ge=1, le=999)
    workplace: Workplace = "onsite"
    kelurahan_code: str | None = Field(None, max_length=13, description="such as 35.77.01.1001")
    location_text: OptionalText = Field(None, max_length=200, description="where, if not in one ward of the city")
    address: OptionalText = Field(None, max_length=200, description="never public where it is somebody's home")
    hours: HoursInput | None = None
    wage: WageInput | None = None
    piecework: PieceworkInput | None = Field(None, description="only for kind piecework_home; says the wage itself")
    description: Long = Field("", description="20-4,000 characters when submitted")
    conditions: Long = ""
    education_min: Education | None = None
    experience_months: StrictInt | None = Field(None, ge=0, le=600)
    skills: Words = ()
    benefits: Words = ()
    may_bring_child: StrictBool = False
    licences: tuple[Licence, ...] = Field((), max_length=8)
    questions: tuple[QuestionInput, ...] = Field((), max_length=MOST_QUESTIONS, description="to whoever applies")
    documents_asked: tuple[DocumentKind, ...] = Field((), max_length=5, description="copies, never originals")
    closes_on: IsoDay = Field(None, description="last day (WIB) to apply, 1-60 days ahead when submitted")
    answer_by: IsoDay = Field(None, description="1-30 days after closing; a week where not given")

    def chosen(self) -> dict[str, Any]:
        """The terms that the request named."""
        return chosen(self, Terms.model_fields)


class VacancyDraft(VacancyInput):
    employer_id: str | None = Field(None, max_length=80, description="an officer says for which employer")

    def terms(self) -> Terms:
        return Terms.model_construct(**self.chosen())


class VacancyPatch(VacancyInput):
    """Only the fields that are named change; null empties one."""

    title: Title = ""
