"""What officers do with announcements."""

import hashlib

from services.notifier.announcements.domain import Announcement, Purpose, Segment, Step, Text
from services.notifier.announcements.store import AnnouncementStore
from shared import clock


class AnnouncementCommands:
    def __init__(self, store: AnnouncementStore, *, now: clock.Clock = clock.now) -> None:
        self._store, self._now = store, now

    async def draft(
        self,
        *,
        by: str,
        purpose: Purpose = "news",
        indonesian: Text,
        english: Text | None,
        path: str,
        segment: Segment,
        per_minute: int,
        key: str,
    ) -> Announcement:
        """Write one. With the same `key` of the same officer it is the same one, on the same day."""
        at = self._now()
        mark = hashlib.sha256(f"{by}:{key}".encode()).hexdigest()[:24]
        return await self._store.add(
            Announcement(
                id=f"ann_{clock.today(at):%Y%m%d}{mark}",
                purpose=purpose,
                indonesian=indonesian,
                english=english,
                path=path,
                segment=segment,
                per_minute=per_minute,
                author=by,
                history=(Step(state="draft", at=at, by=by),),
            )
        )

    async def release(self, id: str, *, by: str) -> Announcement:
        before = await self._store.load(id)
        return await self._store.save(before, before.released(by=by, at=self._now()))

    async def stop(self, id: str, *, by: str) -> Announcement:
        """At once: also what is planned already and not on its way."""
        before = await self._store.load(id)
        after = await self._store.save(before, before.stopped(by=by, at=self._now()))
        await self._store.recall(id)
        return after
