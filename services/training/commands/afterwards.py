"""What became of it: asked after months where the person agreed, answered with one tap, told at any time."""

import contextlib

from services.training.answering import AnswerTokens
from services.training.commands.deciding import decide
from services.training.domain import ending
from services.training.domain.enrolments import Enrolment
from services.training.problems import TokenUnknown
from services.training.store import Stores
from shared import clock
from shared.contracts.training import Outcome
from shared.errors import StaleVersion

BATCH = 100


class Afterwards:
    def __init__(self, stores: Stores, *, tokens: AnswerTokens, now: clock.Clock = clock.now) -> None:
        self._stores, self._tokens, self._now = stores, tokens, now

    async def ask(self) -> None:
        """The questions that are due."""
        at = self._now()
        while batch := await self._stores.enrolments.to_ask(at, limit=BATCH):
            for enrolment in batch:
                token = self._tokens.make(enrolment.id, ending.months_due(enrolment, at=at))
                after, events = ending.ask(enrolment, at=at, token=token)
                with contextlib.suppress(StaleVersion):  # another worker asked, or the person said no
                    await self._stores.enrolments.save(enrolment, after, events)
            if len(batch) < BATCH:
                return

    async def answer(self, token: str, outcome: Outcome) -> None:
        """The answer to one question, by the link of its message."""
        id, months = self._read(token)
        await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id),
            lambda enrolment: ending.answer(enrolment, outcome, months=months, at=self._now()),
        )

    async def stop(self, token: str) -> None:
        """No more questions, by the same link."""
        id, _ = self._read(token)
        await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id),
            lambda enrolment: ending.stop_asking(enrolment, at=self._now()),
        )

    async def tell(self, id: str, outcome: Outcome, *, seeker_id: str) -> Enrolment:
        """Told by the person without being asked, such as a first sale."""
        return await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id, seeker_id=seeker_id),
            lambda enrolment: ending.answer(enrolment, outcome, months=None, at=self._now()),
        )

    async def withdraw(self, id: str, *, seeker_id: str) -> Enrolment:
        """The consent to be asked, taken back."""
        return await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id, seeker_id=seeker_id),
            lambda enrolment: ending.stop_asking(enrolment, at=self._now()),
        )

    def _read(self, token: str) -> tuple[str, int]:
        found = self._tokens.read(token)
        if found is None:
            raise TokenUnknown
        return found
