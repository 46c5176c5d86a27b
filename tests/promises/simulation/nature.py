"""What is replaced beneath the real code for one run: the clocks, the identities, the Kafka client's two classes, and
all that is written for operators."""

import contextlib
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import stamina.instrumentation

import shared.claims
import shared.clock
import shared.deadletters
import shared.events
import shared.handling
import shared.kafka
import shared.log
import shared.relay
from services.notifier import breaker, delivery, queues, sender, store
from tests.promises.simulation.clients import GroupConsumer, Producer
from tests.promises.simulation.process import PROCESS
from tests.promises.simulation.wire import EPOCH
from tests.promises.simulation.world import World

SWEEP_SECONDS = 5.0  # an idle look costs us real time: a fifth of them finds as much
LANES = ("code", "transactional", "bulk")


class _Silence:
    def debug(self, *_: Any, **__: Any) -> None:
        """Nobody listens."""

    info = warning = error = debug


@contextlib.contextmanager
def replaced(world: World) -> Iterator[None]:
    loop, broker, numbers = world.loop, world.broker, iter(range(1, 1_000_000))

    class Datetime(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            process = PROCESS.get()
            return EPOCH + timedelta(seconds=loop.time() + (process.skew if process else 0.0))

    def consumer(
        *topics: str, group_id: str, bootstrap_servers: str, client_id: str, **settings: Any
    ) -> GroupConsumer:
        return GroupConsumer(broker, topics, group_id, settings)

    own = (shared.claims, shared.clock, shared.deadletters, shared.events, shared.handling, shared.relay)
    clocks = (*own, delivery, store)
    silence = _Silence()
    changes: list[tuple[Any, str, Any]] = [
        *((owner, "datetime", Datetime) for owner in clocks),
        (time, "monotonic", loop.time),
        (breaker.Breaker.__init__, "__defaults__", (loop.time,)),
        (secrets, "token_hex", lambda _: f"token{next(numbers)}"),
        (shared.events, "new_id", lambda prefix: f"{prefix}_{next(numbers)}"),
        (shared.kafka, "AIOKafkaProducer", lambda **_: Producer(broker)),
        (shared.kafka, "AIOKafkaConsumer", consumer),
        (shared.log, "get", lambda: silence),
        (shared.relay, "SWEEP_SECONDS", SWEEP_SECONDS),
        (shared.relay, "MEASURE_SECONDS", float("inf")),
        (queues, "SWEEP_SECONDS", SWEEP_SECONDS),
        (sender, "SWEEP_SECONDS", SWEEP_SECONDS),
        (sender, "LANE_NAMES", LANES),
    ]
    with contextlib.ExitStack() as stack:
        for owner, name, value in changes:
            stack.enter_context(mock.patch.object(owner, name, value))
        stamina.instrumentation.set_on_retry_hooks(())
        try:
            yield
        finally:
            stamina.instrumentation.set_on_retry_hooks(None)
