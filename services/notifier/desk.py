"""What officers see of messages, and what they may do: find those of an account or a number, and send one again with
a reason. Never by a phone or an address, and never a code."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from services.notifier.planner import account_contact
from services.notifier.store import MessageStore
from services.notifier.views import before_cursor
from shared import clock
from shared.claims import DUE
from shared.cursors import encode_cursor
from shared.errors import NotFound, Problem
from shared.mongo import DESCENDING, Document, insert_ignoring_known
from shared.pages import Page

LIVES = timedelta(days=1)  # of a message that is sent again
LATELY = timedelta(minutes=1)  # in which another officer need not send it again too
ENDED = frozenset({"sent", "delivered", "failed", "expired", "skipped", "undelivered"})
ALONE = frozenset({"app", "push"})  # beside a message that can be sent again
_COPIED = ("template", "kind", "channel", "lane", "recipient", "params", "link", "short_link", "event_time")


class NotAgain(Problem):
    code: ClassVar[str] = "not_again"
    status: ClassVar[int] = 409
    indonesian = "Pesan ini belum selesai, berupa kode, atau baru saja dikirim ulang."
    english = "This message has not ended, is a code, or has just been sent again."


class Desk:
    def __init__(self, store: MessageStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._now = store, now

    async def of_account(self, account_id: str, *, limit: int, cursor: str | None) -> Page[Document]:
        """What was sent to an account, and to the employers that it acts for, newest first."""
        theirs = [account_id, account_contact(account_id), *await self._store.employers_of(account_id)]
        return await self._page({"recipient": {"$in": theirs}}, limit=limit, cursor=cursor)

    async def of_number(self, number: str, *, limit: int, cursor: str | None) -> Page[Document]:
        """Messages about an application or a vacancy, by the number that people read out."""
        return await self._page({"params.nomor": number}, limit=limit, cursor=cursor)

    async def send_again(self, id: str, *, by: str, reason: str, key: str) -> Document:
        """A new message like the one that ended. Who sent it, and why, stays with it. Asked again with the same
        `key` it is the same one, however often and whatever became of it."""
        row = await self._store.messages.find_one({"_id": id})
        if row is None or row["channel"] in ALONE:
            raise NotFound
        first = row.get("again", {}).get("of", row["_id"])
        mark, at = hashlib.sha256(f"{by}:{key}".encode()).hexdigest(), self._now()
        before = await self._store.messages.find({"again.of": first}).to_list(100)
        if made := _made_by(mark, before):
            return made
        busy = any(one["state"] not in ENDED or one["again"]["at"] > at - LATELY for one in before)
        if row["lane"] == "code" or row["state"] not in ENDED or busy:
            raise NotAgain
        fresh = _again(row, first, len(before) + 1, by=by, reason=reason, at=at, mark=mark)
        if await insert_ignoring_known(self._store.messages, [fresh]):
            return fresh
        taken = await self._store.messages.find_one({"_id": fresh["_id"]})  # pressed twice at the same moment
        if taken and (made := _made_by(mark, [taken])):
            return made
        raise NotAgain

    async def _page(self, query: Document, *, limit: int, cursor: str | None) -> Page[Document]:
        wanted = {**query, "lane": {"$ne": "code"}, **before_cursor(cursor, "_id")}
        found = self._store.messages.find(wanted).sort([("event_time", DESCENDING), ("_id", DESCENDING)])
        rows = await found.limit(limit + 1).to_list(None)
        last = rows[limit - 1] if len(rows) > limit else None
        place = encode_cursor(last["event_time"].timestamp(), last["_id"]) if last else None
        return Page(items=rows[:limit], next=place)


def may_again(row: Document) -> bool:
    return row["state"] in ENDED and row["lane"] != "code" and row["channel"] not in ALONE


def _made_by(mark: str, rows: Sequence[Document]) -> Document | None:
    return next((row for row in rows if row["again"].get("mark") == mark), None)


def _again(
    row: Document, first: str, number: int, *, by: str, reason: str, at: datetime, mark: str
) -> dict[str, Any]:
    """The id goes on from the first one's, so that the provider does not take it for that one."""
    return {
        **{name: row[name] for name in _COPIED if name in row},
        "_id": f"{first}:again{number}",
        "notice": f"{row['notice']}:again{number}",
        "state": "waiting",
        "attempts": 0,
        "send_at": DUE,
        "created_at": at,
        "not_after": at + LIVES,
        "quiet": False,  # an officer knows what the hour is
        "again": {"of": first, "by": by, "reason": reason, "at": at, "mark": mark},
    }


def shown(rows: Sequence[Document]) -> list[Document]:
    return [{**row, "id": row["_id"], "may_send_again": may_again(row)} for row in rows]
