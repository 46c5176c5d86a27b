"""Who gets to the store: so many requests at once, the rest in turn as long as it moves; nobody while it does not
answer. The driver queues for its threads without a deadline, so the queue has to be here."""

import asyncio

from shared.mongo import Client, is_unavailable, ping, reachable, silent

AT_ONCE = 20  # as many as the driver's pool holds
QUIET_SECONDS = 0.2  # of silence, and the store stands still; with the 0.7 s of a try that makes a second at most
PROBE_SECONDS = 0.5


class Admission:
    """`client` is the store's; None admits everybody."""

    def __init__(self, client: Client | None) -> None:
        self._client = client
        self._places = asyncio.Semaphore(AT_ONCE)
        self._away = False
        self._probing: asyncio.Task[None] | None = None

    def open(self) -> bool:
        """Whether a request has a chance, without a round trip."""
        return self._client is None or (not self._away and reachable(self._client))

    async def enter(self) -> bool:
        """Take a place, in turn, as long as the store answers anybody; False where it does not. The queue is short:
        the guard admits few more than there are places."""
        if self._client is None:
            return True
        while not await self._place_within(QUIET_SECONDS):
            if silent(self._client, QUIET_SECONDS) or not self.open():
                return False
        if self._away:
            self._places.release()
            return False
        return True

    async def _place_within(self, seconds: float) -> bool:
        if not self._places.locked():
            return await self._places.acquire()  # at once, and a timer would cost more than that
        try:
            async with asyncio.timeout(seconds):
                return await self._places.acquire()
        except TimeoutError:
            return False

    def leave(self) -> None:
        if self._client is not None:
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
