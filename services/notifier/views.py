"""The inbox inside the application: what a person was told, newest first, however it was sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.notifier.domain import CHANNEL_NAMES, ChannelName, State, overall
from services.notifier.planner import account_contact
from services.notifier.rendering import Texts
from services.notifier.store import MessageStore
from services.notifier.wording import Language
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.mongo import DESCENDING, Document
from shared.pages import Page

ORDER: tuple[ChannelName, ...] = (*CHANNEL_NAMES, "app")


class ChannelState(BaseModel):
    """How it went over one channel."""

    model_config = ConfigDict(frozen=True)
    channel: ChannelName
    state: State = Field(description="waiting, sent, failed (refused), expired (too late), skipped (no address)")


class Notification(BaseModel):
    """One thing that a person was told."""

    model_config = ConfigDict(frozen=True)
    id: str
    kind: str = Field(description="which message it is, such as application_received")
    title: str = Field(description="in the reader's language")
    text: str = Field(description="in the reader's language; may name the job")
    at: AwareDatetime = Field(description="when the thing happened that it tells of")
    state: State = Field(description="the best of its channels")
    channels: list[ChannelState]


class Views:
    def __init__(self, store: MessageStore, texts: Texts) -> None:
        self._store, self._texts = store, texts

    async def notifications(
        self, account_id: str, *, limit: int, cursor: str | None, language: Language = "id"
    ) -> Page[Notification]:
        """What concerns the account itself, and the employers that it acts for. Never a one-time code."""
        mine = [account_id, account_contact(account_id), *await self._store.employers_of(account_id)]
        shown_alone = {"lane": {"$ne": "code"}, "state": {"$ne": "gathered"}, "channel": {"$ne": "push"}}
        query = {"recipient": {"$in": mine}, **shown_alone, **before_cursor(cursor)}
        found = self._store.messages.find(query).sort([("event_time", DESCENDING), ("notice", DESCENDING)])
        # Rows of a notice stand together, at most one per channel: this many hold one notice more than asked for.
        rows = await found.limit((limit + 1) * len(CHANNEL_NAMES)).to_list(None)
        notices = [list(group) for _, group in groupby(rows, key=lambda row: row["notice"])]
        shown = notices[:limit]
        last = shown[-1][0] if len(notices) > limit else None
        return Page(
            items=[self._notification(group, language) for group in shown],
            next=encode_cursor(last["event_time"].timestamp(), last["notice"]) if last else None,
        )

    def _notification(self, rows: Sequence[Document], language: Language) -> Notification:
        first = rows[0]
        notice = self._texts.notice(first["template"], first["params"], link=first["link"], language=language)
        ordered = sorted(rows, key=lambda row: ORDER.index(row["channel"]))
        return Notification(
            id=first["notice"],
            kind=first["template"],
            title=notice.title,
            text=notice.text,
            at=first["event_time"],
            state=overall([row["state"] for row in rows]),
            channels=[ChannelState(channel=row["channel"], state=row["state"]) for row in ordered],
        )


def before_cursor(cursor: str | None, second: str = "notice") -> dict[str, Any]:
    """What comes after the place of `cursor`, in an order by time and then by the field `second`."""
    if cursor is None:
        return {}
    seconds, last = decode_cursor(cursor, length=2)
    try:
        at = datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadCursor from None
    return {"$or": [{"event_time": {"$lt": at}}, {"event_time": at, second: {"$lt": str(last)}}]}
