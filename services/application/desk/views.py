"""What an employer reads at the desk."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.application.desk.commands import MOST_NOTES, DeskCommands
from services.application.desk.model import Decision, Held, Note
from services.application.desk.store import NOTE_SEAL, DeskStore
from shared.callers import Caller
from shared.sealed import Erased, Vault

MOST_HELD = 500
_FROZEN = ConfigDict(frozen=True)


class HeldView(BaseModel):
    """A decision that waits for its hour; the applicant knows nothing of it."""

    model_config = ConfigDict(frozen=True, title="HeldDecision")
    application_id: str
    to: Decision
    reason: str | None = Field(description="what the applicant will read")
    release_at: datetime


class DeskView(BaseModel):
    """What the employer keeps about one applicant, for itself."""

    model_config = ConfigDict(frozen=True, title="Desk")
    notes: list[Note] = Field(description="the newest first")
    held: HeldView | None


class DeskViews:
    def __init__(self, store: DeskStore, commands: DeskCommands, *, vault: Vault) -> None:
        self._store, self._commands, self._vault = store, commands, vault

    async def one(self, application_id: str, *, caller: Caller) -> DeskView:
        application = await self._commands.reachable(application_id, caller=caller)
        rows = await self._store.notes_of(application_id, limit=MOST_NOTES)
        notes = []
        for row in rows:
            try:
                opened = await self._vault.open(application.seeker_id, NOTE_SEAL, row["sealed"])
            except Erased:
                break  # the person was erased, and everything said about it with it
            notes.append(Note(id=row["_id"], text=opened["text"], at=row["at"]))
        held = (await self._store.held_for([application_id])).get(application_id)
        return DeskView(notes=notes, held=_shown(held) if held and held.stands(application) else None)

    async def held_of(self, vacancy_id: str, *, caller: Caller) -> list[HeldView]:
        """The decisions that wait for applicants of a vacancy."""
        await self._commands.own(vacancy_id, caller=caller)
        held = await self._store.held_of(vacancy_id, limit=MOST_HELD)
        known = await self._store.of_vacancy(vacancy_id, [each.application_id for each in held])
        return [_shown(each) for each in held if each.stands(known.get(each.application_id))]


def _shown(held: Held) -> HeldView:
    return HeldView.model_validate(held.model_dump(include=set(HeldView.model_fields)))
