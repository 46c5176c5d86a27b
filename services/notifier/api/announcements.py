"""Routes of announcements: officers write, release and stop them; whoever got one can end them with one press."""

from typing import Annotated, Self

from fastapi import Depends, Header, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, model_validator

from services.notifier.announcements.commands import AnnouncementCommands
from services.notifier.announcements.domain import Announcement, AnnouncementState, Purpose, Segment, Text
from services.notifier.announcements.store import AnnouncementStore
from services.notifier.announcements.tokens import StopNews
from services.notifier.commands import Commands
from shared.auth import Anyone, Officer
from shared.errors import NotFound
from shared.pages import Limit, Page
from shared.routing import Router

router = Router(prefix="/api/v1/notifications", tags=["announcements"])
AnnouncementId = Annotated[str, Path(pattern=r"^ann_[0-9a-f]{8,40}$")]
Code = Annotated[str, Field(max_length=20)]


class SegmentInput(Segment):
    """As it is stored, with an end to each code."""

    kelurahan: tuple[Code, ...] = Field((), max_length=30, description="codes; one of these")
    education: tuple[Code, ...] = Field((), max_length=20, description="codes of the profile; one of these")


class AnnouncementInput(BaseModel):
    """A draft. Without English those who chose it read the Indonesian."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    purpose: Purpose = Field("news", description="breach: to everybody whose data it concerns, by e-mail and SMS")
    indonesian: Text
    english: Text | None = None
    path: str = Field(
        "/lowongan",
        pattern=r"^/([A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)?$",
        max_length=100,
        description="the page of ours to open",
    )
    segment: SegmentInput = SegmentInput()
    per_minute: StrictInt = Field(60, ge=1, le=600, description="messages a minute")

    @model_validator(mode="after")
    def _a_breach_asks_for_no_wishes(self) -> Self:
        """What news somebody wants says nothing about whose data it was."""
        if self.purpose == "breach" and self.segment.work_kinds:
            raise ValueError("a breach is not told by the kind of work that people look for")
        return self


class StepView(BaseModel):
    state: AnnouncementState
    at: AwareDatetime
    by: str | None = Field(description="account of the officer")


class AnnouncementView(BaseModel):
    """An announcement as officers see it."""

    model_config = ConfigDict(frozen=True)
    id: str
    purpose: Purpose
    state: AnnouncementState
    indonesian: Text
    english: Text | None
    path: str
    segment: Segment
    per_minute: int
    author: str
    reached: int = Field(description="for how many a message was planned")
    recipients: int | None = Field(None, description="how many it would go to now (counted up to 100,000)")
    mine: bool = Field(description="written by the caller, who may not release it")
    history: list[StepView]


class StopInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    token: str = Field(min_length=1, max_length=300)


async def _commands(request: Request) -> AnnouncementCommands:
    found: AnnouncementCommands = request.app.state.announcement_commands
    return found


async def _store(request: Request) -> AnnouncementStore:
    found: AnnouncementStore = request.app.state.announcements
    return found


UseCommands = Annotated[AnnouncementCommands, Depends(_commands)]
UseStore = Annotated[AnnouncementStore, Depends(_store)]


@router.get("/announcements")
async def list_announcements(
    caller: Officer,
    store: UseStore,
    limit: Limit = 20,
    cursor: Annotated[str | None, Query(pattern=r"^ann_[0-9a-f]{8,40}$")] = None,
) -> Page[AnnouncementView]:
    """The newest first."""
    found = await store.newest(limit=limit + 1, before=cursor)
    shown = found[:limit]
    return Page(
        items=[_view(one, caller.account_id) for one in shown], next=shown[-1].id if len(found) > limit else None
    )


@router.post("/announcements", status_code=201)
async def write_announcement(
    caller: Officer,
    body: AnnouncementInput,
    commands: UseCommands,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200)],
) -> AnnouncementView:
    """Write a draft; nothing is sent yet. With the same `Idempotency-Key` nothing is made twice."""
    made = await commands.draft(
        by=caller.account_id,
        purpose=body.purpose,
        indonesian=body.indonesian,
        english=body.english,
        path=body.path,
        segment=body.segment,
        per_minute=body.per_minute,
        key=idempotency_key,
    )
    return _view(made, caller.account_id)


@router.get("/announcements/{announcement_id}")
async def get_announcement(caller: Officer, announcement_id: AnnouncementId, store: UseStore) -> AnnouncementView:
    """One of them, with how many people it would go to now."""
    found = await store.load(announcement_id)
    return _view(found, caller.account_id, recipients=await store.count(found))


@router.post("/announcements/{announcement_id}/release")
async def release_announcement(
    caller: Officer, announcement_id: AnnouncementId, commands: UseCommands
) -> AnnouncementView:
    """Send it, at its pace; by another officer than the one who wrote it."""
    return _view(await commands.release(announcement_id, by=caller.account_id), caller.account_id)


@router.post("/announcements/{announcement_id}/stop")
async def stop_announcement(
    caller: Officer, announcement_id: AnnouncementId, commands: UseCommands
) -> AnnouncementView:
    """Send no more of it; what a provider has already stays sent."""
    return _view(await commands.stop(announcement_id, by=caller.account_id), caller.account_id)


@router.post("/stop-news", status_code=204)
async def stop_news(caller: Anyone, body: StopInput, request: Request) -> Response:
    """End the news of the employment office by the link in its mail, without signing in."""
    tokens: StopNews = request.app.state.stop_news
    commands: Commands = request.app.state.commands
    account_id = tokens.account(body.token)
    if account_id is None:
        raise NotFound
    await commands.end_news(account_id)
    return Response(status_code=204)


def _view(found: Announcement, caller: str, *, recipients: int | None = None) -> AnnouncementView:
    return AnnouncementView(
        **found.model_dump(include={"id", "purpose", "state", "path", "per_minute", "author", "reached"}),
        indonesian=found.indonesian,
        english=found.english,
        segment=found.segment,
        recipients=recipients,
        mine=found.author == caller,
        history=[StepView(state=step.state, at=step.at, by=step.by) for step in found.history],
    )
