"""Records that cannot take effect, put aside where `make redrive` finds them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from shared import metrics
from shared.kafka import Publisher, Record, TooBig, topic_name

DEAD_IN_A_ROW = 20


class Poisoned(Exception):
    """Too many dead letters in a row: a broken deploy, not broken records. Stop before the topic is drained."""


@dataclass(kw_only=True)
class DeadLetters:
    """The dead letters of one group, with how many there were since anything last took effect."""

    group: str
    publisher: Publisher
    topic_prefix: str = ""
    in_a_row: int = 0

    async def put(self, record: Record, *, reason: str, detail: str) -> None:
        """The record as it came, with where and why, to `<group>.dead`; it waits there for `make redrive`."""
        why = {
            "dead-topic": record.topic,
            "dead-partition": str(record.partition),
            "dead-offset": str(record.offset),
            "dead-group": self.group,
            "dead-error": f"{reason}: {detail}"[:200],
            "dead-time": datetime.now(UTC).isoformat(),
        }
        kept = [(name, value) for name, value in record.headers if not name.startswith("dead-")]
        headers = [*kept, *((name, text.encode()) for name, text in why.items())]
        topic = topic_name(self.topic_prefix, f"{self.group}.dead")
        nothing = record.key is None and record.value is None  # which the client does not send
        value = b"" if nothing else record.value
        try:
            await self.publisher.send(topic, key=record.key, value=value, headers=headers)
        except TooBig:
            # It only just fitted where it lies; with our headers it does not. They say where that is.
            own = [(name, text.encode()) for name, text in why.items()]
            await self.publisher.send(topic, key=None, value=b"", headers=[*own, ("dead-too-big", b"")])
        metrics.dead_letters.labels(record.topic, reason).inc()
        self.in_a_row += 1
        if self.in_a_row >= DEAD_IN_A_ROW:
            raise Poisoned
