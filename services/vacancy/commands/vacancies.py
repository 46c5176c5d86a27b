"""Commands on one vacancy. `expected` is the version that the asker saw last: with it a change by somebody else is
refused (412); without it the decision is taken again on what stands now."""

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from services.vacancy.domain import lifecycle
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.refusals import WHICH_EMPLOYER, EmployerNeeded, Flawed
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import Actor, Card, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now, today
from shared.errors import NotFound, StaleVersion
from shared.events import new_id
from shared.mongo import DuplicateKey

TRIES = 4
EXPIRE_BATCH = 100
SYSTEM = Actor(kind="system")

Decide = Callable[[Vacancy], Awaitable[Decided]]


class VacancyCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock

    async def draft(
        self, terms: Terms, *, by: Actor, employer_id: str | None = None, key: str | None = None
    ) -> Vacancy:
        """A new draft of the employer that `by` acts for; an officer says for which. The same `key` again, from the
        same account, finds the draft that it made: a form sent twice is one vacancy."""
        employer, at = await self._employer(by, employer_id), self._clock()
        number = await self._store.numbers.take(today(at).year)
        id = new_id("vac") if key is None else f"vac_{sha256(f'{by.id}:{key}'.encode()).hexdigest()[:32]}"
        made, events = lifecycle.draft(terms, id=id, number=number, employer=employer, by=by, at=at)
        try:
            return await self._store.vacancies.create(made, events)
        except DuplicateKey:
            self._store.numbers.give_back(number)
            return await self._store.vacancies.load(id, owner_id=employer.owner_id)

    async def change(self, key: str, changes: dict[str, Any], *, by: Actor, expected: int | None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return lifecycle.change(vacancy, changes, by=by, at=self._clock())

        return await self._apply(key, decide, by=by, expected=expected)

    async def submit(self, key: str, *, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return lifecycle.submit(vacancy, by=by, at=self._clock(), employer=await self._card(vacancy))

        return await self._apply(key, decide, by=by, expected=expected)

    async def publish(self, key: str, *, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return lifecycle.publish(vacancy, by=by, at=self._clock(), employer=await self._card(vacancy))

        return await self._apply(key, decide, by=by, expected=expected)

    async def send_back(self, key: str, *, reason: str, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return lifecycle.send_back(vacancy, reason=reason, by=by, at=self._clock())

        return await self._apply(key, decide, by=by, expected=expected)

    async def close(self, key: str, *, reason: str | None, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return lifecycle.close(vacancy, reason=reason, by=by, at=self._clock())

        return await self._apply(key, decide, by=by, expected=expected)

    async def expire_due(self) -> int:
        """Write down what has expired, batch by batch; returns how many. Several workers may do it at once: each
        vacancy expires for one of them."""
        total = 0
        while True:
            due = await self._store.vacancies.due(self._clock(), limit=EXPIRE_BATCH)
            done = sum(await asyncio.gather(*map(self._expire, due)))
            total += done
            if done < EXPIRE_BATCH:
                return total

    async def _expire(self, vacancy: Vacancy) -> bool:
        at = self._clock()
        after, events = lifecycle.expire(vacancy, by=SYSTEM, at=at)
        if not events:
            return False
        try:
            await self._store.vacancies.save(vacancy, after, events, at=at)
        except StaleVersion:
            return False  # somebody closed it, or another worker was first
        return True

    async def _apply(self, key: str, decide: Decide, *, by: Actor, expected: int | None) -> Vacancy:
        for _ in range(TRIES):
            before = await self._store.vacancies.load(key, owner_id=by.id if by.kind == "employer" else None)
            if expected is not None and before.version != expected:
                raise StaleVersion
            after, events = await decide(before)
            if not events:
                return before
            try:
                return await self._store.vacancies.save(before, after, events, at=self._clock())
            except StaleVersion:
                if expected is not None:
                    raise
        raise StaleVersion

    async def _card(self, vacancy: Vacancy) -> Card | None:
        """The employer as it is now; a partner's has no document."""
        return None if vacancy.origin else (await self._store.employers.load(vacancy.employer.id)).card

    async def _employer(self, by: Actor, employer_id: str | None) -> Card:
        if by.kind == "officer":
            if employer_id is None:
                raise Flawed([WHICH_EMPLOYER])
            return (await self._store.employers.load(employer_id)).card
        try:
            card = (await self._store.employers.of_owner(by.id or "")).card
        except NotFound:
            raise EmployerNeeded from None
        if employer_id not in (None, card.id):
            raise NotFound
        return card
