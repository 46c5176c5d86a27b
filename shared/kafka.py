"""The one file that imports the Kafka client: producer and consumer with the mandatory settings, each wait under
a deadline (the client itself waits for ever while brokers are down)."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka import ConsumerRecord as _ConsumerRecord
from aiokafka.errors import (
    CommitFailedError,
    IllegalStateError,
    KafkaConnectionError,
    KafkaError,
    MessageSizeTooLargeError,
)

__all__ = ["CommitFailedError", "IllegalStateError", "KafkaError", "Record", "TopicPartition"]

Record = _ConsumerRecord[bytes | None, bytes | None]

SEND_DEADLINE = 10.0  # seconds; a third of the relay's lease
STOP_DEADLINE = 3.0  # seconds; stop() and commit() hang while brokers are away

PRODUCER: dict[str, Any] = {
    "enable_idempotence": True,
    "request_timeout_ms": 10_000,
    "retry_backoff_ms": 200,
    "linger_ms": 5,
    "max_request_size": 1_048_576,
    "metadata_max_age_ms": 2_000,
}
CONSUMER: dict[str, Any] = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "session_timeout_ms": 15_000,
    "heartbeat_interval_ms": 3_000,
    "rebalance_timeout_ms": 60_000,
    "max_poll_interval_ms": 600_000,
    "max_poll_records": 200,
    "fetch_max_bytes": 5_242_880,
    "fetch_max_wait_ms": 500,  # what was left out of a waiting fetch waits with it
    "max_partition_fetch_bytes": 262_144,
    "metadata_max_age_ms": 2_000,
}

Headers = Sequence[tuple[str, bytes | None]]


class Undelivered(Exception):
    """No acknowledgement within the deadline: the record may or may not be on the bus. Whoever sent it sends it
    again, with the same event id."""


class TooBig(Exception):
    """The broker will never take this record."""


class Publisher:
    """An idempotent producer that is thrown away when it falls silent: cancelling a send does not withdraw it,
    so a producer whose fate is unknown must not send anything after it."""

    def __init__(self, url: str, *, client_id: str) -> None:
        self._url, self._client_id = url, client_id
        self._producer: Any = None
        self._starting = asyncio.Lock()

    async def send(self, topic: str, *, key: str | bytes | None, value: bytes | None, headers: Headers = ()) -> None:
        """Publish one record and wait for all in-sync replicas; raises `Undelivered` or `TooBig` within
        `SEND_DEADLINE`, also where a new producer has to be started first and many wait for it."""
        raw_key = key.encode() if isinstance(key, str) else key
        producer: AIOKafkaProducer | None = None
        try:
            async with asyncio.timeout(SEND_DEADLINE):
                producer = await self._started()
                await producer.send_and_wait(topic, value, key=raw_key, headers=list(headers))
        except MessageSizeTooLargeError:
            raise TooBig from None
        except (KafkaError, TimeoutError) as error:
            self._discard(producer)
            raise Undelivered from error

    async def probe(self) -> None:
        """Raises `Undelivered` while no broker answers."""
        await self._started()

    async def stop(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await _quietly(producer.stop())

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                fresh = AIOKafkaProducer(bootstrap_servers=self._url, client_id=self._client_id, **PRODUCER)
                try:
                    async with asyncio.timeout(SEND_DEADLINE):
                        await fresh.start()
                except BaseException as error:
                    _stop_aside(fresh)
                    if isinstance(error, (KafkaError, TimeoutError)):
                        raise Undelivered from error
                    raise
                self._producer = fresh
            return self._producer

    def _discard(self, producer: AIOKafkaProducer | None) -> None:
        if producer is not None and self._producer is producer:
            self._producer = None
            _stop_aside(producer)


_DISCARDING: set[asyncio.Task[None]] = set()


def _stop_aside(producer: AIOKafkaProducer) -> None:
    """Nobody waits for its end, which may take as long as `STOP_DEADLINE`."""
    task = asyncio.create_task(_quietly(producer.stop()), name="discarded-producer")
    _DISCARDING.add(task)
    task.add_done_callback(_DISCARDING.discard)


async def start_consumer(url: str, *, group: str, topics: Iterable[str], client_id: str) -> AIOKafkaConsumer:
    """A group member that has begun to join; raises `Undelivered` while no broker answers. The join ends when every
    dead member's session has: given up half-way it would leave one more of those behind, and never end."""
    consumer = AIOKafkaConsumer(bootstrap_servers=url, group_id=group, client_id=client_id, **CONSUMER)
    try:
        async with asyncio.timeout(SEND_DEADLINE):
            await consumer.start()
    except (KafkaError, TimeoutError) as error:
        await _quietly(consumer.stop())
        raise Undelivered from error
    consumer.subscribe(list(topics))
    return consumer


async def commit(consumer: AIOKafkaConsumer, offsets: dict[TopicPartition, int]) -> None:
    async with asyncio.timeout(STOP_DEADLINE * 2):
        await consumer.commit(offsets)


async def stop_consumer(consumer: AIOKafkaConsumer) -> None:
    await _quietly(consumer.stop())


async def broker_answers(url: str) -> bool:
    """Whether anything listens at the first address of `url`, within a second."""
    host, _, port = url.split(",")[0].rpartition(":")
    try:
        async with asyncio.timeout(1.0):
            _, writer = await asyncio.open_connection(host, int(port))
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True


def topic_name(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


async def _quietly(stopping: Any) -> None:
    """Wait at most `STOP_DEADLINE` for the client to stop. It sometimes raises a stray CancelledError, which
    counts as ours only if this task is really being cancelled."""
    try:
        async with asyncio.timeout(STOP_DEADLINE):
            await stopping
    except (TimeoutError, KafkaError, KafkaConnectionError):
        return
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
