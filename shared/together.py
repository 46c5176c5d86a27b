"""Questions to the store that come while one is under way go into the next, as one: a trip costs the process more
than what it carries."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

MOST = 50  # in one trip

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


class Together(Generic[Asked, Answered]):
    """`trip` answers many at once, in their order. Who comes alone goes at once and waits for nobody; whatever a trip
    raises meets everybody who was on it or behind it: the store was asked and did not answer."""

    def __init__(self, trip: Callable[[Sequence[Asked]], Awaitable[Sequence[Answered]]]) -> None:
        self._trip = trip
        self._waiting = deque[tuple[Asked, asyncio.Future[Answered]]]()
        self._going: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answered:
        """The answer to this one. Who stops waiting does not stop the trip."""
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._going is None:
            self._going = asyncio.create_task(self._go(), name="together")
        return await answer

    async def _go(self) -> None:
        try:
            while self._waiting:
                on_it = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._answer(on_it)
        finally:
            self._going = None

    async def _answer(self, on_it: list[tuple[Asked, "asyncio.Future[Answered]"]]) -> None:
        try:
            answers = await self._trip([asked for asked, _ in on_it])
        except Exception as error:
            on_it += self._waiting
            self._waiting.clear()
            for _, waiting in on_it:
                if not waiting.done():
                    waiting.set_exception(error)
            return
        for (_, waiting), answer in zip(on_it, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
