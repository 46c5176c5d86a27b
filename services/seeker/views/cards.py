"""What people see of jobseeker cards: their owner, officers, and whoever holds the printed one in hand."""

from collections.abc import Sequence
from datetime import date

from services.seeker.card_paper import CardPapers
from services.seeker.domain import cards as domain
from services.seeker.domain.cards import (
    PENDING,
    RENEWABLE_DAYS,
    VALID,
    Card,
    report_day,
    report_until,
)
from services.seeker.nik import read_nik
from services.seeker.problems import PaperUnknown
from services.seeker.store.cards import CardStore
from services.seeker.views.card_models import (
    CardView,
    OfficerCardView,
    OfficerWarning,
    PaperStatus,
    QueuedCard,
    ReadableState,
)
from shared import clock
from shared.callers import Caller
from shared.cursors import decode_cursor, encode_cursor
from shared.errors import NotFound, WrongState
from shared.pages import Page
from shared.papers.paper import Paper
from shared.papers.signing import NotOurs, PaperVerifier
from shared.readings import Read, Way


class CardViews:
    def __init__(
        self, store: CardStore, papers: CardPapers, verifier: PaperVerifier, *, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._papers, self._verifier, self._now = store, papers, verifier, now

    async def mine(self, seeker_id: str) -> Page[CardView]:
        """All of a person's, newest first."""
        return Page(items=[self.show(card) for card in await self._store.of_seeker(seeker_id)], next=None)

    async def my_photo(self, seeker_id: str) -> bytes:
        """Of the card that is under way, else of the newest one."""
        known = await self._store.of_seeker(seeker_id)
        card = next((card for card in known if card.photo_id), None)
        if card is None:
            raise NotFound
        return await self._store.photo(card)

    async def my_paper(self, seeker_id: str) -> Paper:
        """Of the newest card that was issued."""
        known = await self._store.of_seeker(seeker_id)
        card = next((card for card in known if card.number), None)
        if card is None:
            raise NotFound
        return await self._paper(card)

    async def paper(self, id: str, *, caller: Caller) -> Paper:
        card = await self._store.load(id)
        await self._note([card], caller, "downloaded")
        return await self._paper(card)

    async def _paper(self, card: Card) -> Paper:
        """An ended card is not printed again."""
        card = self._live(card)
        if card.state not in VALID and card.state != "employed":
            raise WrongState(state=card.state)
        return self._papers.paper(card, await self._store.photo(card))

    async def queue(self, *, caller: Caller, limit: int, cursor: str | None) -> Page[QueuedCard]:
        """Oldest first."""
        after = str(decode_cursor(cursor, length=1)[0]) if cursor else ""
        found = await self._store.queued(after=after, limit=limit + 1)
        shown = found[:limit]
        await self._note([card for _, card in shown], caller, "listed")
        return Page(
            items=[_queued(card) for _, card in shown],
            next=encode_cursor(shown[-1][0]) if len(found) > limit else None,
        )

    async def one(self, id: str, *, caller: Caller) -> OfficerCardView:
        return await self.show_officer(await self._store.load(id), caller=caller)

    async def numbered(self, number: str, *, caller: Caller) -> OfficerCardView:
        return await self.show_officer(await self._store.numbered(number), caller=caller)

    async def photo(self, id: str, *, caller: Caller) -> bytes:
        card = await self._store.load(id)
        await self._note([card], caller, "opened")
        return await self._store.photo(card)

    async def _note(self, seen: Sequence[Card], caller: Caller, way: Way) -> None:
        reads = [Read(card.seeker_id, card.id, {"number": card.number} if card.number else {}) for card in seen]
        await self._store.readings.note(reads, caller=caller, way=way)

    async def status(self, code: str) -> PaperStatus:
        """By the code of the printed card only: whoever knows just a number learns nothing."""
        try:
            facts = self._verifier.verify(code)
            card = self._live(await self._store.numbered(facts.number))
        except (NotOurs, NotFound):
            raise PaperUnknown from None
        state: ReadableState = "valid" if card.state in VALID else card.state  # type: ignore[assignment]
        named = {name: getattr(facts, name) for name in ("type", "number", "initials", "issued", "valid_until")}
        return PaperStatus(**named, state=state)

    def show(self, card: Card) -> CardView:
        return CardView(**self._shown(card))

    async def show_officer(self, card: Card, *, caller: Caller) -> OfficerCardView:
        """Noted for the person before it is shown."""
        await self._note([card], caller, "opened")
        return self._for_officer(card)

    def _for_officer(self, card: Card) -> OfficerCardView:
        holder = card.holder
        nik = read_nik(holder.nik, today=self._today, test_numbers=True) if holder else None
        return OfficerCardView(
            **self._shown(card),
            seeker_id=card.seeker_id,
            name=holder and holder.name,
            nik=holder and holder.nik,
            nik_birth_date=nik and nik.birth_date,
            nik_sex=nik and nik.sex,
            education=holder and holder.education,
            graduation_year=holder and holder.graduation_year,
            skills=holder.skills if holder else (),
            warnings=self._warnings(card),
            revoke_reason=card.revoke_reason,
            issued_by=card.issued_by,
        )

    def _warnings(self, card: Card) -> tuple[OfficerWarning, ...]:
        if card.holder is None or card.details is None:
            return ()
        nik, details = read_nik(card.holder.nik, today=self._today, test_numbers=True), card.details
        found: list[OfficerWarning] = [*nik.warnings, *domain.age_warnings(details.birth_date, self._today)]
        if card.holder.nik_needs_check:
            found.append("nik_needs_check")
        if nik.birth_date != details.birth_date:
            found.append("birth_date_differs")
        if nik.sex != details.sex:
            found.append("sex_differs")
        return tuple(found)

    def _shown(self, card: Card) -> dict[str, object]:
        card = self._live(card)
        due = report_day(card) if card.state in VALID else None
        same = set(CardView.model_fields) & set(Card.model_fields) - {"details"}
        return {
            **card.model_dump(include=same),
            "details": card.details,
            "has_photo": card.photo_id is not None,
            "report_on": due,
            "report_until": due and report_until(due),
            "renewable": card.state not in PENDING
            and domain.may_begin(card, today=self._today, renewable_days=RENEWABLE_DAYS),
        }

    def _live(self, card: Card) -> Card:
        """As the clock has it, also where the worker has not come by yet."""
        return domain.tick(card, at=self._now(), token=lambda _: "")[0]

    @property
    def _today(self) -> date:
        return clock.today(self._now())


def _queued(card: Card) -> QueuedCard:
    assert card.holder
    assert card.details
    assert card.submitted_at
    return QueuedCard(
        id=card.id,
        name=card.holder.name,
        kelurahan_code=card.details.kelurahan_code,
        submitted_at=card.submitted_at,
    )
