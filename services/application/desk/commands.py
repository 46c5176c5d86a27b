"""What an employer does at the desk, and what the clock does for it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.application.commands import Commands
from services.application.desk.model import Decision, Held, Note, check_release
from services.application.desk.problems import TooManyNotes
from services.application.desk.store import NOTE_SEAL, DeskStore
from services.application.domain import Application, KnownVacancy, Words
from services.application.domain.states import open_to
from shared import clock, log
from shared.callers import Caller
from shared.errors import NotFound, Problem, StaleVersion, WrongState
from shared.events import new_id
from shared.sealed import Vault

MOST_NOTES = 50
SIDE_BY_SIDE, BATCH = 16, 100


class Outcome(BaseModel):
    """What became of one of many decisions."""

    model_config = ConfigDict(frozen=True)
    id: str
    outcome: Literal["done", "held", "refused"]
    code: str | None = Field(None, description="why it was refused")
    state: str | None = Field(None, description="of the application, where that is why")


class DeskCommands:
    def __init__(self, store: DeskStore, commands: Commands, *, vault: Vault, now: clock.Clock = clock.now) -> None:
        self._store, self._commands, self._vault, self._now = store, commands, vault, now

    async def add_note(self, application_id: str, text: str, *, caller: Caller) -> Note:
        application = await self.reachable(application_id, caller=caller)
        if await self._store.count_notes(application_id, limit=MOST_NOTES) >= MOST_NOTES:
            raise TooManyNotes
        note = Note(id=new_id("note"), text=text, at=self._now())
        sealed = await self._vault.seal(application.seeker_id, NOTE_SEAL, {"text": text})
        await self._store.add_note(
            note.id, application_id=application_id, sealed=sealed, by=caller.account_id, at=note.at
        )
        return note

    async def delete_note(self, application_id: str, note_id: str, *, caller: Caller) -> None:
        await self.reachable(application_id, caller=caller)
        if not await self._store.delete_note(note_id, application_id=application_id):
            raise NotFound

    async def take_back(self, application_id: str, *, caller: Caller) -> None:
        """The decision is not made after all."""
        await self.reachable(application_id, caller=caller)
        held = (await self._store.held_for([application_id])).get(application_id)
        if held is None:
            raise NotFound
        await self._store.drop(held)

    async def decide_many(
        self,
        vacancy_id: str,
        ids: Sequence[str],
        to: Decision,
        *,
        reason: str | None,
        release_at: datetime | None,
        caller: Caller,
    ) -> list[Outcome]:
        """The same for many, each by itself: one that cannot be decided so leaves the others alone."""
        vacancy = await self.own(vacancy_id, caller=caller)
        if release_at is not None:
            check_release(release_at, vacancy, at=self._now())
        known = await self._store.of_vacancy(vacancy_id, ids)
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(id: str) -> Outcome:
            async with gate:
                try:
                    if id not in known:
                        raise NotFound
                    if release_at is None:
                        await self._commands.decide(id, to, caller=caller, words=Words(reason=reason))
                        return Outcome(id=id, outcome="done")
                    await self._hold(known[id], to, reason=reason, release_at=release_at, caller=caller)
                    return Outcome(id=id, outcome="held")
                except Problem as refused:
                    return Outcome(id=id, outcome="refused", code=refused.code, state=refused.state)

        return list(await asyncio.gather(*(one(id) for id in ids)))

    async def _hold(
        self, application: Application, to: Decision, *, reason: str | None, release_at: datetime, caller: Caller
    ) -> None:
        if to not in open_to(application.state, "employer"):
            raise WrongState(state=application.state)
        held = Held(
            application_id=application.id,
            vacancy_id=application.vacancy.id,
            to=to,
            reason=reason,
            release_at=release_at,
            by=caller.account_id,
            at=self._now(),
            submitted_at=application.submitted_at,
        )
        await self._store.hold(held)

    async def release_due(self) -> None:
        """Make the decisions whose hour has come. Twice is once: a decision that stands changes nothing again."""
        while due := await self._store.due(self._now(), limit=BATCH):
            gate = asyncio.Semaphore(SIDE_BY_SIDE)

            async def release(held: Held, gate: asyncio.Semaphore = gate) -> bool:
                async with gate:
                    return await self._release(held)

            if not all(await asyncio.gather(*(release(held) for held in due))):
                return  # somebody was at it: the next round sees how it stands then

    async def _release(self, held: Held) -> bool:
        """False where another writer was first."""
        application = await self._store.applications.load(held.application_id)
        if application is not None and held.stands(application):
            caller = Caller(account_id=held.by, role="employer")
            try:
                await self._commands.decide(
                    application.id,
                    held.to,
                    caller=caller,
                    words=Words(reason=held.reason),
                    if_match=f'"{application.version}"',
                )
            except StaleVersion:
                return False
            except Problem as refused:  # decided otherwise meanwhile, or no longer the employer's
                log.get().info("held_decision_dropped", error=refused)
        await self._store.drop(held)
        return True

    async def own(self, vacancy_id: str, *, caller: Caller) -> KnownVacancy:
        """The vacancy, if it is the employer's."""
        found = await self._store.applications.vacancy(vacancy_id, owner_id=caller.account_id)
        if found is None:
            raise NotFound
        return found

    async def reachable(self, application_id: str, *, caller: Caller) -> Application:
        found = await self._store.applications.load(application_id)
        if found is None:
            raise NotFound
        await self.own(found.vacancy.id, caller=caller)
        return found
