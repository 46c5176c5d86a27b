"""One claimed batch on its way: written, checked once more against the lease and the clock, handed over side by
side, and marked as the answers come in."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.notifier import measures
from services.notifier.channels.channel import Outgoing, Refused, Unsure
from services.notifier.channels.pool import Pool, Provider
from services.notifier.composing import Composer
from services.notifier.contacts import NotKnownYet
from services.notifier.domain import (
    CONTACT,
    EXPIRED,
    NO_SUCH_CHANNEL,
    PACES,
    PROMISED,
    Again,
    ChannelName,
    Lane,
    Later,
    Outcome,
    Pace,
    Settled,
    Unstarted,
    again,
    wanted_since,
)
from services.notifier.held import Held
from services.notifier.marking import Marker
from services.notifier.receipts import Receipts
from services.notifier.store import MessageStore
from services.notifier.suppression import Suppression
from shared import log
from shared.mongo import Document

ADDRESS_SECONDS = 2.0
LOOK_AHEAD = 5_000  # messages
MARK_TOGETHER = 0.02  # seconds that an answer waits for company before it is written down
MARK_SECONDS = 5.0  # of a lease that are kept for writing the answer down


@dataclass(kw_only=True)
class Delivery:
    """How one lane hands over to one channel. `wake` is set when something may be due."""

    lane: Lane
    name: ChannelName
    store: MessageStore
    composer: Composer
    pool: Pool
    receipts: Receipts
    suppression: Suppression
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._pace = PACES[self.lane]
        self._marker = Marker(self.store, self.receipts, lane=self.lane, name=self.name, wake=self.wake)
        self._claims = self.store.claims(self.lane, self.name)
        self._places = asyncio.Semaphore(self.pool.width)
        self._seen: list[str] = []
        self._leaving = False

    def leave(self) -> None:
        """The process stops: what is with the provider is finished and marked, nothing more is handed over."""
        self._leaving = True
        self.wake.set()

    async def take(self, limit: int, *, probe: bool = False) -> Held | None:
        """Up to `limit` messages under a lease. A backlog is looked at once for many batches; a part of it that
        other senders took meanwhile is simply smaller."""
        if not self._seen:
            self._seen = await self._claims.due(LOOK_AHEAD)
        while self._seen:
            chosen, self._seen = self._seen[:limit], self._seen[limit:]
            taken_at = time.monotonic()
            claim = await self._claims.hold(chosen)
            if claim.documents:
                return Held(claim=claim, taken_at=taken_at, lease=self._pace.lease, probe=probe)
        return None

    @property
    def seen(self) -> bool:
        """Whether more is known to be due."""
        return bool(self._seen)

    async def deliver(self, held: Held) -> None:
        """Bring every message of the batch one step further."""
        rows = {row["_id"]: row for row in held.claim.documents}
        ready, outcomes = await self._write(held.claim.documents, held)
        still_ours = await self._claims.renew(held.claim, list(ready)) if ready else set()
        tasks = {
            asyncio.create_task(self._hand_over(rows[id], outgoing, held)): id
            for id, outgoing in ready.items()
            if id in still_ours
        }
        try:
            await self._marker.mark(held, rows, outcomes)
            pending = set(tasks)
            while pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                if pending:
                    more, pending = await asyncio.wait(pending, timeout=MARK_TOGETHER)
                    done |= more
                await self._marker.mark(held, rows, {tasks[task]: task.result() for task in done})
        finally:
            for task in tasks:
                task.cancel()

    async def _write(self, rows: Sequence[Document], held: Held) -> tuple[dict[str, Outgoing], dict[str, Outcome]]:
        """What can be handed over, and what has its outcome already."""
        outcomes: dict[str, Outcome] = {row["_id"]: EXPIRED for row in rows if row["not_after"] <= held.now(row)}
        living = {row["_id"]: row for row in rows if row["_id"] not in outcomes}
        ready: dict[str, Outgoing] = {}
        for id, written in (await self.composer.write(list(living.values()), now=held.now)).items():
            if isinstance(written, Outgoing):
                ready[id] = written
            elif written == NO_SUCH_CHANNEL and not living[id]["attempts"]:
                # Whoever wrote an address down and acted at once has it on its way to us, on another topic.
                outcomes[id] = Again(seconds=ADDRESS_SECONDS, code="channel_not_known")
            elif isinstance(written, Settled | Later):
                outcomes[id] = written
            elif isinstance(written, NotKnownYet):
                outcomes[id] = self._again(living[id], "contact_not_known", pace=CONTACT)
            else:
                outcomes[id] = self._again(living[id], "not_written")
        stopped = await self.suppression.judge(rows, ready)
        outcomes.update(stopped)
        return {id: outgoing for id, outgoing in ready.items() if id not in stopped}, outcomes

    async def _hand_over(self, row: Document, outgoing: Outgoing, held: Held) -> Outcome:
        async with self._places:
            first = None if self._leaving else await self.pool.turn(row.get("provider"))
            if first is None or self._leaving or not held.covers(self._pace.deadline + MARK_SECONDS):
                return Unstarted()
            if self.pool.open and not held.probe:
                return Unstarted()
            left = (row["not_after"] - held.now(row)).total_seconds()
            if left <= 0:
                return EXPIRED
            log.correlation.set(row.get("correlation"))
            return await self._send(row, outgoing, first, seconds=min(self._pace.deadline, left))

    async def _send(self, row: Document, outgoing: Outgoing, first: Provider, *, seconds: float) -> Outcome:
        try:
            taken = await self.pool.send(outgoing, first=first, seconds=seconds, stays=row.get("provider"))
        except Refused as refusal:
            if refusal.permanent:
                return Settled(state="failed", code=refusal.code)
            if not refusal.tried:
                spread = refusal.retry_after * (1 + random.random() / 4)  # a crowd does not come back at once
                return Again(seconds=spread, code=refusal.code, tried=False)
            return self._again(row, refusal.code, at_least=refusal.retry_after)
        except Unsure as unsure:
            return self._again(row, unsure.code, at_least=unsure.later, provider=unsure.provider)
        self._time(row)
        return Settled(
            state="sent",
            provider=taken.provider,
            reference=taken.reference,
            address=outgoing.address if self.name == "sms" else None,
        )

    def _time(self, row: Document) -> None:
        """How long it took; what took longer than promised is counted, and named in the log."""
        age = max((datetime.now(UTC) - wanted_since(row)).total_seconds(), 0.0)
        measures.event_to_provider.labels(self.name, self.lane).observe(age)
        if age > PROMISED.get(self.lane, age):
            measures.missed.labels(self.name, self.lane).inc()
            log.get().info("message_late", event_id=row["notice"].partition(":")[0], ms=int(age * 1000))

    def _again(
        self,
        row: Document,
        code: str,
        *,
        pace: Pace | None = None,
        at_least: float = 0.0,
        provider: str | None = None,
    ) -> Again:
        return again(
            attempts=row["attempts"],
            pace=pace or self._pace,
            chance=random.random(),
            code=code,
            at_least=at_least,
            provider=provider,
        )
