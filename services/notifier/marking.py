"""Writes down what became of messages, for as long as it takes: what is forgotten here is told twice."""

import asyncio

from services.notifier import measures
from services.notifier.domain import PROMISED, Again, ChannelName, Lane, Outcome, Settled
from services.notifier.fallback import fallback
from services.notifier.held import Held
from services.notifier.receipts import Receipts
from services.notifier.store import MessageStore
from shared import log
from shared.mongo import Document, is_unavailable

STORE_PAUSE = 0.5


class Marker:
    """`wake` is set again when a message that was put off is due."""

    def __init__(
        self, store: MessageStore, receipts: Receipts, *, lane: Lane, name: ChannelName, wake: asyncio.Event
    ) -> None:
        self._store, self._receipts, self._lane, self._name, self._wake = store, receipts, lane, name, wake

    async def mark(self, held: Held, rows: dict[str, Document], outcomes: dict[str, Outcome]) -> None:
        """Write outcomes down, for as long as it takes: what is forgotten here is told twice."""
        while outcomes:
            try:
                # First the other channel's message: were it stored after the mark, a kill in between would lose it.
                await self._fall_back(rows, outcomes)
                counts = await self._store.mark(held.claim.token, outcomes)
                await self._receipts.catch_up(outcomes)
                break
            except Exception as error:
                if not is_unavailable(error):
                    raise
                await asyncio.sleep(STORE_PAUSE)
        else:
            return
        for end, count in counts.items():
            measures.deliveries.labels(self._name, self._lane, end.state).inc(count)
            if end.state == "expired" and self._lane in PROMISED:
                measures.missed.labels(self._name, self._lane).inc(count)
        for id, outcome in outcomes.items():
            self._tell(rows[id], outcome)

    async def _fall_back(self, rows: dict[str, Document], outcomes: dict[str, Outcome]) -> None:
        others = [found for id, outcome in outcomes.items() if (found := fallback(rows[id], outcome))]
        if others:
            await self._store.add(others)
            measures.fallbacks.labels(others[0].channel).inc(len(others))

    def _tell(self, row: Document, outcome: Outcome) -> None:
        """Only what went wrong is worth a line; never to whom."""
        if isinstance(outcome, Again):
            asyncio.get_running_loop().call_later(outcome.seconds, self._wake.set)
            measures.deliveries.labels(self._name, self._lane, "again").inc()
        elif isinstance(outcome, Settled) and outcome.state in ("failed", "expired"):
            log.get().warning(
                f"message_{outcome.state}",
                channel=self._name,
                lane=self._lane,
                template=row["template"],
                code=outcome.code,
                event_id=row["notice"].partition(":")[0],
            )
