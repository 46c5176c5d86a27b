"""A worker process: relays, a consumer, timers, and the probes, together; when one of them ends, the process ends,
so that nothing dies unseen inside a process that looks alive."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn
import uvloop

from shared import log, metrics
from shared.consumer import Consumer
from shared.deadletters import Poisoned
from shared.ending import STOP_SECONDS, end_within
from shared.kafka import Publisher, broker_answers
from shared.mongo import Client, close, is_unavailable, ping
from shared.probes import Probes
from shared.relay import Relay
from shared.settings import Settings

EXIT_STUCK, EXIT_POISONED = 70, 65
# What is with a provider has ten seconds for its answer and must be marked: cancelled in between, it is told twice.
FINISH_SECONDS = STOP_SECONDS - 1.5


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Work that is due by the clock: run `work` each `seconds`, and once at start."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


Loop = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


@dataclass(kw_only=True)
class Worker:
    """What one worker process runs. `loops` are the service's own (such as the notifier's senders)."""

    settings: Settings
    client: Client
    publisher: Publisher
    relays: Sequence[Relay] = ()
    consumer: Consumer | None = None
    timers: Sequence[Timer] = ()
    loops: Sequence[Loop] = ()
    prepare: Callable[[], Awaitable[None]] | None = None
    close: Callable[[], Awaitable[None]] | None = None
    _stopping: bool = False
    _store_version: str = ""

    def __post_init__(self) -> None:
        if self.consumer is not None and self.consumer.handler.probe is None:
            self.consumer.handler.probe = lambda: ping(self.client)

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; exits 0 after a clean stop, 70 when stuck, 65 when poisoned."""
        log.configure(service=self.settings.service, role="worker", level=self.settings.log_level)
        metrics.build_info.labels(self.settings.service, "worker", "0.1.0").set(1)
        raise SystemExit(uvloop.run(self._main()))

    async def _main(self) -> int:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stop() -> None:
            if not stopping.is_set():
                end_within(STOP_SECONDS)
            stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)
        probes, code = asyncio.create_task(self._serve_probes(), name="probes"), 1
        try:
            await self._wait_for_store(stopping)
            code = await self._work(stopping)
        finally:
            self._stopping = True
            end_within(STOP_SECONDS, code)  # after a signal the first such bound holds
            await self._shut_down(probes)
        return code

    async def _work(self, stopping: asyncio.Event) -> int:
        parts: list[tuple[str, Loop]] = [
            *((f"relay-{number}", relay.run) for number, relay in enumerate(self.relays)),
            *([("consumer", self.consumer.run)] if self.consumer else []),
            *((timer.name, _ticking(timer)) for timer in self.timers),
            *((f"loop-{number}", loop) for number, loop in enumerate(self.loops)),
            ("watchdog", self._watch),
        ]
        tasks = {asyncio.create_task(run(stopping), name=name) for name, run in parts}
        log.get().info("started", port=self.settings.port)
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        failed = next((task for task in done if task.exception() is not None), None)
        if not stopping.is_set():
            error = failed.exception() if failed else None
            log.get().error("part_ended", kind=next(iter(done)).get_name(), exc_info=error)
            code = EXIT_POISONED if isinstance(error, Poisoned) else 1
        else:
            code = 0
        stopping.set()
        self._stopping = True
        _, late = await asyncio.wait(tasks, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        return code

    async def _shut_down(self, probes: asyncio.Task[None]) -> None:
        if self.close:
            await self.close()
        await self.publisher.stop()
        close(self.client)
        probes.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await probes
        log.get().info("stopped")

    async def _wait_for_store(self, stopping: asyncio.Event) -> None:
        """The store may start after us; indexes come before the first work."""
        told = False
        while not stopping.is_set():
            try:
                self._store_version = await ping(self.client)
                if self.prepare:
                    await self.prepare()
                return
            except Exception as error:
                if not is_unavailable(error):
                    raise
                if not told:
                    log.get().warning("start_waits", dependency="store")
                    told = True
                await asyncio.sleep(0.2)

    async def _watch(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            if self.consumer is not None and self.consumer.stuck():
                log.get().error("stuck", group=self.consumer.group, count=self.consumer.lag)
                os._exit(EXIT_STUCK)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(5.0):
                    await stopping.wait()

    async def _readiness(self) -> dict[str, str]:
        state = {"role": "worker", "service": self.settings.service, "store": self._store_version or "away"}
        waiting = [part.waiting_for for part in [*self.relays, self.consumer] if part and part.waiting_for]
        kafka = await broker_answers(self.settings.kafka_url)
        state["kafka"] = self.settings.kafka_url if kafka else "away"
        assigned = self.consumer is None or self.consumer.assigned
        state["assigned"] = str(assigned).lower()
        ready = self._store_version and kafka and assigned and not waiting and not self._stopping
        return {"status": "ready" if ready else "waiting", **state}

    async def _serve_probes(self) -> None:
        config = uvicorn.Config(
            Probes(self._readiness),
            host=self.settings.host,
            port=self.settings.port,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        with contextlib.suppress(asyncio.CancelledError):
            await server._serve()  # serve() would take the signals, which are ours


def _ticking(timer: Timer) -> Loop:
    async def tick(stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            started = time.monotonic()
            try:
                await timer.work()
            except Exception as error:
                if not is_unavailable(error):
                    raise
                log.get().warning("timer_waits", kind=timer.name, dependency="store")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(timer.seconds - (time.monotonic() - started), 0.05)):
                    await stopping.wait()

    return tick
