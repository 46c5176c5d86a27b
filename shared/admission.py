"""Who gets to the store: so many requests at once, the rest in turn as long as it moves; nobody while it does not
answer. The driver queues for its threads without a deadline, so the queue has to be here."""

import asyncio

from shared.mongo import Client, is_unavailable, ping, reachable

AT_ONCE = 20  # as many as the driver's pool holds
QUIET_SECONDS = 0.15  # nobody came out for so long: the store stands still; with its 0.8 s still within a second
PROBE_SECONDS = 0.5


class Admission:
    """`client` is the store's; None admits everybody."""

    def __init__(self, client: Client | None) -> None:
        self._client = client
        self._places = asyncio.Semaphore(AT_ONCE)
        self._away = False
        self._moved_at = 0.0
        self._probing: asyncio.Task[None] | None = None

    def open(self) -> bool:
        """Whether a request has a chance, without a round trip."""
        return self._client is None or (not self._away and reachable(self._client))

    async def enter(self) -> bool:
        """Take a place, in turn, as long as others come out; False where nobody does, or the store went away. The
        queue is short: the guard admits few more than there are places."""
        if self._client is None:
            return True
        since = asyncio.get_running_loop().time()
        while not await self._place_by(since + QUIET_SECONDS):
            if self._moved_at <= since:
                return False
            since = self._moved_at
        if self._away:
            self._places.release()
            return False
        return True

    async def _place_by(self, end: float) -> bool:
        try:
            async with asyncio.timeout_at(end):
                return await self._places.acquire()
        except TimeoutError:
            return False

    def leave(self) -> None:
        if self._client is not None:
            self._moved_at = asyncio.get_running_loop().time()
            self._places.release()

    def failed(self) -> None:
        """A request met a store that did not answer: ask it ourselves, and if it is silent turn people away at once
        until it speaks again."""
        if self._client is not None and (self._probing is None or self._probing.done()):
            self._probing = asyncio.create_task(self._probe(self._client), name="store-probe")

    async def _probe(self, client: Client) -> None:
        while True:
            try:
                await ping(client)
                self._away = False
                return
            except Exception as error:
                if not is_unavailable(error):
                    raise
                self._away = True
            await asyncio.sleep(PROBE_SECONDS)
