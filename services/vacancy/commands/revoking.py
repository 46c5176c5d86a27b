"""An employer that is none any more: an officer revoked it, or its account was erased. What it has open ends, and
with that the open applications there."""

import contextlib
from datetime import timedelta

from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.running import SYSTEM, RunningCommands
from services.vacancy.domain.employer import Employer
from services.vacancy.domain.vacancy import Actor
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.contracts.employer import RevokeCause
from shared.errors import NotFound, WrongState

CODE = "employer_revoked"
# Whoever applied reads it: nothing about the employer that is not proved, and what to do.
SAID = "Pemberi kerja ini tidak lagi terdaftar di Si-Caker. Jangan membayar apa pun; lowongan lain ada di Si-Caker."
ERASED = "Akun pemberi kerja dihapus."
LATELY, BATCH = timedelta(days=2), 200


class Revoking:
    def __init__(
        self, store: VacancyStore, employers: EmployerCommands, running: RunningCommands, *, clock: Clock = now
    ) -> None:
        self._store, self._employers, self._running, self._clock = store, employers, running, clock

    async def revoke(
        self, id: str, *, cause: RevokeCause, reason: str, by: Actor, expected: int | None = None
    ) -> Employer:
        made = await self._employers.revoke(id, cause=cause, reason=reason, by=by, expected=expected)
        await self._close(id)
        return made

    async def account_erased(self, account_id: str) -> None:
        """Repeating it changes nothing."""
        try:
            employer = await self._store.employers.of_owner(account_id)
            await self.revoke(employer.id, cause="erased", reason=ERASED, by=SYSTEM)
        except (NotFound, WrongState):
            return

    async def close_again(self) -> None:
        """For those whose revocation was cut off after its first write, and vacancies published in that moment."""
        for id in await self._store.employers.revoked_since(self._clock() - LATELY, limit=BATCH):
            await self._close(id)

    async def _close(self, employer_id: str) -> None:
        for id in await self._store.vacancies.live_of_employer(employer_id, limit=BATCH):
            with contextlib.suppress(WrongState):  # it ended by itself meanwhile
                await self._running.close(id, reason=SAID, by=SYSTEM, code=CODE)
