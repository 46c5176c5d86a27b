"""Many vacancies of one employer at once: drafts, or sent in straight away. The same request again makes nothing
new and ends what was left undone."""

from collections.abc import Mapping
from hashlib import sha256

from services.vacancy.commands.flagging import Flagging
from services.vacancy.commands.vacancies import acting_for
from services.vacancy.domain import review
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.refusals import Incomplete, OwesAnswers
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Actor, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now, today

WRITTEN_TOGETHER = 50


class BulkCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock, self._flagging = store, clock, Flagging(store)

    async def make(
        self, rows: Mapping[int, Terms], *, by: Actor, employer_id: str | None, key: str, submit: bool
    ) -> dict[int, Vacancy]:
        """The vacancy of each row. With `submit` the complete ones are sent in, the others stay drafts; an employer
        that owes answers sends none, and then nothing is stored. `key` names this upload for ever."""
        card, at = await acting_for(self._store, by, employer_id), self._clock()
        if submit and await self._store.applications.any_owed(card.id, at=at):
            raise OwesAnswers
        ids = {f"vac_{sha256(f'{by.id}:{key}:{row}'.encode()).hexdigest()[:32]}": row for row in rows}
        known = await self._store.vacancies.known(ids)
        fresh = {id: rows[row] for id, row in ids.items() if id not in known}
        numbers = iter(await self._store.numbers.take_many(today(at).year, len(fresh)) if fresh else ())
        drafts = [
            review.draft(terms, id=id, number=next(numbers), employer=card, by=by, at=at)
            for id, terms in fresh.items()
        ]
        made = await self._sent(drafts, by) if submit else drafts
        for start in range(0, len(made), WRITTEN_TOGETHER):
            await self._store.vacancies.insert_new(made[start : start + WRITTEN_TOGETHER], at=at)
        stored = await self._store.vacancies.all_of(ids)
        return {row: stored[id] for id, row in ids.items() if id in stored}

    async def _sent(self, drafts: list[Decided], by: Actor) -> list[Decided]:
        """Those that are complete, submitted; the others as they are."""
        at, made = self._clock(), []
        flags = await self._flagging.look_many([draft for draft, _ in drafts], at=at)
        for (draft, born), found in zip(drafts, flags, strict=True):
            try:
                sent, told = review.submit(draft, by=by, at=at, flags=found)
            except Incomplete:
                made.append((draft, born))
            else:
                made.append((sent, [*born, *told]))
        return made
