"""Everything once more to the province: each day's snapshot with its list, and what it asks for. News goes by the
outboxes of the vacancies themselves; this heals whoever missed some."""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from services.vacancy import measures
from services.vacancy.domain.outward import ENDINGS, ended, offered
from services.vacancy.domain.vacancy import LIVE, Vacancy
from services.vacancy.store.database import VacancyStore
from shared import log
from shared.clock import Clock, now, today
from shared.contracts.province import MOST_IDS, CityVacanciesListed, digest
from shared.events import Event, encode, seal_envelope
from shared.kafka import Publisher, Undelivered, topic_name
from shared.mongo import is_unavailable

LOOK_SECONDS = 30.0
SIDE_BY_SIDE = 100
T = TypeVar("T")


class Line(NamedTuple):
    """One vacancy that is live, as the list has it."""

    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}:{self.version}"


class Feed:
    """Several workers may run it: whoever claims a snapshot sends it, again where it could not be sent."""

    def __init__(
        self, store: VacancyStore, publisher: Publisher, *, topic_prefix: str = "", clock: Clock = now
    ) -> None:
        self._store, self._publisher, self._prefix, self._clock = store, publisher, topic_prefix, clock
        self._wake = asyncio.Event()
        self._day = ""

    async def ask(self, id: str) -> None:
        """A whole snapshot, once for each `id`, as soon as may be."""
        await self._store.feeds.ask(id)
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            try:
                while not stopping.is_set() and await self.send_due():
                    pass
            except Undelivered:
                log.get().warning("feed_waits", dependency="kafka")
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.get().warning("feed_waits", dependency="store")
            await self._rest(stopping)

    async def send_due(self) -> bool:
        """One snapshot that is due; False where none was."""
        day = f"list_{today(self._clock()).isoformat()}"
        if day != self._day:
            await self._store.feeds.ask(day)
            self._day = day
        claim = await self._store.feeds.take()
        if not claim.documents:
            return False
        try:
            await self._snapshot(claim.documents[0]["_id"])
        except Undelivered:
            await self._store.feeds.give_back(claim)
            raise
        await self._store.feeds.done(claim, at=self._clock())
        return True

    async def resend(self, ids: Sequence[str]) -> list[str]:
        """These as they stand now, ended ones as tombstones; returns those that are none of the city's."""
        rows, at = await self._store.vacancies.all_of(ids), self._clock()
        found = {id: row for id, row in rows.items() if row.source == "city" and row.state in LIVE | ENDINGS}
        await self._send([(each, _told(each, at)) for each in found.values()])
        return [id for id in ids if id not in found]

    async def _snapshot(self, list_id: str) -> None:
        taken_at = self._clock()
        lines = [Line(*row) for row in await self._store.vacancies.live_of_city(taken_at)]
        for some in _parts([line.id for line in lines], SIDE_BY_SIDE):
            rows = await self._store.vacancies.all_of(some)
            await self._send([(each, _told(each, taken_at)) for each in rows.values()])
        await self._send_list(list_id, sorted(map(str, lines)), taken_at)
        measures.list_at.set(time.time())
        measures.listed.set(len(lines))

    async def _send_list(self, list_id: str, lines: list[str], taken_at: datetime) -> None:
        parts = list(_parts(lines, MOST_IDS)) or [[]]
        for number, some in enumerate(parts, start=1):
            told = CityVacanciesListed(
                taken_at=taken_at,
                count=len(lines),
                sha256=digest(lines),
                part=number,
                parts=len(parts),
                lines=tuple(some),
            )
            await self._publish(told, key=list_id, sequence=number)

    async def _send(self, told: Sequence[tuple[Vacancy, Event | None]]) -> None:
        for some in _parts(told, SIDE_BY_SIDE):
            sends = [self._publish(event, key=each.id, sequence=each.version) for each, event in some if event]
            for outcome in await asyncio.gather(*sends, return_exceptions=True):
                if isinstance(outcome, BaseException):
                    raise outcome

    async def _publish(self, event: Event, *, key: str, sequence: int) -> None:
        envelope = seal_envelope(
            event, source="vacancy", subject=key, sequence=sequence, correlation=None, causation=log.causation.get()
        )
        await self._publisher.send(topic_name(self._prefix, event.topic), key=key, value=encode(envelope).encode())

    async def _rest(self, stopping: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                waits = [asyncio.ensure_future(each.wait()) for each in (self._wake, stopping)]
                try:
                    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for each in waits:
                        each.cancel()
        self._wake.clear()


def _told(vacancy: Vacancy, at: datetime) -> Event | None:
    """Nothing of one that is over by the clock: its tombstone is about to be written."""
    if vacancy.state in ENDINGS:
        return ended(vacancy)
    return offered(vacancy) if vacancy.state_at(at) in LIVE else None


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
