"""Commands that carry something: an invitation, an offer, a wish for another time. Where it is and whom one meets is
sealed under the seeker's key before it is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from services.application.commands import Commands
from services.application.domain import Application, Words
from services.application.domain.agreeing import invite, offer
from services.application.store import INTERVIEW_SEAL, WISH_SEAL, ApplicationStore
from shared import clock
from shared.callers import Caller
from shared.contracts.vacancy import Wage
from shared.errors import NotFound
from shared.sealed import Vault


@dataclass(frozen=True, kw_only=True)
class Invitation:
    starts_at: datetime
    remote: bool
    place: str | None
    contact: str
    reply_by: datetime | None


@dataclass(frozen=True, kw_only=True)
class JobOffer:
    wage: Wage
    hours: str
    start_date: date
    reply_by: datetime | None


class MeetingCommands:
    def __init__(
        self, store: ApplicationStore, commands: Commands, *, vault: Vault, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._commands, self._vault, self._now = store, commands, vault, now

    async def invite(self, id: str, given: Invitation, *, caller: Caller, if_match: str | None) -> Application:
        interview = invite(starts_at=given.starts_at, remote=given.remote, reply_by=given.reply_by, at=self._now())
        said = {"place": given.place, "contact": given.contact}
        sealed = await self._vault.seal(await self._seeker_of(id), INTERVIEW_SEAL, said)
        words = Words(interview=interview.model_copy(update={"sealed": sealed}))
        return await self._commands.decide(id, "offer_interview", caller=caller, words=words, if_match=if_match)

    async def offer(self, id: str, given: JobOffer, *, caller: Caller, if_match: str | None) -> Application:
        made = offer(
            wage=given.wage, hours=given.hours, start_date=given.start_date, reply_by=given.reply_by, at=self._now()
        )
        return await self._commands.decide(id, "offer_job", caller=caller, words=Words(offer=made), if_match=if_match)

    async def reschedule(self, id: str, wish: str | None, *, caller: Caller, if_match: str | None) -> Application:
        sealed = await self._vault.seal(caller.account_id, WISH_SEAL, {"wish": wish}) if wish else None
        words = Words(wish_sealed=sealed)
        return await self._commands.decide(id, "reschedule", caller=caller, words=words, if_match=if_match)

    async def _seeker_of(self, id: str) -> str:
        """Whose key seals it; whether the caller may do this is decided with the command itself."""
        found = await self._store.load(id)
        if found is None:
            raise NotFound
        return found.seeker_id
