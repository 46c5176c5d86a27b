"""`python -m shared.redrive <group>`: send a group's dead letters to its retry topic, which only that group reads."""

import asyncio
import sys

from shared.kafka import (
    Publisher,
    Undelivered,
    commit,
    start_consumer,
    stop_consumer,
    topic_name,
)
from shared.settings import Settings, load

IDLE_SECONDS = 3.0
JOIN_SECONDS = 90.0  # one that was killed lately holds its partitions until its session ends


async def redrive(*, url: str, group: str, topic_prefix: str = "") -> int:
    """Move every dead letter that was not moved before; the bytes, key and headers stay. Returns how many."""
    publisher = Publisher(url, client_id="redrive")
    names = [topic_name(topic_prefix, f"{group}.{end}") for end in ("dead", "redrive")]
    client = await start_consumer(url, group=names[1], topics=names[:1], client_id="redrive")
    moved, retry = 0, topic_name(topic_prefix, f"{group}.retry")
    try:
        async with asyncio.timeout(JOIN_SECONDS):
            while not client.assignment():  # noqa: ASYNC110 - the client has no event for it
                await asyncio.sleep(0.05)
        while polled := await client.getmany(timeout_ms=int(IDLE_SECONDS * 1000), max_records=200):
            for tp, records in polled.items():
                for record in records:
                    await publisher.send(retry, key=record.key, value=record.value, headers=record.headers)
                    moved += 1
                await commit(client, {tp: records[-1].offset + 1})
    finally:
        await stop_consumer(client)
        await publisher.stop()
    return moved


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m shared.redrive <group>")
    settings = load(Settings, service=sys.argv[1])
    try:
        moved = asyncio.run(
            redrive(url=settings.kafka_url, group=settings.service, topic_prefix=settings.topic_prefix)
        )
    except (Undelivered, TimeoutError):
        raise SystemExit("si-caker: no Kafka answers, or its group is busy: try again") from None
    sys.stdout.write(f"{moved} dead letters of {settings.service} sent to its retry topic\n")


if __name__ == "__main__":
    main()
