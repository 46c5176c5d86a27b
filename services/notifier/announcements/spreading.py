"""The town crier: each minute as many messages of a released announcement as its pace allows."""

from collections.abc import Mapping
from datetime import timedelta

from services.notifier.announcements.domain import Announcement, Purpose, params_of
from services.notifier.announcements.store import AnnouncementStore, read
from services.notifier.announcements.tokens import StopNews
from services.notifier.domain import ChannelName, Message
from services.notifier.store import MessageStore
from shared import clock
from shared.errors import StaleVersion

AT_ONCE = 10  # announcements
LIVES = timedelta(days=2)
BREACH_LIVES = timedelta(days=400)  # however late, it must be told; and no record is kept for longer
CHANNELS: Mapping[Purpose, tuple[ChannelName, ...]] = {"news": ("email",), "breach": ("email", "sms")}
TEMPLATES: Mapping[Purpose, str] = {"news": "announcement", "breach": "breach"}


class Crier:
    def __init__(
        self, messages: MessageStore, store: AnnouncementStore, stop: StopNews, *, now: clock.Clock = clock.now
    ) -> None:
        self._messages, self._store, self._stop, self._now = messages, store, stop, now

    async def cry(self) -> None:
        claim = await self._store.claims.take(AT_ONCE)
        for row in claim.documents:
            await self._spread(read(row), claim.token)

    async def _spread(self, announcement: Announcement, token: str) -> None:
        """Planned first, counted then: whoever dies in between plans the same messages again, which changes
        nothing."""
        if announcement.state != "released":
            return
        people = await self._store.next_people(announcement)
        channels = CHANNELS[announcement.purpose]
        await self._messages.add([self._message(announcement, person, by) for person in people for by in channels])
        after = announcement.spread(last=people[-1] if people else "", count=len(people), at=self._now())
        try:
            await self._store.save(announcement, after, token=token)
        except StaleVersion:  # an officer stopped it meanwhile
            await self._store.recall(announcement.id)

    def _message(self, announcement: Announcement, person: str, channel: ChannelName) -> Message:
        news, template = announcement.purpose == "news", TEMPLATES[announcement.purpose]
        return Message(
            id=f"{announcement.id}:{template}:{channel}:{person}",
            notice=f"{announcement.id}:{template}:{person}",
            template=template,
            kind="news" if news else "safety",
            channel=channel,
            lane="bulk" if news else "transactional",
            recipient=person,
            params=params_of(announcement, stop=self._stop.path(person) if news else None),
            link=announcement.path,
            short_link="/kabar",
            event_time=self._now(),
            not_after=self._now() + (LIVES if news else BREACH_LIVES),
            quiet=True,
        )
