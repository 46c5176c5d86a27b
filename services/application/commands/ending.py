"""What the end of a vacancy means to the open applications for it: each is changed once, in batches, however many
there are."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from services.application import domain
from services.application.commands.saving import Saving
from services.application.domain import Application, KnownVacancy
from shared.contracts.application import CancelCause
from shared.errors import StaleVersion

Decision = Callable[[Application], domain.Decided]
ERASED = "Pelamar menghapus datanya."
BATCH, SIDE_BY_SIDE = 100, 16
LATELY = timedelta(minutes=10)
# Closing reasons of a vacancy that mean that nobody will get the job.
CANCELS: dict[str, CancelCause] = {"cancelled_job": "cancelled_job", "employer_revoked": "employer_revoked"}


class Ending(Saving):
    async def end_applications(self, vacancy: KnownVacancy) -> None:
        """Bring a vacancy that has ended to those who applied: recalled or without a job they are cancelled; else
        they stand, and hear that it closed early."""
        reason, cause = vacancy.reason or "", CANCELS.get(vacancy.reason_code or "")
        if vacancy.state == "recalled":
            await self._each(
                vacancy.id, lambda one: domain.vacancy_recalled(one, reason=reason, at=self._now()), told=False
            )
        elif vacancy.state == "closed" and cause:
            await self._each(
                vacancy.id,
                lambda one: domain.cancelled(one, cause=cause, reason=reason, at=self._now()),
                told=False,
            )
        elif vacancy.state == "closed":
            await self._each(vacancy.id, domain.vacancy_closed, told=True)

    async def vacancy_ended(self, vacancy_id: str) -> None:
        """By what is known of it here now."""
        vacancy = await self._store.vacancy(vacancy_id)
        if vacancy is not None:
            await self.end_applications(vacancy)
            if vacancy.state in ("closed", "recalled"):
                await self._store.end_drafts(vacancy_id)

    async def person_erased(self, seeker_id: str) -> None:
        """Somebody wanted to be forgotten: open applications end. What the person wrote was sealed under a key that
        is gone, the local copies are deleted; that there was an application stays, of nobody whom one could find."""
        await self._vault.destroy(seeker_id)  # it also leaves this process, where a cached key would still open
        while batch := await self._store.open_of_seeker(seeker_id, limit=BATCH):
            await self._change(batch, self._erased)
        await self._store.forget(seeker_id)

    def _erased(self, application: Application) -> domain.Decided:
        return domain.cancelled(application, cause="erased", reason=ERASED, at=self._now())

    async def tell_again(self) -> None:
        """Find applications that were accepted while the news of the end was on its way."""
        for vacancy in await self._store.vacancies_ended_since(self._now() - LATELY):
            await self.end_applications(vacancy)

    async def _each(self, vacancy_id: str, decision: Decision, *, told: bool) -> None:
        """`told`: only those that were not told yet; the others leave the open states by the decision."""
        while batch := await self._store.open_of(vacancy_id, untold=told, limit=BATCH):
            await self._change(batch, decision)

    async def _change(self, batch: Sequence[Application], decision: Decision) -> None:
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def change(application: Application) -> None:
            after, events = decision(application)
            # Whoever was changed meanwhile is read in the next round, as it is then.
            async with gate:
                with contextlib.suppress(StaleVersion):
                    await self._store.save(application, after, events)

        await asyncio.gather(*(change(application) for application in batch))
