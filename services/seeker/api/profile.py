"""Routes of the seeker's own profile."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from services.seeker.commands import Commands
from services.seeker.domain import Draft, Line, Wishes
from services.seeker.views import SeekerView, Views, show
from shared import auth
from shared.contracts.codes import Education
from shared.contracts.screening import Licence
from shared.pages import IfMatch, set_etag
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["seekers"])


async def commands(request: Request) -> Commands:
    found: Commands = request.app.state.commands
    return found


async def views(request: Request) -> Views:
    found: Views = request.app.state.views
    return found


UseCommands = Annotated[Commands, Depends(commands)]
UseViews = Annotated[Views, Depends(views)]
Skill = Annotated[Line, Field(min_length=1, max_length=60)]


class ProfileInput(BaseModel):
    """The whole profile; what is left out is empty, except the NIK, which stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    name: Line = Field(min_length=1, max_length=100, description="as on the KTP; one word is a name, too")
    email: str | None = Field(None, min_length=3, max_length=254)
    kelurahan_code: str | None = Field(None, max_length=20, description="where the person lives: 35.77.01.1001")
    education: Education | None = None
    graduation_year: StrictInt | None = Field(None, ge=1940, le=2100)
    skills: tuple[Skill, ...] = Field((), max_length=30)
    licences: tuple[Licence, ...] = Field((), max_length=8)
    experience_months: StrictInt | None = Field(None, ge=0, le=720, description="of work, in all")
    match_hints: StrictBool = Field(True, description="false: no comparison with what a vacancy asks")
    wishes: Wishes = Wishes()
    nik: str | None = Field(
        None, max_length=30, description="16 digits, as on the KTP; left out, null or masked: the known one stays"
    )

    def draft(self) -> Draft:
        """A skill or licence named twice counts once; an empty form field is no NIK."""
        once: dict[str, str] = {}
        for skill in self.skills:
            once.setdefault(skill.casefold(), skill)
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return Draft(
            **{
                **given,
                "nik": self.nik or None,
                "skills": tuple(once.values()),
                "licences": tuple(dict.fromkeys(self.licences)),
            }
        )


@router.get("/me")
async def my_profile(caller: auth.Themselves, found: UseViews, response: Response) -> SeekerView:
    """The own profile; 404 until the account's contact has arrived or the profile was written."""
    shown = await found.mine(caller.account_id)
    set_etag(response, shown.version)
    return shown


@router.put("/me")
async def save_my_profile(
    body: ProfileInput, caller: auth.ProfileOwner, use: UseCommands, response: Response, if_match: IfMatch = None
) -> SeekerView:
    """Write the own profile. If-Match is needed once it has been written before."""
    seeker = await use.save(caller.account_id, body.draft(), if_match=if_match)
    set_etag(response, seeker.version)
    return show(seeker)
