"""Commands on a vacancy until it is public: written, sent in, decided by an officer."""

from hashlib import sha256
from typing import Any

from services.vacancy.commands.applying import Applying
from services.vacancy.commands.flagging import Flagging
from services.vacancy.domain import live, review
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.refusals import WHICH_EMPLOYER, EmployerNeeded, Flawed
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.vacancy import LIVE, Actor, Card, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now, today
from shared.errors import NotFound
from shared.events import new_id
from shared.mongo import DuplicateKey


class VacancyCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock
        self._applying, self._flagging = Applying(store, clock=clock), Flagging(store)

    async def draft(
        self, terms: Terms, *, by: Actor, employer_id: str | None = None, key: str | None = None
    ) -> Vacancy:
        """A new draft of the employer that `by` acts for; an officer says for which. The same `key` again, from the
        same account, finds the draft that it made: a form sent twice is one vacancy."""
        employer, at = await acting_for(self._store, by, employer_id), self._clock()
        number = await self._store.numbers.take(today(at).year)
        id = new_id("vac") if key is None else f"vac_{sha256(f'{by.id}:{key}'.encode()).hexdigest()[:32]}"
        made, events = review.draft(terms, id=id, number=number, employer=employer, by=by, at=at)
        try:
            return await self._store.vacancies.create(made, events)
        except DuplicateKey:
            self._store.numbers.give_back(number)
            return await self._store.vacancies.load(id, owner_id=employer.owner_id)

    async def change(self, key: str, changes: dict[str, Any], *, by: Actor, expected: int | None) -> Vacancy:
        """A draft becomes what it should be; of one that is live the text waits for an officer."""

        async def decide(vacancy: Vacancy) -> Decided:
            at = self._clock()
            if by.kind != "employer" or vacancy.state_at(at) not in LIVE:
                return review.change(vacancy, changes, by=by, at=at)
            terms = live.wanted(vacancy, changes)
            flags = await self._flagging.look(vacancy.model_copy(update={"terms": terms}), at=at)
            return live.edit(vacancy, terms, by=by, at=at, flags=flags)

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def check(self, terms: Terms) -> list[Finding]:
        """What the rules find in it; nothing is stored."""
        return await self._flagging.check(terms, at=self._clock())

    async def submit(self, key: str, *, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            card, at = await self._applying.card(vacancy), self._clock()
            flags = await self._flagging.look(vacancy, at=at)
            owes = await self._store.applications.any_owed(vacancy.employer.id, at=at)
            return review.submit(vacancy, by=by, at=at, employer=card, flags=flags, owes_answers=owes)

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def take_back(self, key: str, *, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return review.take_back(vacancy, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def publish(
        self, key: str, *, by: Actor, expected: int | None = None, justification: str | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            card = await self._applying.card(vacancy)
            return review.publish(vacancy, by=by, at=self._clock(), employer=card, justification=justification)

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def send_back(
        self, key: str, *, reason: str, by: Actor, expected: int | None = None, code: str | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return review.send_back(vacancy, reason=reason, code=code, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def refuse(
        self, key: str, *, reason: str, by: Actor, expected: int | None = None, code: str | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return review.refuse(vacancy, reason=reason, code=code, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)


async def acting_for(store: VacancyStore, by: Actor, employer_id: str | None) -> Card:
    """The employer for which `by` writes: its own, or the one that an officer names."""
    if by.kind == "officer":
        if employer_id is None:
            raise Flawed([WHICH_EMPLOYER])
        return (await store.employers.load(employer_id)).card
    try:
        card = (await store.employers.of_owner(by.id or "")).card
    except NotFound:
        raise EmployerNeeded from None
    if employer_id not in (None, card.id):
        raise NotFound
    return card
