"""Applying: one read and one write."""

from datetime import datetime

from services.application import domain
from services.application.commands.saving import Saving
from services.application.domain import Application, Letter, Vacancy
from services.application.problems import AnswersWrong, DailyLimit, VacancyNotKnownYet, VacancyNotOpen
from services.application.store import NOTE_SEAL
from shared import clock
from shared.callers import acting
from shared.errors import OnlyInPerson
from shared.events import new_id

DAILY = 20
NOTHING_MORE = Letter()


class Submitting(Saving):
    async def prepare(self) -> None:
        await self._numbers.prepare(clock.today(self._now()).year)

    async def submit(
        self, *, seeker_id: str, vacancy_id: str, note: str | None, more: Letter = NOTHING_MORE
    ) -> tuple[Application, bool]:
        """The seeker's application for the vacancy, and whether it was made by this call. Whoever has one already
        gets that one, whatever has changed since: the answer to the first call may have been lost."""
        at = self._now()
        if more.attachments and acting.get():
            raise OnlyInPerson  # a helper sees no document, and shows none
        try:
            vacancy = domain.accept(await self._store.vacancy_applied_for(vacancy_id), at=at)
            answers = domain.check_answers(vacancy.questions, more.answers)
            letter = more.model_copy(update={"note": note, "answers": answers})
            return await self._submit(vacancy, seeker_id=seeker_id, letter=letter, at=at)
        except (VacancyNotKnownYet, VacancyNotOpen, DailyLimit, AnswersWrong):
            known = await self._store.of_seeker_for(vacancy_id, seeker_id=seeker_id)
            if known is None or known.state == "withdrawn":
                raise
            return known, False

    async def _submit(
        self, vacancy: Vacancy, *, seeker_id: str, letter: Letter, at: datetime
    ) -> tuple[Application, bool]:
        """Each round that finds the day's slot taken has seen another application stored: at most `DAILY` rounds
        after the first, which goes by what this process remembers and costs no look into the store."""
        today = clock.today(at)
        used = self._slots.used(seeker_id, today)
        said = letter.contents
        sealed = await self._vault.seal(seeker_id, NOTE_SEAL, said) if said else None
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
