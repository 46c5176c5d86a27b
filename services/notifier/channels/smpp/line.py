"""The one SMPP connection of a provider in this process, kept bound whether there is something to send or not
(receipts and replies come over it), and shared by the lanes: none may use up its window."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from services.notifier.channels.channel import Refused, Unsure
from services.notifier.channels.rate import SHARE
from services.notifier.channels.smpp.session import ANSWER_SECONDS, Hear, Lost, Session
from services.notifier.domain import Lane
from shared import log

PLAIN_PORT, TLS_PORT = 2775, 3550
PAUSE_FIRST, PAUSE_LONGEST = 0.5, 15.0  # seconds between two attempts to bind
LEAVING_SECONDS = 6.0


class Line:
    """`window`: unanswered messages at most. `hear` stores what comes."""

    def __init__(self, *, name: str, url: str, user: str, password: str, window: int, hear: Hear) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smpps"
        self._place = (parts.hostname, parts.port or (TLS_PORT if self._tls else PLAIN_PORT))
        self._name, self._user, self._password, self._hear = name, user, password, hear
        self._window, self._used, self._room = window, 0, asyncio.Condition()
        self._session: Session | None = None

    def limit(self, lane: Lane) -> int:
        """How many unanswered messages this lane may have, others' included."""
        return max(int(self._window * SHARE[lane]), 1)

    async def run(self, stopping: asyncio.Event) -> None:
        """Keep it bound until `stopping`; what is unanswered then has a moment to be answered."""
        pause, stopped = PAUSE_FIRST, asyncio.create_task(stopping.wait())
        try:
            while not stopping.is_set():
                if await self._bind():
                    pause = PAUSE_FIRST
                    assert self._session is not None
                    ends: set[asyncio.Future[Any]] = {self._session.ended, stopped}
                    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                if not stopping.is_set():
                    await asyncio.wait({stopped}, timeout=pause)
                    pause = min(pause * 2, PAUSE_LONGEST)
            await self._leave()
        finally:
            stopped.cancel()
            if self._session:
                self._session.end()

    async def submit(self, lane: Lane, **fields: Any) -> Any:
        """One submit_sm and its answer."""
        async with self._place_in_window(lane):
            session = self._session
            if session is None or session.ended.done():
                raise Refused("smpp_not_bound", provider=True)
            try:
                return await session.ask("submit_sm", **fields)
            except Lost:
                raise Refused("smpp_not_bound", provider=True) from None

    @asynccontextmanager
    async def _place_in_window(self, lane: Lane) -> AsyncIterator[None]:
        async with self._room:
            await self._room.wait_for(lambda: self._used < self.limit(lane))
            self._used += 1
        try:
            yield
        finally:
            self._used -= 1
            await asyncio.shield(self._tell())

    async def _tell(self) -> None:
        async with self._room:
            self._room.notify_all()

    async def _bind(self) -> bool:
        session: Session | None = None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                context = ssl.create_default_context() if self._tls else None
                reader, writer = await asyncio.open_connection(*self._place, ssl=context)
            session = Session(reader, writer, name=self._name, hear=self._hear)
            await session.bind(self._user, self._password)
        except (OSError, TimeoutError, Lost, Unsure) as error:
            code = str(error) if isinstance(error, Lost) else type(error).__name__
            log.get().warning("smpp_not_bound", channel=self._name, code=code)
            if session:
                session.end()
            return False
        except BaseException:
            if session:
                session.end()
            raise
        self._session = session
        return True

    async def _leave(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVING_SECONDS), self._room:
                await self._room.wait_for(lambda: not self._used)
        if self._session:
            await self._session.unbind()
