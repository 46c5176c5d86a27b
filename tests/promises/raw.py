"""Puts bytes on a topic as they are: what a broken or a foreign program would send."""

from collections.abc import Sequence

from aiokafka import AIOKafkaProducer

Row = tuple[bytes | None, bytes | None, Sequence[tuple[str, bytes | None]]]


async def publish_raw(url: str, topic: str, rows: Sequence[Row], *, partition: int | None = None) -> None:
    """`rows` are (key, value, headers), sent in that order."""
    producer = AIOKafkaProducer(bootstrap_servers=url, max_request_size=8 * 2**20)
    await producer.start()
    try:
        for key, value, headers in rows:
            await producer.send_and_wait(topic, value, key=key, headers=list(headers), partition=partition)
    finally:
        await producer.stop()
