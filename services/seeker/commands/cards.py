"""The only writer of jobseeker cards: what the person asks for, what an officer decides, what a placement ends."""

import contextlib
from collections.abc import Callable
from datetime import datetime

from services.seeker.domain import cards as domain
from services.seeker.domain.cards import FINAL, PENDING, RENEWABLE_DAYS, VALID, Card, Details, Holder
from services.seeker.photos import Photographer
from services.seeker.problems import CardStillValid, ReportLinkUnknown
from services.seeker.reporting import ReportTokens
from services.seeker.store import SeekerStore
from services.seeker.store.cards import CardStore
from shared import clock
from shared.contracts.card import ReturnReason, RevokeReason
from shared.errors import NotFound, StaleVersion, Unavailable, WrongState
from shared.events import Event

TRIES = 5  # of two writers at once one is second, and reads again
Decide = Callable[[Card], tuple[Card, list[Event]]]


class CardCommands:
    """`profiles` says what a card takes from the person's profile."""

    def __init__(
        self, store: CardStore, profiles: SeekerStore, *, tokens: ReportTokens, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._profiles, self._tokens, self._now = store, profiles, tokens, now
        self._photographer = Photographer()

    async def write(self, seeker_id: str, details: Details) -> Card:
        """What the person says for the card; begins one where none is under way."""
        return await self._rewrite(seeker_id, lambda card: domain.rewrite(card, details=details))

    async def add_photo(self, seeker_id: str, raw: bytes) -> Card:
        photo = await self._photographer.portrait(raw)
        card = await self._rewrite(seeker_id, domain.rewrite)
        photo_id = await self._store.add_photo(card, photo)
        return await self._rewrite(seeker_id, lambda card: domain.rewrite(card, photo_id=photo_id))

    async def submit(self, seeker_id: str) -> Card:
        """Ask for the card that is under way. Repeating it changes nothing."""
        for _ in range(TRIES):
            card = await self._pending(seeker_id)
            if card is None:
                raise NotFound
            if card.state == "submitted":
                return card
            profile = await self._profiles.load(seeker_id)
            holder = Holder.of(profile) if profile and profile.personal.nik else None
            after, events = domain.submit(card, holder, at=self._now())
            if await self._save(card, after, events):
                return after
        raise Unavailable

    async def report(self, seeker_id: str, *, working: bool) -> Card:
        """The answer to the six-monthly question, or that there is work meanwhile."""
        valid = [card for card in await self._store.of_seeker(seeker_id) if card.state in VALID]
        if not valid:
            raise NotFound
        return await self._answer(valid[0].id, working=working)

    async def report_by_token(self, token: str, *, working: bool) -> Card:
        """The same with the link of a message. Whoever taps twice has answered once."""
        id = self._tokens.card_id(token)
        if id is None:
            raise ReportLinkUnknown
        card = await self._store.load(id)
        if self._tokens.for_card(card) == token and card.state in VALID:
            return await self._answer(id, working=working)
        if card.state == "employed" or (card.state in VALID and not working):
            return card
        raise ReportLinkUnknown

    async def report_by_word(self, seeker_id: str, *, id4: str | None, working: bool) -> None:
        """An answer by SMS; `id4` says which card, where it was written. What was answered already, or is not asked
        any more, changes nothing."""
        for card in await self._store.of_seeker(seeker_id):
            if card.state in VALID and id4 in (None, domain.id4_of(card)):
                with contextlib.suppress(WrongState):
                    await self._answer(card.id, working=working)
                return

    async def _answer(self, id: str, *, working: bool) -> Card:
        if working:
            return await self._decide(id, lambda card: domain.employ(card, by="seeker", at=self._now()))
        return await self._decide(id, lambda card: domain.report(card, at=self._now()))

    async def give_back(self, id: str, *, reason: ReturnReason, note: str | None) -> Card:
        return await self._decide(id, lambda card: domain.give_back(card, reason=reason, note=note))

    async def issue(self, id: str, *, officer: str) -> Card:
        """A number that is taken and not used, because another officer was first, stays unused."""
        at = self._now()
        year = clock.today(at).year
        domain.allowed("issue", (await self._store.load(id)).state, by="officer")
        taken = (await self._store.numbers.take_many(year, 1))[0]
        number = domain.card_number(year, int(taken.rpartition("-")[2]))
        return await self._decide(id, lambda card: domain.issue(card, number=number, officer=officer, at=at))

    async def employ(self, id: str) -> Card:
        """An officer knows that the person has work."""
        return await self._decide(id, lambda card: domain.employ(card, by="officer", at=self._now()))

    async def revoke(self, id: str, *, reason: RevokeReason) -> Card:
        return await self._decide(id, lambda card: domain.revoke(card, reason=reason, at=self._now()))

    async def placed(self, seeker_id: str) -> None:
        """The person got a job: what is good until now is not needed any more. Repeating it changes nothing."""
        for card in await self._store.of_seeker(seeker_id):
            if card.state in VALID:
                try:
                    await self._decide(card.id, lambda card: domain.employ(card, by="placement", at=self._now()))
                except WrongState:
                    continue  # it ended meanwhile by itself

    async def _decide(self, id: str, decide: Decide) -> Card:
        """On the card as the clock has it: what is due is done first, whether the worker came by or not."""
        for _ in range(TRIES):
            stored = await self._store.load(id)
            card, due = domain.tick(stored, at=self._now(), token=self._tokens.for_card)
            if card.state in FINAL and stored.state not in FINAL:
                await self._save(stored, card, due)
                raise WrongState(state=card.state)
            after, events = decide(card)
            if await self._save(stored, after, events):
                return after
        raise Unavailable

    async def _rewrite(self, seeker_id: str, change: Callable[[Card], Card]) -> Card:
        for _ in range(TRIES):
            # Counted before we look: of two who begin at once both have the same id, and one finds it taken.
            number = await self._store.count(seeker_id) + 1
            card = await self._pending(seeker_id)
            if card is None:
                begun = change(await self._begin(seeker_id, number))
                if await self._store.create(begun):
                    return begun
                continue
            after = change(card)
            if after == card:
                return card
            try:
                await self._store.rewrite(after)
            except StaleVersion:
                continue
            return after
        raise Unavailable

    async def _begin(self, seeker_id: str, number: int) -> Card:
        """A new card; raises `CardStillValid` for who has one."""
        at, known = self._now(), await self._store.of_seeker(seeker_id, limit=5)
        latest = next((card for card in known if card.state in VALID), None)
        latest = latest and domain.tick(latest, at=at, token=self._tokens.for_card)[0]
        if not domain.may_begin(latest, today=clock.today(at), renewable_days=RENEWABLE_DAYS):
            raise CardStillValid
        before = next((card for card in known if card.details), None)
        details = before.details if before else None
        id = domain.card_id(seeker_id, number)
        return Card(id=id, seeker_id=seeker_id, created_at=at, details=details)

    async def _pending(self, seeker_id: str) -> Card | None:
        known = await self._store.of_seeker(seeker_id)
        return next((card for card in known if card.state in PENDING), None)

    async def _save(self, before: Card, after: Card, events: list[Event]) -> bool:
        """False where somebody else was first."""
        try:
            await self._store.save(before, after, events)
        except StaleVersion:
            return False
        return True


class CardClock:
    """Does what is due on cards by itself."""

    def __init__(self, store: CardStore, *, tokens: ReportTokens, now: clock.Clock = clock.now) -> None:
        self._store, self._tokens, self._now = store, tokens, now

    async def run(self, at: datetime | None = None, *, batch: int = 100) -> int:
        """One round over everything that is due by `at`; returns how many cards changed. Several workers may do it at
        once: of two saves one finds that the other was first."""
        until, changed = at or self._now(), 0
        while due := await self._store.due(until, limit=batch):
            done = [await self._tick(card, until) for card in due]
            changed += sum(done)
            if not any(done):
                break
        return changed

    async def _tick(self, card: Card, at: datetime) -> bool:
        after, events = domain.tick(card, at=at, token=self._tokens.for_card)
        if not events:
            return False
        try:
            await self._store.save(card, after, events, private=False)
        except StaleVersion:
            return False
        return True
