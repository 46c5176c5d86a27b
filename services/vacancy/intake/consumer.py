"""The loop over the provinces' topics: every record is answered, in order per key; one that cannot be judged is put
aside and answered as parked, and stops nobody."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from services.vacancy.intake.answering import Answering
from services.vacancy.intake.reading import Place, place
from shared import log
from shared.consumer import Consumer
from shared.contracts.province import PROVINCES, topic
from shared.deadletters import DeadLetters
from shared.effects import Reaction
from shared.events import Envelope
from shared.handling import SIDE_BY_SIDE, Handler, Probe
from shared.kafka import Record, topic_name
from shared.waiting import Waiting

GROUP = "province"


@dataclass(kw_only=True)
class Parking(DeadLetters):
    """Kept for an operator with the place where it first lay, and answered. However many come in a row, the city's
    own work goes on."""

    answering: Answering

    async def put(self, record: Record, *, reason: str, detail: str) -> None:
        where = place(record)
        first = replace(record, topic=where.topic, partition=where.partition, offset=where.offset)
        await super().put(first, reason=reason, detail=detail)
        self.in_a_row = 0
        if reason == "failed":
            await self.answering.park(record)


@dataclass(kw_only=True)
class Judging(Handler):
    """Judges each record by itself; it has no table of reactions, since it answers also what is no event."""

    answering: Answering

    async def handle(self, records: Sequence[Record], stopping: asyncio.Event | None = None) -> None:
        by_key: dict[tuple[str, object], list[Record]] = {}
        for record in records:
            by_key.setdefault((record.topic, record.key or record.partition), []).append(record)
        gate = asyncio.Semaphore(SIDE_BY_SIDE)
        ended = await asyncio.gather(
            *(self._answer_all(some, gate, stopping) for some in by_key.values()), return_exceptions=True
        )
        for outcome in ended:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _answer_all(
        self, records: Sequence[Record], gate: asyncio.Semaphore, stopping: asyncio.Event | None
    ) -> None:
        async with gate:
            for record in records:
                try:
                    where = place(record)
                except ValueError:
                    log.get().warning("unreadable_record", topic=record.topic, offset=record.offset)
                    continue  # in the retry topic, and not from a province: there is nobody to answer
                await self._attempt(record, _mark(record, where), self._answer(record), stopping)

    def _answer(self, record: Record) -> Reaction:
        async def answer(_: Envelope[Any]) -> None:
            if await self.answering.answer(record) == "parked":
                await self.dead.put(record, reason="parked", detail="unknown type")

        return answer


@dataclass(kw_only=True)
class Intake(Consumer):
    """A member of the group `province`."""

    answering: Answering

    def __post_init__(self, probe: Probe | None) -> None:
        self._waiting = Waiting(part="intake")
        aside = Parking(
            group=self.group, publisher=self.publisher, topic_prefix=self.topic_prefix, answering=self.answering
        )
        self.handler = Judging(reactions={}, dead=aside, waiting=self._waiting, probe=probe, answering=self.answering)

    @property
    def topics(self) -> list[str]:
        names = [topic(code, end) for code in sorted(PROVINCES) for end in ("vacancy", "request")]
        return [topic_name(self.topic_prefix, name) for name in [*names, f"{self.group}.retry"]]


def _mark(record: Record, where: Place) -> Envelope[Any]:
    """What the loop wants to know of a record for its log and measures, whether or not it can be read."""
    return Envelope[Any].model_construct(
        id=f"{record.topic}:{record.partition}:{record.offset}",
        source="",
        type=f"province.{where.kind}",
        subject=f"province.{where.province}",
        time=datetime.now(UTC),
        sequence=1,
        correlationid=None,
        causationid=None,
        dataschema="",
        data=None,
    )
