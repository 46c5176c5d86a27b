"""A participant's product page, and the questions that people send through us."""

from collections.abc import Awaitable, Callable

from services.training.domain import products
from services.training.domain.products import Product, Words
from services.training.problems import TooManyQuestions
from services.training.store import Stores
from services.training.store.products import QUESTION_SEAL
from shared import clock
from shared.errors import NotFound, StaleVersion
from shared.events import new_id
from shared.sealed import Erased, Vault

TRIES = 5
ASKED_A_DAY = 10


class ProductCommands:
    def __init__(self, stores: Stores, *, vault: Vault, now: clock.Clock = clock.now) -> None:
        self._stores, self._vault, self._now = stores, vault, now

    async def put(self, enrolment_id: str, words: Words, *, seeker_id: str) -> Product:
        """The page of this enrolment, made or changed."""
        enrolment = await self._stores.enrolments.load(enrolment_id, seeker_id=seeker_id)
        if await self._stores.products.of_enrolment(enrolment_id, seeker_id=seeker_id) is None:
            made, events = products.show(enrolment, words, id=new_id("prd"), at=self._now())
            if await self._stores.products.create(made, events):
                return made.model_copy(update={"version": len(events)})
        return await self._decide(
            lambda: self._mine(enrolment_id, seeker_id), lambda known: products.change(known, words, at=self._now())
        )

    async def withdraw(self, enrolment_id: str, *, seeker_id: str) -> Product:
        return await self._decide(
            lambda: self._mine(enrolment_id, seeker_id), lambda known: products.withdraw(known, at=self._now())
        )

    async def hide(self, id: str, *, reason: str) -> Product:
        return await self._decide(
            lambda: self._stores.products.load(id), lambda known: products.hide(known, reason=reason, at=self._now())
        )

    async def ask(self, id: str, *, asker_id: str, text: str, reply_to: str) -> None:
        """A question to the seller, who alone can read it; a second one on the same day changes nothing."""
        at = self._now()
        day = clock.today(at).isoformat()
        if await self._stores.products.asked_today(asker_id, day, limit=ASKED_A_DAY) >= ASKED_A_DAY:
            raise TooManyQuestions(retry_after=int((clock.end_of(clock.today(at)) - at).total_seconds()) + 1)
        product = await self._stores.products.load(id)
        try:
            sealed = await self._vault.seal(product.seeker_id, QUESTION_SEAL, {"text": text, "reply_to": reply_to})
        except Erased:
            raise NotFound from None
        question, events = products.ask(product, asker_id=asker_id, sealed=sealed, id=new_id("qst"), at=at)
        await self._stores.products.ask(question, events, day=day)

    async def _mine(self, enrolment_id: str, seeker_id: str) -> Product:
        found = await self._stores.products.of_enrolment(enrolment_id, seeker_id=seeker_id)
        if found is None:
            raise NotFound
        return found

    async def _decide(
        self, load: Callable[[], Awaitable[Product]], decision: Callable[[Product], products.Decided]
    ) -> Product:
        for _ in range(TRIES):
            before = await load()
            after, events = decision(before)
            if not events:
                return before
            try:
                return await self._stores.products.save(before, after, events)
            except StaleVersion:
                continue
        raise StaleVersion
