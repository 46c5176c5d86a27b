"""Officers' routes: messages of an account or a number, one sent again, and every message as people read it."""

from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.notifier.desk import Desk, shown
from services.notifier.domain import ChannelName, Lane, State
from services.notifier.preview import Previews
from services.notifier.wording import LANGUAGES, Language, messages
from shared.auth import Officer
from shared.errors import InvalidInput
from shared.pages import Cursor, Limit, Page
from shared.routing import Router

router = Router(prefix="/api/v1/notifications", tags=["officers"])
Name = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,60}$")]


class Again(BaseModel):
    """Who sent it again, and why."""

    model_config = ConfigDict(frozen=True)
    of: str = Field(description="the message that it repeats")
    by: str = Field(description="account of the officer")
    reason: str
    at: AwareDatetime


class MessageView(BaseModel):
    """One message to one recipient over one channel; never its text, its address or a code."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    template: str
    channel: ChannelName
    lane: Lane
    recipient: str = Field(description="account, account:<id> for the account itself, or employer")
    state: State
    code: str | None = Field(None, description="why it ended so, or why it was put off")
    attempts: int
    created_at: AwareDatetime
    settled_at: AwareDatetime | None = None
    not_after: AwareDatetime
    again: Again | None = None
    may_send_again: bool


class AgainInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    id: str = Field(min_length=3, max_length=300)
    reason: str = Field(min_length=5, max_length=200, description="kept with the message")


class Reading(BaseModel):
    """A message in one language; null what it does not have."""

    model_config = ConfigDict(frozen=True)
    language: Language
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    notice: str | None = None
    sms: str


class TemplateView(BaseModel):
    model_config = ConfigDict(frozen=True)
    name: str
    readings: list[Reading]


class TryInput(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    language: Language = "id"


async def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


async def _previews(request: Request) -> Previews:
    found: Previews = request.app.state.previews
    return found


@router.get("/messages")
async def find_messages(
    caller: Officer,
    desk: Annotated[Desk, Depends(_desk)],
    response: Response,
    account: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{3,60}$")] = None,
    number: Annotated[str | None, Query(pattern=r"^[A-Z]{3}-\d{4}-\d{6}$")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[MessageView]:
    """Messages of an account, or about a number (such as LMR-2026-000123), newest first. One of the two."""
    if (account is None) == (number is None):
        raise InvalidInput
    find, what = (desk.of_account, account) if account else (desk.of_number, number)
    page = await find(str(what), limit=limit, cursor=cursor)
    response.headers["Cache-Control"] = "no-store"
    return Page(items=[MessageView.model_validate(row) for row in shown(page.items)], next=page.next)


@router.post("/messages/send-again", status_code=201)
async def send_again(
    caller: Officer,
    body: AgainInput,
    desk: Annotated[Desk, Depends(_desk)],
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200)],
) -> MessageView:
    """Send a message that ended once more. The reason is kept. With the same `Idempotency-Key` it is sent once."""
    made = await desk.send_again(body.id, by=caller.account_id, reason=body.reason, key=idempotency_key)
    return MessageView.model_validate(shown([made])[0])


@router.get("/templates")
async def list_templates(caller: Officer) -> list[str]:
    """The name of every message."""
    return messages()


@router.get("/templates/{name}")
async def get_template(
    caller: Officer, name: Name, previews: Annotated[Previews, Depends(_previews)]
) -> TemplateView:
    """A message as people read it, in both languages, with values as they come."""
    return TemplateView(name=name, readings=[Reading(**previews.of(name, language)) for language in LANGUAGES])


@router.post("/templates/{name}/test", status_code=202)
async def try_template(
    caller: Officer, name: Name, body: TryInput, previews: Annotated[Previews, Depends(_previews)]
) -> dict[str, str]:
    """Send a message's mail to your own address."""
    return {"id": await previews.send(name, body.language, to=caller.account_id)}
