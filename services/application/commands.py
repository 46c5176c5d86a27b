"""The only writer of applications."""

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from services.application import domain
from services.application.domain import Application, Command, Vacancy, Words
from services.application.problems import DailyLimit, VacancyNotKnownYet, VacancyNotOpen
from services.application.slots import Slots
from services.application.store import NOTE_SEAL, ApplicationStore, Mark
from shared import clock
from shared.callers import Caller
from shared.errors import NotFound, StaleVersion
from shared.events import new_id
from shared.numbers import Numbers
from shared.sealed import Vault
from shared.versions import expected_version

DAILY = 20
TRIES = 5  # of two writers at once one is second, reads again and decides again
BATCH, SIDE_BY_SIDE = 100, 16
LATELY = timedelta(minutes=10)


class Commands:
    def __init__(
        self,
        store: ApplicationStore,
        *,
        vault: Vault,
        numbers: Numbers,
        now: clock.Clock = clock.now,
    ) -> None:
        self._store, self._vault, self._numbers, self._now = store, vault, numbers, now
        self._slots = Slots()

    async def prepare(self) -> None:
        await self._numbers.prepare(clock.today(self._now()).year)

    async def submit(self, *, seeker_id: str, vacancy_id: str, note: str | None) -> tuple[Application, bool]:
        """The seeker's application for the vacancy, and whether it was made by this call. Whoever has one already
        gets that one, whatever has changed since: the answer to the first call may have been lost."""
        at = self._now()
        try:
            vacancy = domain.accept(await self._store.vacancy(vacancy_id), at=at)
            return await self._submit(vacancy, seeker_id=seeker_id, note=note, at=at)
        except (VacancyNotKnownYet, VacancyNotOpen, DailyLimit):
            known = await self._store.of_seeker_for(vacancy_id, seeker_id=seeker_id)
            if known is None or known.state == "withdrawn":
                raise
            return known, False

    async def _submit(
        self, vacancy: Vacancy, *, seeker_id: str, note: str | None, at: datetime
    ) -> tuple[Application, bool]:
        """Each round that finds the day's slot taken has seen another application stored: at most `DAILY` rounds
        after the first, which goes by what this process remembers and costs no look into the store."""
        today = clock.today(at)
        used = self._slots.used(seeker_id, today)
        sealed = await self._vault.seal(seeker_id, NOTE_SEAL, {"note": note}) if note else None
        while True:
            if used >= DAILY:
                raise DailyLimit(retry_after=int((clock.end_of(today) - at).total_seconds()) + 1)
            number = await self._numbers.take(today.year)
            made, events = domain.submit(
                vacancy, id=new_id("app"), number=number, seeker_id=seeker_id, note_sealed=sealed, at=at
            )
            if await self._store.create(made, events, day=today.isoformat(), slot=used + 1):
                self._slots.took(seeker_id, today, slot=used + 1)
                return made.model_copy(update={"version": len(events)}), True
            known = await self._store.of_seeker_for(vacancy.id, seeker_id=seeker_id)
            if known is not None and known.id == made.id:
                return known, True  # the driver sent the insert twice: its first answer was lost
            self._numbers.give_back(number)
            if known is not None:
                return await self._submit_again(known, vacancy, note_sealed=sealed, at=at), False
            used = await self._store.used_today(seeker_id, today.isoformat())

    async def _submit_again(
        self, known: Application, vacancy: Vacancy, *, note_sealed: str | None, at: datetime
    ) -> Application:
        async def reload() -> Application:
            return await self._mine(known.id, known.seeker_id)

        def again(application: Application) -> domain.Decided:
            return domain.submit_again(application, vacancy, note_sealed=note_sealed, at=at)

        return await self._decide(reload, again, expected=None)

    async def decide(
        self, id: str, command: Command, *, caller: Caller, words: Words, if_match: str | None = None
    ) -> Application:
        """Move the application; the first of two that contradict each other wins, the other is refused."""
        seeker = caller.role == "seeker"

        async def load() -> Application:
            return await (self._mine if seeker else self._managed)(id, caller.account_id)

        def by_table(application: Application) -> domain.Decided:
            actor: domain.Actor = "seeker" if seeker else "employer"
            return domain.decide(application, command, actor=actor, by=caller.account_id, at=self._now(), words=words)

        return await self._decide(load, by_table, expected=expected_version(if_match))

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

    async def _managed(self, id: str, owner_id: str) -> Application:
        found = await self._store.load(id)
        if found is None or await self._store.vacancy(found.vacancy.id, owner_id=owner_id) is None:
            raise NotFound
        return found

    async def tell_open_applicants(self, vacancy_id: str) -> None:
        """The vacancy was closed early: its open applicants hear of it."""
        await self._tell(vacancy_id, "vacancy_ended", domain.vacancy_closed)

    async def warn_open_applicants(self, vacancy_id: str, *, reason: str) -> None:
        """The vacancy was recalled: its open applicants are warned."""
        await self._tell(vacancy_id, "vacancy_recalled", functools.partial(domain.vacancy_recalled, reason=reason))

    async def _tell(self, vacancy_id: str, mark: Mark, decision: Callable[[Application], domain.Decided]) -> None:
        """Mark each open application once, in batches, however many there are."""
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def tell(application: Application) -> None:
            after, events = decision(application)
            # Whoever was changed meanwhile is read in the next round, as it is then.
            async with gate:
                with contextlib.suppress(StaleVersion):
                    await self._store.save(application, after, events)

        while batch := await self._store.untold(vacancy_id, mark=mark, limit=BATCH):
            await asyncio.gather(*(tell(application) for application in batch))

    async def tell_again(self) -> None:
        """Find applications that were accepted while the news of the end was on its way."""
        for vacancy in await self._store.vacancies_ended_since(self._now() - LATELY):
            if vacancy.state == "recalled":
                await self.warn_open_applicants(vacancy.id, reason=vacancy.reason or "")
            else:
                await self.tell_open_applicants(vacancy.id)
