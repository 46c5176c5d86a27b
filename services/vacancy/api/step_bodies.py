"""What comes with a step of a vacancy."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from services.vacancy.api.inputs import Body, IsoDay, OptionalReasonInput, Reason, ReasonInput, iso_day

Day = Annotated[date, BeforeValidator(iso_day)]


class CodedReasonInput(ReasonInput):
    """Why; the other side reads `reason`. `reason_code` is one of `/officer/reasons`."""

    reason_code: str | None = Field(None, max_length=40)


class CloseInput(OptionalReasonInput):
    """Why, where somebody says it; `cancelled_job` where nobody will get the job."""

    reason_code: str | None = Field(None, max_length=40)


class PublishInput(Body):
    """An officer who publishes in spite of a fairness warning says why; it stays in the history."""

    accept_flags: StrictBool = False
    reason: Reason | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "PublishInput":
        if self.accept_flags and self.reason is None:
            raise ValueError("Tulis alasannya. / Say why.")
        return self


class FillInput(Body):
    filled_count: StrictInt | None = Field(None, ge=0, le=999, description="all of them where not given")


class ExtendInput(Body):
    closes_on: Day = Field(description="new last day (WIB) to apply, at most 60 days ahead")
    answer_by: IsoDay = Field(None, description="1-30 days after closing; a week where not given")


class ReopenInput(ExtendInput):
    openings: StrictInt | None = Field(None, ge=1, le=999, description="as before where not given")
