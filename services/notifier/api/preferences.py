"""Routes of what a person wants to be told, how, and in which language."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from services.notifier.choices import Choices, kinds_for
from services.notifier.commands import Commands
from services.notifier.domain import ChannelName
from services.notifier.people import People
from services.notifier.wording import Language
from shared.auth import SignedIn
from shared.contracts.vacancy import Kind as WorkKind
from shared.pages import IfMatch, set_etag
from shared.routing import Router

router = Router(prefix="/api/v1/notifications", tags=["preferences"])


class ChannelChoice(BaseModel):
    """One way of being told."""

    model_config = ConfigDict(frozen=True)
    channel: ChannelName
    on: bool
    may_switch: bool = Field(description="false: it is always sent")


class KindChoice(BaseModel):
    """Messages that are switched off together."""

    model_config = ConfigDict(frozen=True)
    kind: str = Field(description="such as decisions")
    channels: list[ChannelChoice]


class Preferences(BaseModel):
    """What the caller chose, or what holds as long as nothing was chosen."""

    model_config = ConfigDict(frozen=True)
    language: Language
    kinds: list[KindChoice] = Field(description="those that concern the caller's role")
    news: bool = Field(description="agreed to news of the employment office, such as job fairs")
    work_kinds: list[WorkKind] = Field(description="news only about these kinds of work; none: about any")
    shared_phone: bool = Field(description="others read along: no mail names a job or an employer")
    version: int


class Off(BaseModel):
    """A channel over which messages of a kind are not wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    kind: str = Field(min_length=1, max_length=40)
    channel: ChannelName


class PreferencesInput(BaseModel):
    """All choices at once; what is not named in `off` is on."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    language: Language = "id"
    off: tuple[Off, ...] = Field((), max_length=40)
    news: StrictBool = False
    work_kinds: tuple[WorkKind, ...] = Field((), max_length=7)
    shared_phone: StrictBool = False


async def _commands(request: Request) -> Commands:
    found: Commands = request.app.state.commands
    return found


async def _people(request: Request) -> People:
    found: People = request.app.state.people
    return found


@router.get("/preferences")
async def get_preferences(
    caller: SignedIn, people: Annotated[People, Depends(_people)], response: Response
) -> Preferences:
    """What you are told, how, and what of it you may switch off."""
    return _shown(await people.choices(caller.account_id), caller.role, response)


@router.put("/preferences")
async def set_preferences(
    caller: SignedIn,
    body: PreferencesInput,
    commands: Annotated[Commands, Depends(_commands)],
    response: Response,
    if_match: IfMatch = None,
) -> Preferences:
    """Choose. Messages about your safety, and about what you or somebody else promised, always come."""
    after = await commands.choose(
        caller.account_id,
        language=body.language,
        off=[(each.kind, each.channel) for each in body.off],
        news=body.news,
        work_kinds=body.work_kinds,
        shared_phone=body.shared_phone,
        if_match=if_match,
    )
    return _shown(after, caller.role, response)


def _shown(choices: Choices, role: str, response: Response) -> Preferences:
    response.headers["Cache-Control"] = "no-store"
    set_etag(response, choices.version)
    kinds = [
        KindChoice(
            kind=name,
            channels=[
                ChannelChoice(channel=each, on=choices.wants(name, each), may_switch=each in kind.off)
                for each in kind.channels
            ],
        )
        for name, kind in kinds_for(role).items()
    ]
    return Preferences(
        language=choices.language,
        kinds=kinds,
        news=choices.wants_news,
        work_kinds=list(choices.work_kinds),
        shared_phone=choices.shared_phone,
        version=choices.version,
    )
