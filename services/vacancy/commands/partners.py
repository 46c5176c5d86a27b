"""Vacancies of partners: many at once, published by the system, safe to repeat."""

from collections.abc import Sequence
from datetime import datetime

from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.partner import Imported, ImportOutcome, RefusedItem, bring_in
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now, today
from shared.errors import Problem


class PartnerCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock

    async def import_published(self, items: Sequence[Imported]) -> ImportOutcome:
        """One batch (some hundreds): one look at what is known, one insert. An item that is known already, or
        comes twice, stays as it is."""
        at, fresh = self._clock(), {item.vacancy_id: item for item in items}
        for id in await self._store.vacancies.known(fresh):
            del fresh[id]
        made, refused = await self._decide(list(fresh.values()), at)
        new = await self._store.vacancies.insert_new(made, at=at)
        return ImportOutcome(new=new, known=len(items) - len(refused) - new, refused=tuple(refused))

    async def _decide(self, items: list[Imported], at: datetime) -> tuple[list[Decided], list[RefusedItem]]:
        made: list[Decided] = []
        refused: list[RefusedItem] = []
        numbers = iter(await self._store.numbers.take_many(today(at).year, len(items)))
        for item, number in zip(items, numbers, strict=True):
            try:
                made.append(bring_in(item, number=number, at=at))
            except Problem as problem:
                refused.append(RefusedItem(source=item.source, source_id=item.source_id, code=problem.code))
        return made, refused
