"""What a province's records do here. Each may come twice, late, or in another order: the revision decides."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from services.vacancy.commands.applying import TRIES, Applying
from services.vacancy.commands.flagging import Flagging
from services.vacancy.domain import province as decisions
from services.vacancy.domain import revision
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.province import AT_ONCE, Offer, Tombstone, vacancy_id
from services.vacancy.domain.refusals import Duplicate, Flaw, OriginEnded
from services.vacancy.domain.terms import Terms, settled
from services.vacancy.domain.vacancy import Actor, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now, today
from shared.errors import NotFound, Problem, StaleVersion
from shared.mongo import DuplicateKey

ALREADY_KNOWN, ALREADY_ENDED = "already_known", "already_ended"
_SAME = Flaw("/title", Duplicate.indonesian, Duplicate.english)


class Taken(NamedTuple):
    """What became of a record: our copy, and why nothing changed where nothing did."""

    vacancy: Vacancy | None
    code: str | None = None


class ProvinceCommands:
    def __init__(self, store: VacancyStore, *, clock: Clock = now) -> None:
        self._store, self._clock = store, clock
        self._flagging, self._applying = Flagging(store), Applying(store, clock=clock)

    async def offered(self, offer: Offer, *, city_number: str | None = None) -> Taken:
        """Into the queue, or a later text of what is known; raises a `Problem` where it cannot stand here."""
        id = vacancy_id(offer.province, offer.origin_id)
        return await self._again(lambda: self._offered(id, offer, city_number))

    async def ended(self, tombstone: Tombstone) -> Taken:
        """Remembered first, so that it also ends what comes later, then applied to what is there."""
        id = vacancy_id(tombstone.province, tombstone.origin_id)
        await self._store.endings.note(id, tombstone._asdict())
        return await self._again(lambda: self._end(id, tombstone))

    async def adopt(
        self, key: str, *, by: Actor, expected: int | None = None, justification: str | None = None
    ) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return revision.adopt(vacancy, by=by, at=self._clock(), justification=justification)

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def discard(self, key: str, *, reason: str, by: Actor, expected: int | None = None) -> Vacancy:
        async def decide(vacancy: Vacancy) -> Decided:
            return revision.discard(vacancy, reason=reason, by=by, at=self._clock())

        return await self._applying.apply(key, decide, by=by, expected=expected)

    async def _offered(self, id: str, offer: Offer, city_number: str | None) -> Taken:
        known = await self._store.vacancies.find(id)
        if known is not None:
            return await self._revise(known, offer)
        if over := await self._store.endings.of(id):
            if offer.revision > over["revision"]:
                raise OriginEnded
            return Taken(None, ALREADY_ENDED)
        made = await self._take_in(id, offer, city_number)
        if over := await self._store.endings.of(id):  # it came in this very moment
            return await self._end(id, Tombstone(**{name: over[name] for name in Tombstone._fields}))
        return Taken(made)

    async def _take_in(self, id: str, offer: Offer, city_number: str | None) -> Vacancy:
        alike, at = await self._store.vacancies.alike(offer.terms, offer.employer_name, but=id), self._clock()
        wanted = _text(settled(offer.terms))
        if any(_text(each.terms) == wanted for each in alike) or await self._is_ours(city_number):
            raise Duplicate([_SAME])
        flags = await self._flagging.look_at_offer(offer.terms, alike, at=at)
        number = await self._store.numbers.take(today(at).year)
        try:
            made, events = decisions.take_in(offer, number=number, at=at, flags=flags)
            return await self._store.vacancies.create(made, events)
        except DuplicateKey:  # somebody else has just taken it in
            self._store.numbers.give_back(number)
            raise StaleVersion from None
        except Problem:
            self._store.numbers.give_back(number)
            raise

    async def _revise(self, known: Vacancy, offer: Offer) -> Taken:
        if known.origin is not None and known.origin.revision >= offer.revision:
            return Taken(known, ALREADY_KNOWN)
        at = self._clock()
        alike = await self._store.vacancies.alike(offer.terms, offer.employer_name, but=known.id)
        flags = await self._flagging.look_at_offer(offer.terms, alike, at=at)
        made, events = decisions.revise(known, offer, at=at, flags=flags)
        return Taken(await self._store.vacancies.save(known, made, events, at=at))

    async def _end(self, id: str, tombstone: Tombstone) -> Taken:
        known = await self._store.vacancies.find(id)
        if known is None:
            return Taken(None)
        made, events = decisions.end(known, tombstone, at=self._clock())
        if not events:
            return Taken(known, ALREADY_ENDED)
        return Taken(await self._store.vacancies.save(known, made, events, at=self._clock()))

    async def _is_ours(self, number: str | None) -> bool:
        if number is None:
            return False
        try:
            return (await self._store.vacancies.load(number)).source == "city"
        except NotFound:
            return False

    async def _again(self, step: Callable[[], Awaitable[Taken]]) -> Taken:
        for _ in range(TRIES - 1):
            try:
                return await step()
            except StaleVersion:
                continue  # somebody was first: it is looked at again as it stands now
        return await step()


def _text(terms: Terms) -> dict[str, Any]:
    """What makes two vacancies the same: all but dates, numbers and an address."""
    same = terms.model_dump(exclude={*AT_ONCE, "address"})
    return {**same, "title": terms.title.casefold()}
