"""Routes of the saved searches, and of the stop link in their messages."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from services.seeker.commands.searches import SearchCommands
from services.seeker.domain import Line
from services.seeker.domain.searches import AlertChannel, Rhythm, Terms
from services.seeker.domain.wishing import HoursWish, Schooling
from services.seeker.views.saved import SavedSearchView, SavedViews, show_search
from shared import auth
from shared.contracts.vacancy import Kind, Workplace
from shared.pages import Page
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["saved searches"])
HERE = "/me/saved-searches"


async def commands(request: Request) -> SearchCommands:
    found: SearchCommands = request.app.state.search_commands
    return found


async def views(request: Request) -> SavedViews:
    found: SavedViews = request.app.state.saved_views
    return found


UseCommands = Annotated[SearchCommands, Depends(commands)]
UseViews = Annotated[SavedViews, Depends(views)]
SearchId = Annotated[str, Path(min_length=1, max_length=60)]
LISTS = ("kelurahan", "kind", "bidang", "workplace", "hours")
Code = Annotated[str, Field(min_length=1, max_length=20)]


class SearchInput(BaseModel):
    """What to look for, and how and when to tell."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    name: Line | None = Field(None, max_length=60, description="what the person calls it")
    q: Line | None = Field(None, max_length=100, description="words that must all stand in the title")
    kelurahan: tuple[Code, ...] = Field((), max_length=30, description="one of these; none given: anywhere")
    kind: tuple[Kind, ...] = Field((), max_length=7, description="one of these; none given: any")
    wage_min: StrictInt | None = Field(None, ge=1, le=1_000_000_000, description="rupiah per month")
    from_home: StrictBool = Field(False, description="only work that is done at home")
    bidang: tuple[Annotated[str, Field(pattern="^[0-9]$")], ...] = Field(
        (), max_length=10, description="major groups of KBJI 2014; one of these; none given: any"
    )
    workplace: tuple[Workplace, ...] = Field((), max_length=5, description="one of these; none given: any")
    hours: tuple[HoursWish, ...] = Field((), max_length=3, description="all of these, by the vacancy's form")
    education: Schooling | None = Field(None, description="what the person has: vacancies that ask for no more")
    may_bring_child: StrictBool = Field(False, description="only where a child may come along")
    near: Code | None = Field(None, description="ward that `within_km` counts from")
    within_km: float | None = Field(None, ge=0.1, le=50, description="kilometres from `near`")
    rhythm: Rhythm = "daily"
    hour: StrictInt = Field(7, ge=6, le=20, description="o'clock in Madiun (WIB)")
    channel: AlertChannel = "email"

    def given(self, *, all: bool) -> dict[str, Any]:
        """The terms as the domain has them; an empty text is none. `all`: also what was left out."""
        names = set(Terms.model_fields) & (set(type(self).model_fields) if all else self.model_fields_set)
        found = {name: getattr(self, name) for name in names}
        found |= {name: found[name] or None for name in ("name", "q") if name in found}
        return found | {name: tuple(dict.fromkeys(found[name])) for name in LISTS if name in found}


class SearchChanges(SearchInput):
    """What is left out stays as it is."""

    active: StrictBool | None = Field(None, description="false stops its messages, true begins them again")


class StopInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    token: str = Field(min_length=1, max_length=200, description="`t` of the link in a message")


@router.post(HERE, status_code=201, responses={200: {"description": "The very same search was saved already."}})
async def save_search(
    body: SearchInput, caller: auth.Seeker, use: UseCommands, response: Response
) -> SavedSearchView:
    """Save a search; new vacancies that it finds are told from now on."""
    search, made = await use.create(caller.account_id, Terms(**body.given(all=True)))
    if not made:
        response.status_code = 200
    return show_search(search)


@router.get(HERE)
async def my_saved_searches(caller: auth.Seeker, found: UseViews) -> Page[SavedSearchView]:
    """All of them (ten at most), oldest first."""
    return await found.searches(caller.account_id)


@router.get(HERE + "/{search_id}")
async def my_saved_search(search_id: SearchId, caller: auth.Seeker, found: UseViews) -> SavedSearchView:
    return await found.search(search_id, seeker_id=caller.account_id)


@router.patch(HERE + "/{search_id}")
async def change_search(
    search_id: SearchId, body: SearchChanges, caller: auth.Seeker, use: UseCommands
) -> SavedSearchView:
    """Change what is given; null takes away a name, a text or a wage."""
    changes = body.given(all=False)
    return show_search(await use.change(search_id, seeker_id=caller.account_id, changes=changes, active=body.active))


@router.delete(HERE + "/{search_id}", status_code=204)
async def delete_search(search_id: SearchId, caller: auth.Seeker, use: UseCommands) -> None:
    """Repeating it changes nothing."""
    await use.drop(search_id, seeker_id=caller.account_id)


@router.post("/stop-alerts", status_code=204)
async def stop_alerts(body: StopInput, _: auth.Anyone, use: UseCommands) -> None:
    """Stop a saved search's messages with the token of one of them, without signing in. Repeating it changes
    nothing."""
    await use.stop(body.token)
