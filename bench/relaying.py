"""One relay as a process of its own, for its CPU: `python -m bench.relaying`, woken by hints as ours are, or asking
four times a second (`CAKER_POLLS=1`)."""

import asyncio
import os

import uvloop

from bench.ready import serve_ready
from shared.kafka import Publisher
from shared.mongo import WORKER_TIMEOUT_MS, connect
from shared.relay import Relay

POLL_SECONDS = 0.25


class PollingRelay(Relay):
    async def _listen(self) -> None:
        await asyncio.Event().wait()

    async def _sleep_until_woken(self, stopping: asyncio.Event) -> None:
        await asyncio.sleep(POLL_SECONDS)


async def main() -> None:
    client = connect(os.environ["CAKER_MONGO_URL"], app="bench-relay", timeout_ms=WORKER_TIMEOUT_MS)
    publisher = Publisher(os.environ["CAKER_KAFKA_URL"], client_id="bench-relay")
    await publisher.probe()
    kind = PollingRelay if os.environ.get("CAKER_POLLS") else Relay
    collection = client[f"{os.environ['CAKER_DATABASE_PREFIX']}relaying"].vacancies
    relay = kind(collection, publisher, topic_prefix=os.environ["CAKER_TOPIC_PREFIX"])
    async with await serve_ready():
        await relay.run(asyncio.Event())


if __name__ == "__main__":
    uvloop.run(main())
