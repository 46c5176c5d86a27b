"""Routes of what an applicant lets one employer know of a disability."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.application.api import ApplicationId
from services.application.disability.keeping import TEXT, Disclosures, DisclosureView
from shared.auth import Seeker, allow
from shared.callers import Caller
from shared.guard import language_of
from shared.pages import Page
from shared.routing import Router

router = Router(prefix="/api/v1/applications", tags=["disability"])
Persons = Annotated[Caller, Depends(allow("seeker", "employer"))]


async def disclosures(request: Request) -> Disclosures:
    found: Disclosures = request.app.state.disclosures
    return found


Use = Annotated[Disclosures, Depends(disclosures)]


class DisclosureInput(BaseModel):
    """The words to share, and which words of consent the person read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    condition: str | None = Field(None, max_length=500)
    help: str | None = Field(None, max_length=500, description="what the person needs at work")
    text_version: str = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _says_something(self) -> "DisclosureInput":
        if not self.condition and not self.help:
            raise ValueError("say what it is, or what you need at work")
        return self


class ConsentText(BaseModel):
    model_config = ConfigDict(frozen=True, title="DisabilityConsentText")
    text_version: str
    text: str = Field(description="in the caller's language")


@router.get("/disability/text")
async def disability_text(caller: Seeker, request: Request) -> ConsentText:
    """The words in force to which a person agrees by sharing."""
    text = TEXT.english if language_of(request.scope) == "en" else TEXT.indonesian
    return ConsentText(text_version=TEXT.version, text=text)


@router.get("/disability")
async def my_disclosures(caller: Seeker, use: Use) -> Page[DisclosureView]:
    """With whom the person shared it, a hundred at most, also what was taken back."""
    return Page(items=await use.of_seeker(caller.account_id), next=None)


@router.get("/{application_id}/disability")
async def read_disclosure(
    application_id: ApplicationId, caller: Persons, use: Use, response: Response
) -> DisclosureView:
    """For the person, and for the employer of an application that stands, while the person agrees: each reading by an
    employer is kept for the person to see. A 404 says that there is nothing, or nothing any more."""
    response.headers["Cache-Control"] = "no-store"
    return await use.read(application_id, caller=caller)


@router.put("/{application_id}/disability")
async def share_disability(
    application_id: ApplicationId, body: DisclosureInput, caller: Seeker, use: Use
) -> DisclosureView:
    """Let this application's employer read it. Repeating it replaces what was shared."""
    return await use.give(
        application_id,
        seeker_id=caller.account_id,
        condition=body.condition or None,
        help=body.help or None,
        text_version=body.text_version,
    )


@router.delete("/{application_id}/disability", status_code=204)
async def take_back_disability(application_id: ApplicationId, caller: Seeker, use: Use) -> None:
    """It acts at once (art. 9). Repeating it changes nothing."""
    await use.take_back(application_id, seeker_id=caller.account_id)
