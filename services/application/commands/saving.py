"""What every command needs: load, decide, save; decided again where another writer was first."""

from collections.abc import Awaitable, Callable

from services.application import domain
from services.application.domain import Application
from services.application.slots import Slots
from services.application.store import ApplicationStore
from shared import clock
from shared.errors import NotFound, StaleVersion
from shared.numbers import Numbers
from shared.sealed import Vault

TRIES = 5  # of two writers at once one is second, reads again and decides again


class Saving:
    def __init__(
        self, store: ApplicationStore, *, vault: Vault, numbers: Numbers, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._vault, self._numbers, self._now = store, vault, numbers, now
        self._slots = Slots()

    async def _decide(
        self,
        load: Callable[[], Awaitable[Application]],
        decision: Callable[[Application], domain.Decided],
        *,
        expected: int | None,
    ) -> Application:
        for _ in range(TRIES):
            before = await load()
            if expected is not None and expected != before.version:
                raise StaleVersion
            after, events = decision(before)
            if not events:
                return before
            try:
                return await self._store.save(before, after, events)
            except StaleVersion:
                continue
        raise StaleVersion

    async def _mine(self, id: str, seeker_id: str) -> Application:
        found = await self._store.load(id, seeker_id=seeker_id)
        if found is None:
            raise NotFound
        return found

    async def _any(self, id: str) -> Application:
        found = await self._store.load(id)
        if found is None:
            raise NotFound
        return found

    async def _managed(self, id: str, owner_id: str) -> Application:
        found = await self._store.load(id)
        if found is None or await self._store.vacancy(found.vacancy.id, owner_id=owner_id) is None:
            raise NotFound
        return found
